import { setTimeout as delay } from 'node:timers/promises';

const PAUSE_MS = 300;

/**
 * Notices a broker that has gone while a run is under way: clients would go on for half a minute with their retries. It asks only
 * when a client complains, which a fault of ours makes it do too, so one answer clears the suspicion.
 */
export class Watchdog {
  /** Rejects with the reason when the broker has not answered twice in a row; never resolves. */
  readonly brokerLost: Promise<never>;
  private lose: (error: unknown) => void = () => undefined;
  private asking = false;

  constructor(private readonly ask: () => Promise<unknown>) {
    this.brokerLost = new Promise((_resolve, reject) => (this.lose = reject));
    this.brokerLost.catch(() => undefined);
  }

  suspect(): void {
    if (this.asking) return;
    this.asking = true;
    void this.check().finally(() => (this.asking = false));
  }

  private async check(): Promise<void> {
    try {
      await this.ask();
    } catch {
      await delay(PAUSE_MS);
      await this.ask().catch((error: unknown) => this.lose(error));
    }
  }
}
