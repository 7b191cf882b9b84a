import assert from 'node:assert/strict';
import { encodeRecordBatch, type BatchToEncode } from '../../../src/broker/protocol/encode-record-batch.js';
import type { FetchResponse } from '../../../src/broker/protocol/messages/01-fetch.js';
import { readRecordBatches } from '../../../src/broker/protocol/record-batch.js';
import { decodeRecords } from '../../../src/broker/protocol/record.js';
import { produceHandler } from '../../../src/broker/requests/00-produce.js';
import { fetchHandler } from '../../../src/broker/requests/01-fetch.js';
import { initProducerIdHandler } from '../../../src/broker/requests/22-init-producer-id.js';
import { addPartitionsToTxnHandler } from '../../../src/broker/requests/24-add-partitions-to-txn.js';
import { endTxnHandler } from '../../../src/broker/requests/26-end-txn.js';
import type { ProducerIdentity } from '../../../src/broker/state/transaction-results.js';
import type { Bench, CallOptions } from './broker-bench.js';

export interface Sending extends Omit<BatchToEncode, 'records'> {
  readonly topic?: string;
  readonly transactionalId?: string | null;
  readonly acks?: number;
  readonly timeoutMs?: number;
  readonly version?: number;
  readonly records?: Buffer;
}

export function batchOf(values: readonly string[], rest: Omit<BatchToEncode, 'records'> = {}): Buffer {
  return encodeRecordBatch({ ...rest, records: values.map((value) => ({ value: Buffer.from(value) })) });
}

/** Sends one batch to partition 0 of the topic `t` with Produce v7, as kafkajs does; the partition's answer. */
export async function send(
  bench: Bench,
  values: readonly string[],
  sending: Sending = {},
  options?: CallOptions,
) {
  const { topic = 't', transactionalId = null, acks = -1, timeoutMs = 1000, version = 7, ...batch } = sending;
  const records = sending.records ?? batchOf(values, batch);
  const request = {
    transactionalId,
    acks,
    timeoutMs,
    topicData: [{ name: topic, partitionData: [{ index: 0, records }] }],
  };
  const response = await bench.call(produceHandler, version, request, options);
  const answer = response.responses[0]?.partitionResponses[0];
  assert.ok(answer);
  return answer;
}

export interface Fetching {
  readonly topic?: string;
  readonly offset?: bigint;
  readonly committed?: boolean;
  readonly version?: number;
  readonly maxWaitMs?: number;
  readonly minBytes?: number;
  readonly maxBytes?: number;
  readonly partitionMaxBytes?: number;
  readonly currentLeaderEpoch?: number;
  readonly lastFetchedEpoch?: number;
}

export type FetchedPartition = FetchResponse['responses'][number]['partitions'][number];

/** Fetches partition 0 of the topic `t` with Fetch v11, as kafkajs does. */
export async function fetchFrom(
  bench: Bench,
  fetching: Fetching = {},
  options?: CallOptions,
): Promise<FetchedPartition> {
  const {
    topic = 't',
    offset = 0n,
    committed = false,
    version = 11,
    partitionMaxBytes = 1_000_000,
  } = fetching;
  const {
    maxWaitMs = 0,
    minBytes = 1,
    maxBytes = 10_000_000,
    currentLeaderEpoch,
    lastFetchedEpoch,
  } = fetching;
  const partition = {
    partition: 0,
    fetchOffset: offset,
    partitionMaxBytes,
    currentLeaderEpoch,
    lastFetchedEpoch,
  };
  const response = await bench.call(
    fetchHandler,
    version,
    {
      maxWaitMs,
      minBytes,
      maxBytes,
      isolationLevel: committed ? 1 : 0,
      topics: [{ topic, partitions: [partition] }],
    },
    options,
  );
  const answer = response.responses[0]?.partitions[0];
  assert.ok(answer);
  return answer;
}

/** Values of the data records in an answer, from the asked offset on; what is aborted is left to the reader. */
export function valuesIn(answer: FetchedPartition): readonly string[] {
  return [...readRecordBatches(answer.records ?? Buffer.alloc(0))]
    .filter((batch) => !batch.isControl)
    .flatMap((batch) => {
      const decoded = decodeRecords(batch);
      assert.ok(decoded.kind === 'records');
      return decoded.records.map((record) => String(record.value));
    });
}

/** InitProducerId; asserts that it is answered without an error. */
export async function initialise(
  bench: Bench,
  transactionalId: string | null,
  timeoutMs = 10_000,
): Promise<ProducerIdentity> {
  const answer = await bench.call(initProducerIdHandler, 1, {
    transactionalId,
    transactionTimeoutMs: timeoutMs,
  });
  assert.equal(answer.errorCode, 0);
  return { producerId: answer.producerId, epoch: answer.producerEpoch };
}

/** AddPartitionsToTxn for partition 0 of a topic; the error code. */
export async function addPartition(
  bench: Bench,
  transactionalId: string,
  identity: ProducerIdentity,
  { topic = 't', version = 1 } = {},
): Promise<number | undefined> {
  const response = await bench.call(addPartitionsToTxnHandler, version, {
    v3AndBelowTransactionalId: transactionalId,
    v3AndBelowProducerId: identity.producerId,
    v3AndBelowProducerEpoch: identity.epoch,
    v3AndBelowTopics: [{ name: topic, partitions: [0] }],
  });
  return response.resultsByTopicV3AndBelow[0]?.resultsByPartition[0]?.partitionErrorCode;
}

/** EndTxn; the error code. */
export async function end(
  bench: Bench,
  transactionalId: string,
  identity: ProducerIdentity,
  committed: boolean,
  version = 1,
): Promise<number> {
  const { producerId, epoch: producerEpoch } = identity;
  const response = await bench.call(endTxnHandler, version, {
    transactionalId,
    producerId,
    producerEpoch,
    committed,
  });
  return response.errorCode;
}

/** The fields that make a batch one of a producer's transaction. */
export function transactional(
  transactionalId: string,
  identity: ProducerIdentity,
  baseSequence: number,
): Sending {
  const { producerId, epoch: producerEpoch } = identity;
  return { transactionalId, isTransactional: true, producerId, producerEpoch, baseSequence };
}

/** A transaction with one batch that is left open. */
export async function openTransaction(
  bench: Bench,
  transactionalId: string,
  values: readonly string[],
): Promise<ProducerIdentity> {
  const identity = await initialise(bench, transactionalId);
  assert.equal(await addPartition(bench, transactionalId, identity), 0);
  const answer = await send(bench, values, transactional(transactionalId, identity, 0));
  assert.equal(answer.errorCode, 0);
  return identity;
}
