import assert from 'node:assert/strict';
import { encodeRecordBatch } from '../../../src/broker/protocol/encode-record-batch.js';
import { produce } from '../../../src/broker/protocol/messages/00-produce.js';
import { fetch } from '../../../src/broker/protocol/messages/01-fetch.js';
import { listOffsets } from '../../../src/broker/protocol/messages/02-list-offsets.js';
import { initProducerId } from '../../../src/broker/protocol/messages/22-init-producer-id.js';
import { offsetForLeaderEpoch } from '../../../src/broker/protocol/messages/23-offset-for-leader-epoch.js';
import { readRecordBatches } from '../../../src/broker/protocol/record-batch.js';
import { error, settled } from '../../differential/answer.js';
import type { Side } from '../../differential/side.js';

export interface Write {
  readonly acks: -1 | 1;
  /** As the request says, for acks=all. */
  readonly timeoutMs?: number;
  /** Of an idempotent producer: its id, and the sequence of its batch. */
  readonly producer?: { readonly id: bigint; readonly sequence: number };
}

/** Writes one record to partition 0 (Produce 9). */
export async function write(side: Side, topic: string, { acks, timeoutMs = 10_000, producer }: Write) {
  const records = encodeRecordBatch({
    records: [{ value: Buffer.from('v'), timestamp: BigInt(Date.now()) }],
    ...(producer && { producerId: producer.id, producerEpoch: 0, baseSequence: producer.sequence }),
  });
  const topicData = [{ name: topic, partitionData: [{ index: 0, records }] }];
  const { responses } = await side.ask(produce, 9, { acks, timeoutMs, topicData });
  const found = responses[0]?.partitionResponses[0];
  return { error: error(found?.errorCode), at: Number(found?.baseOffset) };
}

/** A node that has none left gets a block of ids from its controller first, and answers 14 meanwhile. */
export async function newProducerId(side: Side): Promise<bigint> {
  const request = { transactionalId: null, transactionTimeoutMs: 0 };
  const { errorCode, producerId } = await settled(
    () => side.ask(initProducerId, 1, request),
    (response) => response.errorCode,
  );
  assert.equal(errorCode, 0);
  return producerId;
}

export interface Read {
  readonly offset: number;
  /** The epoch that the reader takes for the current one; −1 for none. */
  readonly epoch?: number;
  /** The epoch of the last record that it has; only from version 12 on. */
  readonly lastEpoch?: number;
  readonly version?: 10 | 12;
  /** Waits so long for the first byte; not at all unless said. */
  readonly maxWaitMs?: number;
}

/** Reads partition 0 as a consumer does. */
export async function read(side: Side, topic: string, wanted: Read) {
  const { offset, epoch = -1, lastEpoch = -1, version = 12, maxWaitMs = 0 } = wanted;
  const asked = {
    partition: 0,
    fetchOffset: BigInt(offset),
    currentLeaderEpoch: epoch,
    lastFetchedEpoch: lastEpoch,
    partitionMaxBytes: 1_000_000,
  };
  const topics = [{ topic, partitions: [asked] }];
  const { responses } = await side.ask(fetch, version, { maxWaitMs, minBytes: 1, isolationLevel: 0, topics });
  const found = responses[0]?.partitions[0];
  const batches = [...readRecordBatches(found?.records ?? Buffer.alloc(0))];
  const diverging = found?.divergingEpoch;
  return {
    error: error(found?.errorCode),
    offsets: batches.map(({ baseOffset }) => Number(baseOffset)),
    ...(diverging &&
      diverging.epoch >= 0 && { diverging: `${diverging.epoch} until ${diverging.endOffset}` }),
  };
}

/** The end that a reader of everything sees: the high watermark (ListOffsets 5). */
export async function latest(side: Side, topic: string) {
  const partitions = [{ partitionIndex: 0, timestamp: -1n }];
  const { topics } = await side.ask(listOffsets, 5, { replicaId: -1, topics: [{ name: topic, partitions }] });
  const found = topics[0]?.partitions[0];
  return { error: error(found?.errorCode), offset: Number(found?.offset) };
}

/** Where an epoch ends; for the current one the log end (OffsetForLeaderEpoch 3). */
export async function epochEnd(side: Side, topic: string, leaderEpoch: number) {
  const partitions = [{ partition: 0, currentLeaderEpoch: -1, leaderEpoch }];
  const { topics } = await side.ask(offsetForLeaderEpoch, 3, {
    replicaId: -1,
    topics: [{ topic, partitions }],
  });
  const found = topics[0]?.partitions[0];
  return { error: error(found?.errorCode), end: Number(found?.endOffset) };
}
