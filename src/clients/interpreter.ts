import type { Step } from '../core/semantics/semantics.js';
import type { ActorContext, MessageInHand } from './actor-context.js';
import type { ApplicationFaultStriker } from './application-fault.js';
import { stepFunctions } from './steps/step-functions.js';

/** Walks an array of steps: the order of its words is the semantics. */
export class Interpreter {
  constructor(
    private readonly context: ActorContext,
    private readonly striker: ApplicationFaultStriker | undefined,
    /** Ends the thread; nothing runs after it. */
    private readonly die: () => never,
  ) {}

  /** Resolves to `aborted` when the application gave up this message's transaction; the steps after it are not walked. */
  async walk(steps: readonly Step[], message?: MessageInHand): Promise<'done' | 'aborted'> {
    for (const step of steps) {
      await stepFunctions[step](this.context, message);
      const strike = this.striker?.after(step, message);
      if (strike === 'crash') this.die();
      if (strike === 'abort') {
        await stepFunctions['abort-transaction'](this.context, message);
        return 'aborted';
      }
    }
    return 'done';
  }
}
