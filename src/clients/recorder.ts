import type { Observation, Operation, OperationResult, ProcessId } from '../core/history/events.js';
import type { ActorEvent } from './actor-protocol.js';
import { monotonicMs } from './monotonic.js';
import type { Outcome } from './outcome.js';

/** Writes down what one process does, in the order in which it happens, each event with its own number and time. */
export class Recorder {
  private counter = 0;
  private operations = 0;

  constructor(
    readonly process: ProcessId,
    private readonly post: (event: ActorEvent) => void,
  ) {}

  record(event: Observation): void {
    this.post({ kind: 'event', counter: this.counter++, atMs: monotonicMs(), event });
  }

  /** Records the invocation; the returned object records how it ended. */
  invoke(operation: Operation): OpenOperation {
    const subject = { ...operation, process: this.process, operation: this.operations++ };
    this.record({ type: 'invoke', ...subject });
    return {
      ok: (result) => this.record({ type: 'ok', ...subject, ...(result && { result }) }),
      ended: ({ type, error, code }) =>
        this.record({ type, ...subject, error, ...(code !== undefined && { code }) }),
    };
  }
}

export interface OpenOperation {
  ok(result?: OperationResult): void;
  ended(outcome: Outcome): void;
}
