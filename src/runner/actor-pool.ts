import { ActorThread } from './actor-thread.js';

/** Keeps threads loaded ahead of need: starting one takes longer than what most actors do in it. */
export class ActorPool {
  private readonly spare: ActorThread[] = [];
  private closed = false;

  constructor(
    private readonly file: string,
    private readonly spareCount: number,
  ) {}

  /** Begins to load threads; called early, they load while the broker starts. */
  fill(): void {
    while (!this.closed && this.spare.length < this.spareCount) this.spare.push(new ActorThread(this.file));
  }

  take(): ActorThread {
    const thread = this.spare.shift() ?? new ActorThread(this.file);
    this.fill();
    return thread;
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(this.spare.splice(0).map((thread) => thread.terminate()));
  }
}
