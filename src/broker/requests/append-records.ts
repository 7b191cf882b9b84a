import { crc32c } from '../protocol/crc32c.js';
import { ErrorCode } from '../protocol/errors.js';
import { DecompressionError } from '../protocol/decompression-error.js';
import { MalformedError } from '../protocol/malformed-error.js';
import { checkProducedBatch, InvalidBatchError, readProducedBatch } from '../protocol/produced-batch.js';
import { attributeBits, batchLayout, readRecordBatch, type RecordBatch } from '../protocol/record-batch.js';
import { decodeRecords, type DecodedRecord } from '../protocol/record.js';
import type { BrokerServices } from '../services.js';
import type { Partition } from '../state/partition.js';
import type { RequestContext } from './handler.js';
import { ledPartition } from './partition-access.js';
import { verifyTransaction } from './verify-transaction.js';

export interface AppendRequest {
  readonly topic: string;
  readonly index: number;
  readonly records: Buffer | null;
  readonly transactionalId: string | null;
  /** −1: all in-sync replicas must have it. */
  readonly acks: number;
}

export type Appended =
  | {
      readonly errorCode: 0;
      readonly partition: Partition;
      readonly baseOffset: bigint;
      readonly lastOffset: bigint;
      readonly logAppendTimeMs: bigint;
    }
  | Refused;

export interface Refused {
  readonly errorCode: number;
  readonly partition?: undefined;
  readonly message?: string;
  /** Kafka tells it when the log itself refused the batch, but not with the codes 2 and 10 (ReplicaManager.appendToLocalLog). */
  readonly logStartOffset?: bigint;
}

/**
 * One partition's part of a Produce, up to the append, with Kafka's checks in Kafka's order: 3 · 87, 2, 76 the batch · 6 ·
 * 47, 48, 49, 19 the transaction · 21 the acks · 19 too few in sync (also for a repetition) · 87, 10, 2, 32 · 47, 45, 48 the
 * producer.
 */
export function appendRecords(
  request: AppendRequest,
  context: RequestContext,
  services: BrokerServices,
): Appended {
  const { topic, index, acks } = request;
  if (services.cluster.partition(topic, index) === undefined) {
    return { errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION };
  }
  const batch = readBatch(request.records, context.apiVersion);
  if ('errorCode' in batch) return batch;
  const partition = ledPartition(topic, index, context, services);
  if (typeof partition === 'number') return { errorCode: partition };
  const unverified = verifyTransaction(request, batch, partition, context, services);
  if (unverified !== undefined) return unverified;
  if (acks < -1 || acks > 1) return { errorCode: ErrorCode.INVALID_REQUIRED_ACKS };
  const appended = appendTo(partition, batch, acks, services);
  return appended.partition === undefined ? withLogStart(appended, partition) : appended;
}

function appendTo(
  partition: Partition,
  batch: RecordBatch,
  acks: number,
  services: BrokerServices,
): Appended {
  if (acks === -1 && !partition.hasEnoughInSync) return { errorCode: ErrorCode.NOT_ENOUGH_REPLICAS };
  return problemWith(batch, partition) ?? append(batch, partition, services);
}

function withLogStart(refused: Refused, { log }: Partition): Refused {
  const { errorCode } = refused;
  const isUntold = errorCode === ErrorCode.CORRUPT_MESSAGE || errorCode === ErrorCode.MESSAGE_TOO_LARGE;
  return isUntold ? refused : { ...refused, logStartOffset: log.startOffset };
}

function readBatch(
  records: Buffer | null,
  apiVersion: number,
): RecordBatch | { readonly errorCode: number; readonly message: string } {
  try {
    return readProducedBatch(records, apiVersion);
  } catch (error) {
    return refusalFor(error);
  }
}

function refusalFor(error: unknown): { readonly errorCode: number; readonly message: string } {
  if (error instanceof InvalidBatchError) return { errorCode: error.errorCode, message: error.message };
  throw error;
}

