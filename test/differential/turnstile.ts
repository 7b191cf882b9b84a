/** Lets many in at a time, or one alone: a deleted topic makes Kafka forget the empty groups of everybody. */
export class Turnstile {
  private inside = 0;
  private last: Promise<void> = Promise.resolve();
  private whenEmpty: (() => void) | undefined;

  async together<Result>(act: () => Promise<Result>): Promise<Result> {
    await this.last;
    this.inside += 1;
    try {
      return await act();
    } finally {
      this.inside -= 1;
      if (this.inside === 0) this.whenEmpty?.();
    }
  }

  async alone<Result>(act: () => Promise<Result>): Promise<Result> {
    const before = this.last;
    let leave: (() => void) | undefined;
    this.last = new Promise((resolve) => (leave = resolve));
    await before;
    if (this.inside > 0) await new Promise<void>((resolve) => (this.whenEmpty = resolve));
    this.whenEmpty = undefined;
    try {
      return await act();
    } finally {
      leave?.();
    }
  }
}
