import type { Operation, OperationResult } from '../../core/history/events.js';
import type { ActorContext } from '../actor-context.js';
import { outcomeOf, type Outcome } from '../outcome.js';

/** An operation ended otherwise than ok; that is recorded already. The interpreter decides whether the process goes on. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';

  constructor(
    readonly outcome: Outcome,
    override readonly cause: unknown,
  ) {
    super(outcome.error, { cause });
  }
}

export interface Performance {
  readonly operation: Operation;
  /** How often the operation's request has gone out so far, counted by the tap; the difference is this attempt's. */
  readonly transmissions: () => number;
  readonly endsTransaction?: boolean;
  readonly act: () => Promise<OperationResult | undefined>;
}

/** Records the invocation, acts, and records how it ended. Rejects with `StepFailed`. */
export async function perform({ recorder }: ActorContext, performance: Performance): Promise<void> {
  const { operation, transmissions, endsTransaction = false, act } = performance;
  const before = transmissions();
  const open = recorder.invoke(operation);
  try {
    open.ok(await act());
  } catch (error) {
    const outcome = outcomeOf(error, { endsTransaction, transmissions: transmissions() - before });
    open.ended(outcome);
    throw new StepFailed(outcome, error);
  }
}
