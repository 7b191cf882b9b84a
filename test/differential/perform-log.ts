import { ErrorCode } from '../../src/broker/protocol/errors.js';
import { readTransactionMarker } from '../../src/broker/protocol/control-batch.js';
import { fetch } from '../../src/broker/protocol/messages/01-fetch.js';
import { listOffsets } from '../../src/broker/protocol/messages/02-list-offsets.js';
import { deleteRecords } from '../../src/broker/protocol/messages/21-delete-records.js';
import { offsetForLeaderEpoch } from '../../src/broker/protocol/messages/23-offset-for-leader-epoch.js';
import { lastOffset, readRecordBatches, type RecordBatch } from '../../src/broker/protocol/record-batch.js';
import { decodeRecords } from '../../src/broker/protocol/record.js';
import { error, type Answer } from './answer.js';
import type { OperationOf } from './operation.js';
import type { World } from './world.js';

export async function performFetch(world: World, operation: OperationOf<'fetch'>): Promise<Answer> {
  const { place, version } = operation;
  const asked = {
    partition: place.partition,
    fetchOffset: BigInt(operation.offset),
    currentLeaderEpoch: operation.leaderEpoch,
    lastFetchedEpoch: operation.lastFetchedEpoch,
    partitionMaxBytes: operation.maxBytes,
  };
  const { responses, errorCode } = await world.side.ask(fetch, version, {
    maxWaitMs: 0,
    minBytes: 0,
    maxBytes: 10_000_000,
    isolationLevel: operation.committed ? 1 : 0,
    topics: [{ topic: world.topic(place.topic), topicId: world.topicId(place.topic), partitions: [asked] }],
  });
  const found = responses[0]?.partitions[0];
  if (found === undefined) return error(errorCode);
  if (found.errorCode !== 0) {
    const offsets = [found.highWatermark, found.lastStableOffset, found.logStartOffset];
    return { error: error(found.errorCode), offsets: offsets.join() };
  }
  const diverging = found.divergingEpoch;
  const batches = [...readRecordBatches(found.records ?? Buffer.alloc(0))];
  return {
    highWatermark: Number(found.highWatermark),
    lastStable: Number(found.lastStableOffset),
    // Versions below 5 do not carry it.
    start: Number(found.logStartOffset),
    diverging: diverging.epoch < 0 ? undefined : `${diverging.epoch} ${diverging.endOffset}`,
    aborted: abortedOf(world, found.abortedTransactions, batches.at(-1)),
    batches: batches.map((batch) => batchText(world, batch)),
  };
}

/**
 * Kafka lists them in the order of their markers, the embedded broker by first offset: kafkajs needs it. Kafka also lists what
 * lies behind the records that it sends, to the end of its index's resolution: nobody can take offence (differences.md).
 */
function abortedOf(
  world: World,
  aborted: readonly { readonly producerId: bigint; readonly firstOffset: bigint }[] | null,
  last: RecordBatch | undefined,
): Answer {
  if (aborted === null) return null;
  const end = last === undefined ? -1n : lastOffset(last);
  return aborted
    .filter(({ firstOffset }) => firstOffset <= end)
    .sort((one, other) => Number(one.firstOffset - other.firstOffset))
    .map(({ producerId, firstOffset }) => `${world.producerSymbol(producerId)} from ${firstOffset}`);
}

/** Everything in a batch but the time of a marker, which the broker's clock gives it. */
function batchText(world: World, batch: RecordBatch): string {
  const last = batch.baseOffset + BigInt(batch.lastOffsetDelta);
  const producer = `${world.producerSymbol(batch.producerId)}/${batch.producerEpoch} at ${batch.baseSequence}`;
  const head = `${batch.baseOffset}–${last} ${producer} epoch ${batch.partitionLeaderEpoch}`;
  const marker = readTransactionMarker(batch);
  if (marker !== undefined) return `${head} ${marker.type} by coordinator ${marker.coordinatorEpoch}`;
  const times = [batch.baseTimestamp, batch.maxTimestamp].map((time) => Number(time) - world.names.baseTime);
  const kind = `${batch.isTransactional ? 'transactional ' : ''}${batch.compression ?? '?'} ${batch.timestampType} ${times.join('–')}`;
  const decoded = decodeRecords(batch);
  const values = decoded.kind === 'records' ? decoded.records.map(({ value }) => String(value)) : ['?'];
  return `${head} ${kind}: ${values.join(' ')}`;
}

export async function performListOffsets(
  world: World,
  operation: OperationOf<'list offsets'>,
): Promise<Answer> {
  const { place, at } = operation;
  const { topics } = await world.side.ask(listOffsets, operation.version, {
    replicaId: -1,
    isolationLevel: operation.committed ? 1 : 0,
    topics: [
      {
        name: world.topic(place.topic),
        partitions: [
          {
            partitionIndex: place.partition,
            currentLeaderEpoch: operation.leaderEpoch,
            timestamp: BigInt(at < 0 ? at : world.names.baseTime + at),
          },
        ],
      },
    ],
  });
  const found = topics[0]?.partitions[0];
  const timestamp = Number(found?.timestamp ?? -1n);
  return {
    error: error(found?.errorCode),
    offset: found?.oldStyleOffsets[0] === undefined ? Number(found?.offset) : found.oldStyleOffsets.join(),
    after: timeText(timestamp, world),
    epoch: found?.leaderEpoch,
  };
}

/** Records have the times that we gave them; a marker has the broker's. */
function timeText(timestamp: number, world: World): Answer {
  if (timestamp < 0) return timestamp;
  const after = timestamp - world.names.baseTime;
  return after < 30_000 ? after : 'when it was written';
}

export async function performDeleteRecords(
  world: World,
  operation: OperationOf<'delete records'>,
): Promise<Answer> {
  const { place, offset } = operation;
  const partitions = [{ partitionIndex: place.partition, offset: BigInt(offset) }];
  const request = { topics: [{ name: world.topic(place.topic), partitions }], timeoutMs: 5000 };
  const { topics } = await world.side.ask(deleteRecords, operation.version, request);
  const found = topics[0]?.partitions[0];
  return { error: error(found?.errorCode), low: Number(found?.lowWatermark) };
}

export async function performEpochEnd(world: World, operation: OperationOf<'epoch end'>): Promise<Answer> {
  const { place, leaderEpoch, currentLeaderEpoch } = operation;
  const partitions = [{ partition: place.partition, currentLeaderEpoch, leaderEpoch }];
  const { topics } = await world.side.ask(offsetForLeaderEpoch, operation.version, {
    replicaId: -1,
    topics: [{ topic: world.topic(place.topic), partitions }],
  });
  const found = topics[0]?.partitions[0];
  const isFound = found?.errorCode === ErrorCode.NONE;
  return { error: error(found?.errorCode), end: isFound ? `${found.leaderEpoch} ${found.endOffset}` : '' };
}
