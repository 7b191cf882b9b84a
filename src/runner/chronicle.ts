import { monotonicMs } from '../clients/monotonic.js';
import type { History, Observation, OperationResult, Operation } from '../core/history/events.js';

interface Entry {
  readonly atMs: number;
  readonly event: Observation;
  /** The writer's own contiguous number. */
  readonly counter: number;
  readonly writer: string;
}

/** Collects what all processes of one run, the runner and the broker write down, and makes one history of it. */
export class Chronicle {
  private readonly entries: Entry[] = [];
  private readonly ownCounters = new Map<string, number>();
  private readonly startMs = monotonicMs();
  private operations = 0;

  /** An event with the time and number that its writer gave it. */
  add(writer: string, counter: number, atMs: number, event: Observation): void {
    this.entries.push({ writer, counter, atMs, event });
  }

  /** An event of the runner itself, now. */
  record(event: Observation, writer = 'runner'): void {
    const counter = this.ownCounters.get(writer) ?? 0;
    this.ownCounters.set(writer, counter + 1);
    this.add(writer, counter, monotonicMs(), event);
  }

  /** One of the runner's own operations (the seeder's); rejects as `act` does. */
  async perform(process: string, operation: Operation, act: () => Promise<OperationResult>): Promise<void> {
    const subject = { ...operation, process, operation: this.operations++ };
    this.record({ type: 'invoke', ...subject }, process);
    const result = await act();
    this.record({ type: 'ok', ...subject, result }, process);
  }

  /**
   * Everything in the order of time, numbered from 0. All threads share the machine's monotonic clock, so an event that another one
   * waited for comes before it. A number is left out where a writer's own number is missing: the checker then sees the gap.
   */
  history(): History {
    const ordered = [...this.entries].sort((a, b) => a.atMs - b.atMs || a.counter - b.counter);
    const expected = new Map<string, number>();
    let seq = -1;
    return ordered.map(({ writer, counter, atMs, event }) => {
      const missing = counter !== (expected.get(writer) ?? 0);
      expected.set(writer, counter + 1);
      seq += missing ? 2 : 1;
      return { seq, timeMs: Math.round((atMs - this.startMs) * 1000) / 1000, ...event };
    });
  }
}
