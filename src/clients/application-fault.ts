import type { Observation, ProcessId } from '../core/history/events.js';
import type { AbortFault, CrashFault } from '../core/scenario/scenario.js';
import type { Step } from '../core/semantics/semantics.js';
import type { MessageInHand } from './actor-context.js';

/** Strikes between two steps of one message, once: the process dies, or the application decides to abort. */
export class ApplicationFaultStriker {
  private spent = false;

  constructor(
    private readonly fault: CrashFault | AbortFault,
    private readonly process: ProcessId,
    private readonly record: (event: Observation) => void,
  ) {}

  arm(): void {
    this.report('armed', this.fault.message, this.fault.after);
  }

  /** Asked after every step; tells what happens now, and records what was in hand when it did. */
  after(step: Step, message: MessageInHand | undefined): 'crash' | 'abort' | undefined {
    if (this.spent || step !== this.fault.after || message?.value !== this.fault.message) return undefined;
    this.spent = true;
    this.report('fired', message.value, step);
    return this.fault.kind;
  }

  private report(event: 'armed' | 'fired', message: string, after: Step): void {
    const { point, kind } = this.fault;
    this.record({ type: 'fault', event, point, process: this.process, message, after, action: kind });
  }
}
