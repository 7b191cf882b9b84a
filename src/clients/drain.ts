import { fetch, type FetchResponse } from '../broker/protocol/messages/01-fetch.js';
import { Findings } from '../broker/protocol/findings.js';
import type { DrainEvent } from '../core/history/events.js';
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
