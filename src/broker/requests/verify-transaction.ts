import { ErrorCode } from '../protocol/errors.js';
import type { RecordBatch } from '../protocol/record-batch.js';
import type { BrokerServices } from '../services.js';
import type { Partition } from '../state/partition.js';
import type { RequestContext } from './handler.js';
import { verificationError } from './transaction-access.js';

/** From this version of Produce on the partition need not have been added to the transaction: the write adds it (KIP-890). */
const addsPartitionFrom = 12;

/** Of Produce: 120 is known to clients. */
const abortableFrom = 11;

/**
 * The first write of a transaction in a partition: it is verified with the coordinator (KIP-890 part 1), or adds the partition
 * to the transaction (part 2). With the latter the epoch is new at every transaction, so that a producer which nobody knows here
 * begins at sequence 0, else 45. Undefined: nothing is against the write. The message is Kafka's.
 */
export function verifyTransaction(
  target: { readonly topic: string; readonly index: number; readonly transactionalId: string | null },
  batch: RecordBatch,
  partition: Partition,
  context: RequestContext,
  services: BrokerServices,
): Unverified | undefined {
  if (!isFirstWrite(batch, partition, services)) return undefined;
  if (target.transactionalId === null) return { errorCode: ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED };
  const { producers } = partition.log;
  producers.startVerification(batch);
  const adds = context.apiVersion >= addsPartitionFrom;
  const answer = (adds ? add : verify)(target.transactionalId, target, batch, services);
  if (answer !== ErrorCode.NONE) return refusal(produceError(answer, context.apiVersion));
  const isUnknown = adds && !producers.knows(batch.producerId) && batch.baseSequence !== 0;
  if (!isUnknown) return undefined;
  return { errorCode: ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, logStartOffset: partition.log.startOffset };
}

interface Unverified {
  readonly errorCode: number;
  readonly message?: string;
  /** Told when it is the log that refuses, and not the coordinator. */
  readonly logStartOffset?: bigint;
}

function refusal(errorCode: number): Unverified {
  if (errorCode !== ErrorCode.INVALID_TXN_STATE) return { errorCode };
  return { errorCode, message: 'Partition was not added to the transaction' };
}

/**
 * No transaction of this producer is open in the partition. Where every end raises the epoch, one of another epoch counts as
 * another transaction (UnifiedLog.hasOngoingTransaction; without it 3.9.1 takes a higher epoch for the same).
 */
function isFirstWrite(batch: RecordBatch, { log }: Partition, { features }: BrokerServices): boolean {
  const { isTransactional, producerId, producerEpoch } = batch;
  if (!isTransactional || producerId === -1n) return false;
  if (!log.producers.hasOpenTransaction(producerId)) return true;
  return features.transactionVersion > 0 && !log.producers.isCurrent(producerId, producerEpoch);
}

type Ask = (
  transactionalId: string,
  target: { readonly topic: string; readonly index: number },
  batch: RecordBatch,
  services: BrokerServices,
) => number;

const verify: Ask = (transactionalId, { topic, index }, batch, { transactions }) =>
  transactions.verify(transactionalId, identityOf(batch), { topic, partition: index }, 'Produce');

const add: Ask = (transactionalId, { topic, index }, batch, { transactions }) =>
  transactions.addPartitions(transactionalId, identityOf(batch), [{ topic, partition: index }], 'Produce');

function identityOf({ producerId, producerEpoch }: RecordBatch) {
  return { producerId, epoch: producerEpoch };
}

/** Who adds by writing is told 51 as it is (ReplicaManager): the last transaction often still completes then. */
function produceError(answer: number, apiVersion: number): number {
  const isPlain = answer === ErrorCode.CONCURRENT_TRANSACTIONS && apiVersion >= addsPartitionFrom;
  return isPlain ? answer : verificationError(answer, apiVersion >= abortableFrom);
}
