/** So many may work at the same time; the others wait in the order in which they came. */
export class Places {
  private readonly queue: (() => void)[] = [];

  constructor(private free: number) {}

  /** @returns what gives the place back; call it once */
  async take(): Promise<() => void> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.queue.push(resolve));
    return () => this.giveBack();
  }

  private giveBack(): void {
    const next = this.queue.shift();
    if (next === undefined) this.free++;
    else next();
  }
}
