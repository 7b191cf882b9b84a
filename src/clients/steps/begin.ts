import type { ActorContext } from '../actor-context.js';
import { perform } from './perform.js';
import { producerOf } from './expect.js';

/** Begins a transaction: nothing is sent before its first record or offset. */
export async function begin(context: ActorContext): Promise<void> {
  const producer = producerOf(context);
  const id = `${context.assignment.process}/${++context.transactionCount}`;
  await perform(context, {
    operation: { f: 'begin', transaction: id },
    transmissions: () => context.wire.requestsOf('InitProducerId'),
    act: async () => {
      context.transaction = { id, handle: await producer.transaction() };
      return undefined;
    },
  });
}
