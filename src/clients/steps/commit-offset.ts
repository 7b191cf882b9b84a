import type { ActorContext, MessageInHand } from '../actor-context.js';
import { consumerOf, groupOf, inputOf } from './expect.js';
import { perform } from './perform.js';

/** Commits the next offset to read, and waits for the answer. kafkajs repeats a commit that failed by itself. */
export async function commitOffset(context: ActorContext, message?: MessageInHand): Promise<void> {
  const consumer = consumerOf(context);
  const { topic, partition, offset } = inputOf(context, message);
  const next = offset + 1;
  await perform(context, {
    operation: { f: 'commit-offset', group: groupOf(context), topic, partition, offset: next },
    transmissions: () => context.wire.requestsOf('OffsetCommit'),
    act: async () => {
      await consumer.commitOffsets([{ topic, partition, offset: String(next) }]);
      return undefined;
    },
  });
}
