import type { ActorContext } from '../actor-context.js';
import { transactionOf } from './expect.js';
import { perform } from './perform.js';

export function commitTransaction(context: ActorContext): Promise<void> {
  return end(context, 'commit');
}

export function abortTransaction(context: ActorContext): Promise<void> {
  return end(context, 'abort');
}

/** EndTxn. After an error the transaction stays in hand: kafkajs can neither commit nor abort it any more. */
async function end(context: ActorContext, how: 'commit' | 'abort'): Promise<void> {
  const { id, handle } = transactionOf(context);
  await perform(context, {
    operation: { f: how, transaction: id },
    transmissions: () => context.wire.requestsOf('EndTxn'),
    endsTransaction: true,
    act: async () => {
      await handle[how]();
      context.transaction = undefined;
      return undefined;
    },
  });
}
