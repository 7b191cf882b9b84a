import type { Step } from '../../core/semantics/semantics.js';
import type { ActorContext, MessageInHand } from '../actor-context.js';
import { begin } from './begin.js';
import { commitOffset } from './commit-offset.js';
import { abortTransaction, commitTransaction } from './end-transaction.js';
import { initialise } from './initialise.js';
import { processIfNew, processMessage } from './process-message.js';
import { sendOffsets } from './send-offsets.js';
import { send } from './send.js';
import { transform } from './transform.js';

export type StepFunction = (context: ActorContext, message?: MessageInHand) => Promise<void>;

/** One small function for each word of a program. */
export const stepFunctions: Readonly<Record<Step, StepFunction>> = {
  initialise,
  begin,
  send,
  transform,
  process: processMessage,
  'process-if-new': processIfNew,
  'commit-offset': commitOffset,
  'send-offsets': sendOffsets,
  'commit-transaction': commitTransaction,
  'abort-transaction': abortTransaction,
};
