import type { ClusterConnection } from '../clients/cluster-connection.js';
import { drain } from '../clients/drain.js';
import { committedOffsets } from '../clients/groups.js';
import { partitionOffsets } from '../clients/offsets.js';
import { pollUntil } from '../clients/poll-until.js';
import { leadersOf } from '../clients/topics.js';
import type { DrainEvent } from '../core/history/events.js';
import type { RunState } from './run-state.js';

export interface ObservedTopic {
  readonly topic: string;
  readonly partitions: number;
}

export interface Observed {
  readonly topics: readonly ObservedTopic[];
  readonly groups: readonly string[];
}

/**
 * How long markers, replicas and group offsets may lag behind what clients were told: seen up to 220 ms. After it the drain happens
 * all the same, and the verdict says what it found.
 */
const SETTLE_WITHIN_MS = 5_000;

const isolations = ['read_uncommitted', 'read_committed'] as const;

/** Reads every partition to its end in both isolation levels, once the cluster shows what its clients were promised. */
export async function observe(
  cluster: ClusterConnection,
  { topics, groups }: Observed,
  state: RunState,
  { label, signal }: { readonly label: string; readonly signal?: AbortSignal | undefined },
): Promise<readonly DrainEvent[]> {
  const leaders = await leadersOf(
    cluster,
    topics.map(({ topic }) => topic),
  );
  const partitions = topics.flatMap(({ topic, partitions: count }) =>
    [...Array(count).keys()].map((partition) => ({
      topic,
      partition,
      leader: leaders.get(`${topic}/${partition}`) ?? -1,
    })),
  );
  const polling = { everyMs: 10, withinMs: SETTLE_WITHIN_MS, signal };
  await pollUntil(() => logsSettled(cluster, partitions, state), polling);
  await pollUntil(() => offsetsSettled(cluster, topics, groups, state), polling);
  const committed = await committedByGroup(cluster, topics, groups);
  const drains = partitions.flatMap((at) => isolations.map((isolation) => ({ ...at, isolation })));
  return Promise.all(
    drains.map(async ({ topic, partition, leader, isolation }) => ({
      type: 'drain' as const,
      label,
      isolation,
      topic,
      partition,
      ...(await drain(cluster, leader, { topic, partition, isolation })),
      ...(groups.length > 0 && { committed: committedOf(committed, `${topic}/${partition}`) }),
    })),
  );
}

interface LedPartition {
  readonly topic: string;
  readonly partition: number;
  readonly leader: number;
}

/** Markers are written after EndTxn is answered; with acks=0, or with followers, records become visible later than the client goes on. */
async function logsSettled(
  cluster: ClusterConnection,
  partitions: readonly LedPartition[],
  state: RunState,
): Promise<true | undefined> {
  for (const { topic, partition, leader } of partitions) {
    const { highWatermark, lastStableOffset } = await partitionOffsets(cluster, leader, topic, partition);
    if (highWatermark < state.leastHighWatermark(topic, partition)) return undefined;
    if (lastStableOffset < highWatermark && !state.hasOpenTransaction) return undefined;
  }
  return true;
}

/** Offsets of a transaction count when its marker has reached the offsets topic, which is after EndTxn is answered. */
async function offsetsSettled(
  cluster: ClusterConnection,
  topics: readonly ObservedTopic[],
  groups: readonly string[],
  state: RunState,
): Promise<true | undefined> {
  const committed = await committedByGroup(cluster, topics, groups);
  for (const [group, offsets] of committed) {
    for (const { topic, partitions } of topics) {
      for (let partition = 0; partition < partitions; partition++) {
        const found = offsets.get(`${topic}/${partition}`) ?? -1;
        if (found < state.leastCommitted(group, topic, partition)) return undefined;
      }
    }
  }
  return true;
}

type CommittedByGroup = ReadonlyMap<string, ReadonlyMap<string, number>>;

async function committedByGroup(
  cluster: ClusterConnection,
  topics: readonly ObservedTopic[],
  groups: readonly string[],
): Promise<CommittedByGroup> {
  return new Map(
    await Promise.all(
      groups.map(async (group) => [group, await committedOffsets(cluster, group, topics)] as const),
    ),
  );
}

function committedOf(byGroup: CommittedByGroup, partition: string): Readonly<Record<string, number>> {
  return Object.fromEntries([...byGroup].map(([group, offsets]) => [group, offsets.get(partition) ?? -1]));
}
