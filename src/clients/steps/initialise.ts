import type { ActorContext } from '../actor-context.js';
import { perform } from './perform.js';
import { producerOf } from './expect.js';

/**
 * InitProducerId: fences and ends what an earlier instance with this id left behind. kafkajs sends it with the first transaction;
 * an empty transaction is aborted without a request (`initTransactions` of Kafka's own clients).
 */
export async function initialise(context: ActorContext): Promise<void> {
  const { assignment, wire } = context;
  const producer = producerOf(context);
  await perform(context, {
    operation: { f: 'init', transactionalId: assignment.transactionalId ?? '' },
    transmissions: () => wire.requestsOf('InitProducerId'),
    act: async () => {
      await (await producer.transaction()).abort();
      return wire.producer;
    },
  });
}
