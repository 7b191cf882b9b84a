import type { History, Observation, Operation, OperationResult } from '../../src/core/history/events.js';
import { monotonicMs } from '../../src/clients/monotonic.js';

/** What the proof writes down of one run, in the order in which it learns it. */
export class ProofChronicle {
  private readonly events: (Observation & { readonly seq: number; readonly timeMs: number })[] = [];
  private readonly startMs = monotonicMs();
  private operations = 0;

  get history(): History {
    return this.events;
  }

  record(event: Observation): void {
    this.events.push({ seq: this.events.length, timeMs: monotonicMs() - this.startMs, ...event });
  }

  /** An operation that was seen as a whole. */
  ok(process: string, operation: Operation, result?: OperationResult): void {
    const subject = { ...operation, process, operation: this.operations++ };
    this.record({ type: 'invoke', ...subject });
    this.record({ type: 'ok', ...subject, ...(result && { result }) });
  }

  /** One of which the program was told that it may not have happened. */
  unknown(process: string, operation: Operation, error: string): void {
    const subject = { ...operation, process, operation: this.operations++ };
    this.record({ type: 'invoke', ...subject });
    this.record({ type: 'info', ...subject, error });
  }
}
