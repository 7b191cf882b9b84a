import type { ActorContext, MessageInHand } from '../actor-context.js';
import { perform } from './perform.js';
import { messageOf, producerOf, writtenTopicOf } from './expect.js';

/** Kafka's default for how long a broker may wait for its replicas. */
const ACKNOWLEDGEMENT_TIMEOUT_MS = 30_000;

/** Sends one record to one partition and waits for what acks promises; with acks=0 the broker names no offset. */
export async function send(context: ActorContext, inHand?: MessageInHand): Promise<void> {
  const { transaction, wire, assignment } = context;
  const message = messageOf(context, inHand);
  const { topic, partitions } = writtenTopicOf(context);
  const value = outputOf(message);
  const partition = message.index % partitions;
  const sender = transaction?.handle ?? producerOf(context);
  await perform(context, {
    operation: {
      f: 'send',
      topic,
      partition,
      value,
      ...(transaction && { transaction: transaction.id }),
      ...(message.input && { source: message.input }),
    },
    transmissions: () => wire.transmissionsOf(value),
    act: async () => {
      const [metadata] = await sender.send({
        topic,
        messages: [{ key: null, value, partition }],
        acks: acksOf(assignment.actor.producer?.acks),
        timeout: ACKNOWLEDGEMENT_TIMEOUT_MS,
      });
      return { offset: Number(metadata?.baseOffset ?? -1) };
    },
  });
}

function outputOf({ output, value }: MessageInHand): string {
  if (output === undefined) throw new TypeError(`${value} is sent before it is transformed`);
  return output;
}

function acksOf(acks: 0 | 1 | 'all' | undefined): number {
  return acks === undefined || acks === 'all' ? -1 : acks;
}
