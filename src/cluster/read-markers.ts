import { fetch } from '../broker/protocol/messages/01-fetch.js';
import type { MetadataResponse } from '../broker/protocol/messages/03-metadata.js';
import { readRecordBatches } from '../broker/protocol/record-batch.js';
import type { ClusterConnection } from '../clients/cluster-connection.js';
import { groupBy } from '../core/group-by.js';
import type { GroupRow } from './cluster.js';
import { leadersOf, nameOf } from './read-bounds.js';

/** A longer lag is not made of markers alone, and is not read. */
const longest = 100n;
const mostBytes = 256 * 1024;

/** How many offsets of a short lag are transaction markers, by partition: no consumer will ever be given them. One Fetch to each leader. */
export async function markersIn(
  cluster: ClusterConnection,
  topics: MetadataResponse['topics'],
  rows: readonly GroupRow[],
): Promise<ReadonlyMap<string, bigint>> {
  const leaders = leadersOf(topics);
  const short = rows.flatMap((row) => {
    const from = positionOf(row);
    const leader = leaders.get(nameOf(row));
    return from === undefined || typeof leader !== 'number' ? [] : [{ ...row, from, leader }];
  });
  const counted = await Promise.all(
    [...groupBy(short, ({ leader }) => leader)].map(([leader, some]) => markersAt(cluster, leader, some)),
  );
  return new Map(counted.flatMap((one) => [...one]));
}

function positionOf({ committed, bounds, lag }: GroupRow): bigint | undefined {
  if (lag.kind !== 'known' || lag.lag === 0n || lag.lag > longest) return undefined;
  if (committed.kind !== 'offset' || 'unreadable' in bounds) return undefined;
  return committed.offset > bounds.start ? committed.offset : bounds.start;
}

interface Stretch extends GroupRow {
  readonly from: bigint;
}

/** A plain Fetch: no group, no trace. What cannot be read is no marker: the lag stays the number that it is. */
async function markersAt(
  cluster: ClusterConnection,
  leader: number,
  stretches: readonly Stretch[],
): Promise<ReadonlyMap<string, bigint>> {
  const version = await cluster.newestVersion(leader, fetch, 11);
  const { responses } = await cluster.request(leader, fetch, version, {
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
  const froms = new Map(stretches.map((one) => [nameOf(one), one.from]));
  return new Map(
    responses.flatMap(({ topic, partitions }) =>
      partitions.map(({ partitionIndex: partition, records }) => {
        const name = nameOf({ topic, partition });
        const from = froms.get(name) ?? 0n;
        const markers = [...readRecordBatches(records ?? Buffer.alloc(0))].filter(
          ({ isControl, baseOffset }) => isControl && baseOffset >= from,
        );
        return [name, BigInt(markers.length)] as const;
      }),
    ),
  );
}
