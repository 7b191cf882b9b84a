import { fetch, type FetchResponse } from '../broker/protocol/messages/01-fetch.js';
import type { MetadataResponse } from '../broker/protocol/messages/03-metadata.js';
import { readRecordBatches } from '../broker/protocol/record-batch.js';
import type { ClusterConnection } from '../clients/cluster-connection.js';
import { groupBy } from '../core/group-by.js';
import type { GroupRow, TopicPartition } from './cluster.js';
import { PartitionMap } from './partition-map.js';
import { leadersOf } from './read-bounds.js';

/** A longer lag is not made of markers alone, and is not read. */
const longest = 100n;
const mostBytes = 256 * 1024;

/** How many offsets of a short lag are transaction markers: no consumer will ever be given them. One Fetch to each leader. */
export async function markersIn(
  cluster: ClusterConnection,
  topics: MetadataResponse['topics'],
  rows: readonly GroupRow[],
): Promise<PartitionMap<bigint>> {
  const leaders = leadersOf(topics);
  const short = rows.flatMap((row) => {
    const stretch = stretchOf(row);
    const leader = leaders.get(row);
    return stretch === undefined || typeof leader !== 'number' ? [] : [{ ...stretch, leader }];
  });
  const counted = await Promise.all(
    [...groupBy(short, ({ leader }) => leader)].map(([leader, some]) => markersAt(cluster, leader, some)),
  );
  return new PartitionMap(counted.flat());
}

/** The offsets of a lag, the last one not included: beyond the last stable one there may be markers too, and they are not in it. */
interface Stretch extends TopicPartition {
  readonly from: bigint;
  readonly to: bigint;
}

function stretchOf({ topic, partition, committed, bounds, lag }: GroupRow): Stretch | undefined {
  if (lag.kind !== 'known' || lag.lag === 0n || lag.lag > longest) return undefined;
  if (committed.kind !== 'offset' || 'unreadable' in bounds) return undefined;
  const from = committed.offset > bounds.start ? committed.offset : bounds.start;
  return { topic, partition, from, to: from + lag.lag };
}

type Counted = readonly (readonly [TopicPartition, bigint])[];

/** A plain Fetch: no group, no trace. What cannot be read is no marker: the lag stays the number that it is. */
async function markersAt(
  cluster: ClusterConnection,
  leader: number,
  stretches: readonly Stretch[],
): Promise<Counted> {
  try {
    const { responses } = await fetchFrom(cluster, leader, stretches);
    const asked = new PartitionMap(stretches.map((one) => [one, one]));
    return responses.flatMap(({ topic, partitions }) =>
      partitions.map(({ partitionIndex: partition, records }) => {
        const key = { topic, partition };
        return [key, markersWithin(asked.get(key), records ?? Buffer.alloc(0))] as const;
      }),
    );
  } catch {
    return [];
  }
}

function markersWithin(stretch: Stretch | undefined, records: Buffer): bigint {
  if (stretch === undefined) return 0n;
  const markers = [...readRecordBatches(records)].filter(
    ({ isControl, baseOffset }) => isControl && baseOffset >= stretch.from && baseOffset < stretch.to,
  );
  return BigInt(markers.length);
}

async function fetchFrom(
  cluster: ClusterConnection,
  leader: number,
  stretches: readonly Stretch[],
): Promise<FetchResponse> {
  const version = await cluster.newestVersion(leader, fetch, 11);
  return cluster.request(leader, fetch, version, {
    maxWaitMs: 0,
    minBytes: 0,
    maxBytes: mostBytes * stretches.length,
    isolationLevel: 0,
    topics: [...groupBy(stretches, ({ topic }) => topic)].map(([topic, some]) => ({
      topic,
      partitions: some.map(({ partition, from: fetchOffset }) => ({
        partition,
        fetchOffset,
        partitionMaxBytes: mostBytes,
      })),
    })),
  });
}
