import { ErrorCode } from '../protocol/errors.js';
import {
  describeTransactions,
  type DescribeTransactionsRequest,
  type DescribeTransactionsResponse,
} from '../protocol/messages/65-describe-transactions.js';
import type { Encodable } from '../protocol/schema.js';
import type { BrokerServices } from '../services.js';
import { coordinatorPartition } from '../state/key-hash.js';
import type { TransactionDescription } from '../state/transactions.js';
import type { RequestContext, RequestHandler } from './handler.js';
import { transactionCoordinatorError } from './transaction-access.js';

/**
 * DescribeTransactions, version 0 (KIP-664): state, producer and partitions of transactional ids; 105 unknown, 42 empty, 16 another
 * node coordinates it. A group's offsets stand as the partition of __consumer_offsets that has the group. The start of the last
 * transaction stays after its end, until the next InitProducerId (measured on 3.9.1 and 4.2.0).
 */
export const describeTransactionsHandler: RequestHandler<
  DescribeTransactionsRequest,
  DescribeTransactionsResponse
> = {
  api: describeTransactions,
  versions: { min: 0, max: 0 },
  handle({ transactionalIds }, context, services) {
    return { transactionStates: transactionalIds.map((id) => describe(id, context, services)) };
  },
};

type State = Encodable<DescribeTransactionsResponse['transactionStates'][number]>;

function describe(transactionalId: string, context: RequestContext, services: BrokerServices): State {
  if (transactionalId === '') return { transactionalId, errorCode: ErrorCode.INVALID_REQUEST };
  const elsewhere = transactionCoordinatorError(transactionalId, context, services);
  if (elsewhere !== undefined) return { transactionalId, errorCode: elsewhere };
  const found = services.transactions.describe(transactionalId);
  if (found === undefined) return { transactionalId, errorCode: ErrorCode.TRANSACTIONAL_ID_NOT_FOUND };
  return {
    transactionalId,
    transactionState: found.state,
    transactionTimeoutMs: found.timeoutMs,
    transactionStartTimeMs: BigInt(found.startedAtMs),
    producerId: found.producerId,
    producerEpoch: found.epoch,
    topics: topicsOf(found),
  };
}

function topicsOf({ partitions, groups }: TransactionDescription) {
  const byTopic = new Map<string, Set<number>>();
  const add = (topic: string, partition: number) => {
    byTopic.set(topic, (byTopic.get(topic) ?? new Set<number>()).add(partition));
  };
  for (const { topic, partition } of partitions) add(topic, partition);
  for (const groupId of groups) add('__consumer_offsets', coordinatorPartition(groupId));
  return [...byTopic].map(([topic, indexes]) => ({ topic, partitions: [...indexes] }));
}
