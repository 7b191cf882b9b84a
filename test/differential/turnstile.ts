/**
 * What a sequence has to do with groups. A deleted topic makes Kafka forget the empty groups of everybody: who deletes topics and
 * who uses groups must not be at it at the same time, and who does both must be alone.
 */
export type Manners = 'deletes topics' | 'uses groups' | 'both' | 'neither';

/** Lets sequences in that do not disturb each other; the others wait. */
export class Turnstile {
  private inside = 0;
  private mannersInside: Manners = 'neither';
  private waiting: readonly { readonly manners: Manners; readonly admit: () => void }[] = [];

  async through<Result>(manners: Manners, act: () => Promise<Result>): Promise<Result> {
    if (manners === 'neither') return act();
    await new Promise<void>((admit) => {
      this.waiting = [...this.waiting, { manners, admit }];
      this.admitAll();
    });
    try {
      return await act();
    } finally {
      this.inside -= 1;
      this.admitAll();
    }
  }

  /** Whoever fits to those inside may overtake: when all that are at work wait, the turnstile is empty. */
  private admitAll(): void {
    for (const one of this.waiting) {
      if (!this.fits(one.manners)) continue;
      this.waiting = this.waiting.filter((other) => other !== one);
      this.inside += 1;
      this.mannersInside = one.manners;
      one.admit();
    }
  }

  private fits(manners: Manners): boolean {
    return this.inside === 0 || (manners !== 'both' && manners === this.mannersInside);
  }
}
