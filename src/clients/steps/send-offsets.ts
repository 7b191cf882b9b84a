import { setTimeout as delay } from 'node:timers/promises';
import { ErrorCode } from '../../broker/protocol/errors.js';
import type { ActorContext, MessageInHand } from '../actor-context.js';
import { rootOf } from '../outcome.js';
import { groupOf, inputOf, transactionOf } from './expect.js';
import { perform } from './perform.js';

const PAUSE_MS = 20;

/** The coordinator has been seen to complete a transaction within 220 ms; this is many times that. */
const PATIENCE_MS = 10_000;

/** Puts offset + 1 into the open transaction (AddOffsetsToTxn, TxnOffsetCommit): it counts when the transaction commits. */
export async function sendOffsets(context: ActorContext, message?: MessageInHand): Promise<void> {
  const { id, handle } = transactionOf(context);
  const group = groupOf(context);
  const { topic, partition, offset } = inputOf(context, message);
  const next = offset + 1;
  const offsets = {
    consumerGroupId: group,
    topics: [{ topic, partitions: [{ partition, offset: String(next) }] }],
  };
  await perform(context, {
    operation: { f: 'commit-offset', group, topic, partition, offset: next, transaction: id },
    transmissions: () => context.wire.requestsOf('TxnOffsetCommit'),
    act: async () => {
      await whilePreviousCompletes(() => handle.sendOffsets(offsets));
      return undefined;
    },
  });
}

/** CONCURRENT_TRANSACTIONS: the markers of the transaction before are still being written. kafkajs does not retry it here. */
async function whilePreviousCompletes(act: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await act();
      return;
    } catch (error) {
      const busy = rootOf(error).code === ErrorCode.CONCURRENT_TRANSACTIONS;
      if (!busy || Date.now() > deadline) throw error;
      await delay(PAUSE_MS);
    }
  }
}
