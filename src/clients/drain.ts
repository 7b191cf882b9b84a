import { fetch, type FetchResponse } from '../broker/protocol/messages/01-fetch.js';
import { readTransactionMarker } from '../broker/protocol/control-batch.js';
import { decodeRecords } from '../broker/protocol/record.js';
import { lastOffset, readRecordBatches, type RecordBatch } from '../broker/protocol/record-batch.js';
import type { DrainEvent } from '../core/history/events.js';
import { AbortedFilter } from './aborted-filter.js';
import type { ClusterConnection } from './cluster-connection.js';
import { partitionOffsets, type PartitionOffsets } from './offsets.js';
import { expectCode } from './protocol-error.js';

export type Isolation = DrainEvent['isolation'];

/** What a fresh reader found in one partition. */
export type Drained = Pick<DrainEvent, 'records' | 'markers' | 'complete'> & PartitionOffsets;

const FETCH_VERSION = 11;
const MAXIMUM_BYTES = 10_000_000;

/**
 * Reads one partition from its start to where this isolation level ends, with requests of its own: no group, no client library,
 * no memory of an earlier read. Read_committed leaves aborted records out by the index that the broker sends, as clients do.
 */
export async function drain(
  cluster: ClusterConnection,
  leader: number,
  {
    topic,
    partition,
    isolation,
  }: { readonly topic: string; readonly partition: number; readonly isolation: Isolation },
): Promise<Drained> {
  const offsets = await partitionOffsets(cluster, leader, topic, partition);
  const end = isolation === 'read_committed' ? offsets.lastStableOffset : offsets.highWatermark;
  const found = new Findings(isolation);
  let position = offsets.logStart;
  while (position < end) {
    const answer = await fetchFrom(cluster, leader, { topic, partition, isolation, position });
    const next = found.take(answer, position, end);
    if (next === position) break;
    position = next;
  }
  return {
    ...offsets,
    records: found.records,
    markers: found.markers,
    complete: found.readable && position >= end,
  };
}

type FetchedPartition = FetchResponse['responses'][number]['partitions'][number];

async function fetchFrom(
  cluster: ClusterConnection,
  leader: number,
  at: {
    readonly topic: string;
    readonly partition: number;
    readonly isolation: Isolation;
    readonly position: number;
  },
): Promise<FetchedPartition> {
  const { responses, errorCode } = await cluster.request(leader, fetch, FETCH_VERSION, {
    maxWaitMs: 500,
    minBytes: 1,
    maxBytes: MAXIMUM_BYTES,
    isolationLevel: at.isolation === 'read_committed' ? 1 : 0,
    topics: [
      {
        topic: at.topic,
        partitions: [
          { partition: at.partition, fetchOffset: BigInt(at.position), partitionMaxBytes: MAXIMUM_BYTES },
        ],
      },
    ],
  });
  expectCode(errorCode, 'Fetch');
  const answer = responses[0]?.partitions[0];
  if (!answer) throw new Error('Fetch was answered without the partition');
  expectCode(answer.errorCode, 'Fetch');
  return answer;
}

class Findings {
  readonly records: DrainEvent['records'][number][] = [];
  readonly markers: NonNullable<DrainEvent['markers']>[number][] = [];
  /** False when a batch could not be decoded: then nothing can be said of what it holds. */
  readable = true;

  constructor(private readonly isolation: Isolation) {}

  /** Keeps what lies in [position, end); returns the next position. */
  take(answer: FetchedPartition, position: number, end: number): number {
    const aborted = new AbortedFilter(
      this.isolation === 'read_committed' ? (answer.abortedTransactions ?? []) : [],
    );
    let next = position;
    for (const batch of readRecordBatches(answer.records ?? Buffer.alloc(0))) {
      if (Number(batch.baseOffset) >= end) break;
      const hidden = aborted.hides(batch);
      // A broker sends whole batches: the first may begin before the position that was asked for.
      if (Number(lastOffset(batch)) >= position && !hidden) this.keep(batch, position, end);
      next = Math.max(next, Number(lastOffset(batch)) + 1);
    }
    return next;
  }

  private keep(batch: RecordBatch, from: number, end: number): void {
    const producer = { producerId: Number(batch.producerId), epoch: batch.producerEpoch };
    if (batch.isControl) {
      const marker = readTransactionMarker(batch);
      if (marker) {
        this.markers.push({
          offset: Number(batch.baseOffset),
          ...producer,
          commit: marker.type === 'commit',
        });
      }
      return;
    }
    const decoded = decodeRecords(batch);
    if (decoded.kind === 'notDecoded') {
      this.readable = false;
      return;
    }
    for (const { offset, value } of decoded.records) {
      if (Number(offset) < from || Number(offset) >= end) continue;
      this.records.push({
        offset: Number(offset),
        value: value?.toString() ?? '',
        ...(batch.producerId >= 0n && producer),
        transactional: batch.isTransactional,
      });
    }
  }
}
