/** All time in the broker passes through here, so that a test can drive sessions, time-outs and long polls. */
export interface Clock {
  /** Milliseconds since the epoch, for record timestamps. */
  now(): number;
  /** Calls back once after `delayMs`, unless cancelled. */
  schedule(delayMs: number, callback: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(delayMs, callback) {
    const handle = setTimeout(callback, delayMs);
    handle.unref();
    return { cancel: () => clearTimeout(handle) };
  },
};

/** A clock that stands still until `advance` moves it; callbacks run in the order of their due time. */
export class DrivenClock implements Clock {
  private time: number;
  private pending: { readonly due: number; readonly order: number; readonly callback: () => void }[] = [];
  private order = 0;

  constructor(startMs = 1_700_000_000_000) {
    this.time = startMs;
  }

  now(): number {
    return this.time;
  }

  schedule(delayMs: number, callback: () => void): Timer {
    const entry = { due: this.time + Math.max(0, delayMs), order: this.order++, callback };
    this.pending.push(entry);
    return { cancel: () => (this.pending = this.pending.filter((other) => other !== entry)) };
  }

  advance(byMs: number): void {
    const end = this.time + byMs;
    for (let next = this.nextDue(end); next !== undefined; next = this.nextDue(end)) {
      this.time = next.due;
      this.pending = this.pending.filter((other) => other !== next);
      next.callback();
    }
    this.time = end;
  }

  private nextDue(
    end: number,
  ): { readonly due: number; readonly order: number; readonly callback: () => void } | undefined {
    return this.pending
      .filter((entry) => entry.due <= end)
      .sort((a, b) => a.due - b.due || a.order - b.order)[0];
  }
}