function problemWith(batch: RecordBatch, { topic }: Partition): Appended | undefined {
  if (batch.baseOffset !== 0n) {
    return invalidRecord('the base offset is not 0');
  }
  if (batch.bytes.length > Number(topic.config('max.message.bytes'))) {
    return { errorCode: ErrorCode.MESSAGE_TOO_LARGE, message: 'the batch is larger than max.message.bytes' };
  }
  try {
    checkProducedBatch(batch);
  } catch (error) {
    return refusalFor(error);
  }
  if (batch.timestampType === 'append' && topic.config('message.timestamp.type') === 'CreateTime') {
    return { errorCode: ErrorCode.INVALID_TIMESTAMP, message: 'only the broker may set LogAppendTime' };
  }
  return recordProblem(batch, topic.config('cleanup.policy').split(',').includes('compact'));
}

/**
 * LogValidator reads every record, compressed or not, so that no consumer meets one that it cannot. What cannot be unfolded, and
 * offsets that do not count up inside a compressed batch, are an unknown error (−1) there; uncompressed offsets are not looked
 * at (measured on 3.9.1 and 4.2.0). Kafka unfolds without a bound; here 100 MiB a batch are enough.
 */
function recordProblem(batch: RecordBatch, needsKeys: boolean): Appended | undefined {
  try {
    const decoded = decodeRecords(batch);
    if (decoded.kind !== 'records') return undefined;
    if (batch.compression !== 'none' && !countsUp(decoded.records, batch.baseOffset)) {
      return { errorCode: ErrorCode.UNKNOWN_SERVER_ERROR };
    }
    const hasKeys = decoded.records.every((record) => record.key !== null);
    return needsKeys && !hasKeys
      ? invalidRecord('a compacted topic takes no record without a key')
      : undefined;
  } catch (error) {
    if (error instanceof DecompressionError) return { errorCode: ErrorCode.UNKNOWN_SERVER_ERROR };
    if (error instanceof MalformedError) return invalidRecord(error.message);
    throw error;
  }
}

function invalidRecord(message: string): Appended {
  return { errorCode: ErrorCode.INVALID_RECORD, message };
}

function countsUp(records: readonly DecodedRecord[], baseOffset: bigint): boolean {
  return records.every((record, index) => record.offset === baseOffset + BigInt(index));
}

function append(batch: RecordBatch, partition: Partition, services: BrokerServices): Appended {
  const byBroker = partition.topic.config('message.timestamp.type') === 'LogAppendTime';
  const stamped = byBroker ? withAppendTime(batch, BigInt(services.clock.now())) : batch;
  const outcome = partition.append(stamped);
  if (outcome.kind === 'refused') {
    recordFenced(outcome, batch, services);
    return { errorCode: outcome.errorCode };
  }
  const { baseOffset, lastOffset } = outcome;
  const appendTime = byBroker ? stamped.maxTimestamp : -1n;
  // Kafka gives a repetition the timestamp of the remembered batch, whatever the topic's timestamp type.
  const logAppendTimeMs = outcome.kind === 'duplicate' ? outcome.timestamp : appendTime;
  return { errorCode: ErrorCode.NONE, partition, baseOffset, lastOffset, logAppendTimeMs };
}

/** DefaultRecordBatch.setMaxTimestamp: these fields lie under the checksum. */
function withAppendTime(batch: RecordBatch, nowMs: bigint): RecordBatch {
  const bytes = Buffer.from(batch.bytes);
  const attributes = bytes.readInt16BE(batchLayout.attributes) | attributeBits.appendTime;
  bytes.writeInt16BE(attributes, batchLayout.attributes);
  bytes.writeBigInt64BE(nowMs, batchLayout.maxTimestamp);
  bytes.writeUInt32BE(crc32c(bytes, batchLayout.attributes), batchLayout.crc);
  return readRecordBatch(bytes);
}

function recordFenced(
  refused: { readonly errorCode: number; readonly currentEpoch: number },
  batch: RecordBatch,
  services: BrokerServices,
): void {
  if (refused.errorCode !== ErrorCode.INVALID_PRODUCER_EPOCH) return;
  services.record({
    type: 'fenced',
    producerId: Number(batch.producerId),
    epoch: batch.producerEpoch,
    currentEpoch: refused.currentEpoch,
    api: 'Produce',
  });
}
