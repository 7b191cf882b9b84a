import { ErrorCode } from '../protocol/errors.js';
import {
  addPartitionsToTxn,
  type AddPartitionsToTxnRequest,
  type AddPartitionsToTxnResponse,
} from '../protocol/messages/24-add-partitions-to-txn.js';
import type { BrokerServices } from '../services.js';
import type { ProducerIdentity, TopicPartition } from '../state/transaction-results.js';
import type { RequestContext, RequestHandler } from './handler.js';
import { fencedAs, transactionCoordinatorError } from './transaction-access.js';

/**
 * AddPartitionsToTxn, versions 0–5: partitions become part of the transaction, all or none. One that does not exist is
 * answered with 3 and the others with 55 (not attempted). From version 4 on brokers ask this of each other, for several
 * transactions at once or only to verify (KIP-890); no second broker exists here, but the question is answered.
 */
export const addPartitionsToTxnHandler: RequestHandler<
  AddPartitionsToTxnRequest,
  AddPartitionsToTxnResponse
> = {
  api: addPartitionsToTxn,
  versions: { min: 0, max: 5 },
  async handle(request, context, services) {
    if (context.apiVersion < 4) {
      return { resultsByTopicV3AndBelow: await addTo(lowerTransaction(request), context, services) };
    }
    const resultsByTransaction = [];
    for (const transaction of request.transactions) {
      const topicResults = await addTo(transaction, context, services);
      resultsByTransaction.push({ transactionalId: transaction.transactionalId, topicResults });
    }
    return { errorCode: ErrorCode.NONE, resultsByTransaction };
  },
};

type Transaction = AddPartitionsToTxnRequest['transactions'][number];
type ErrorOf = (partition: TopicPartition) => number;

function lowerTransaction(request: AddPartitionsToTxnRequest): Transaction {
  return {
    transactionalId: request.v3AndBelowTransactionalId,
    producerId: request.v3AndBelowProducerId,
    producerEpoch: request.v3AndBelowProducerEpoch,
    verifyOnly: false,
    topics: request.v3AndBelowTopics,
  };
}

async function addTo(transaction: Transaction, context: RequestContext, services: BrokerServices) {
  const site = { transactionalId: transaction.transactionalId };
  const struckBefore = await context.strike('beforeAppend', site);
  const errors = struckBefore === undefined ? decide(transaction, context, services) : () => struckBefore;
  const struckAfter = struckBefore ?? (await context.strike('afterAppend', site));
  return transaction.topics.map(({ name, partitions }) => ({
    name,
    resultsByPartition: partitions.map((partition) => ({
      partitionIndex: partition,
      partitionErrorCode: struckAfter ?? fencedAs(errors({ topic: name, partition }), context.apiVersion, 2),
    })),
  }));
}

function decide(transaction: Transaction, context: RequestContext, services: BrokerServices): ErrorOf {
  const { transactionalId, producerId, producerEpoch: epoch, verifyOnly } = transaction;
  const partitions = transaction.topics.flatMap(({ name, partitions }) =>
    partitions.map((partition) => ({ topic: name, partition })),
  );
  const exists = ({ topic, partition }: TopicPartition) =>
    services.cluster.partition(topic, partition) !== undefined;
  if (!partitions.every(exists)) {
    return (one) => (exists(one) ? ErrorCode.OPERATION_NOT_ATTEMPTED : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }
  const elsewhere = transactionCoordinatorError(transactionalId, context, services);
  if (elsewhere !== undefined) return () => elsewhere;
  if (verifyOnly) return verifying(transactionalId, { producerId, epoch }, services);
  const whole = services.transactions.addPartitions(transactionalId, { producerId, epoch }, partitions);
  return () => whole;
}

function verifying(transactionalId: string, identity: ProducerIdentity, services: BrokerServices): ErrorOf {
  return (partition) => services.transactions.verify(transactionalId, identity, partition, 'Produce');
}
