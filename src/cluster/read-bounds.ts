import { errorName } from '../broker/protocol/errors.js';
import { listOffsets } from '../broker/protocol/messages/02-list-offsets.js';
import type { MetadataResponse } from '../broker/protocol/messages/03-metadata.js';
import type { ClusterConnection } from '../clients/cluster-connection.js';
import type { Bounds } from '../core/lag/lag.js';
import { groupBy } from '../core/group-by.js';
import type { TopicPartition } from './cluster.js';
import { reasonOf } from './reason.js';

/** Bounds by `nameOf` the partition. */
export type BoundsByPartition = ReadonlyMap<string, Bounds>;

export function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}

/** The first offset at or after a time (ms since 1970) in each partition, −1 where there is none: one request to each leader. */
export async function offsetsAt(
  cluster: ClusterConnection,
  topics: MetadataResponse['topics'],
  wanted: readonly TopicPartition[],
  timestamp: bigint,
): Promise<ReadonlyMap<string, Bound>> {
  const { byLeader, without } = ledBy(topics, wanted);
  const answers = [...byLeader].map(([leader, partitions]) =>
    ask(cluster, leader, partitions, { timestamp, isolationLevel: 0 }),
  );
  return new Map([...without, ...(await Promise.all(answers)).flatMap((answer) => [...answer])]);
}

/** Start, last stable offset and end of each partition: three requests to each leader, sent together. */
export async function boundsOf(
  cluster: ClusterConnection,
  topics: MetadataResponse['topics'],
  wanted: readonly TopicPartition[],
): Promise<BoundsByPartition> {
  const { byLeader, without } = ledBy(topics, wanted);
  const bounds = new Map<string, Bounds>(without);
  const answers = [...byLeader].map(([leader, partitions]) => boundsAt(cluster, leader, partitions));
  for (const answer of await Promise.all(answers))
    for (const [name, found] of answer) bounds.set(name, found);
  return bounds;
}

/** The partitions by their leader, and those that have none. */
function ledBy(topics: MetadataResponse['topics'], wanted: readonly TopicPartition[]) {
  const byLeader = new Map<number, TopicPartition[]>();
  const without = new Map<string, { readonly unreadable: string }>();
  const leaders = leadersOf(topics);
  for (const partition of wanted) {
    const leader = leaders.get(nameOf(partition)) ?? { unreadable: 'UNKNOWN_TOPIC_OR_PARTITION' };
    if (typeof leader === 'object') without.set(nameOf(partition), leader);
    else {
      const led = byLeader.get(leader) ?? [];
      led.push(partition);
      byLeader.set(leader, led);
    }
  }
  return { byLeader, without };
}

/** By partition its leader, or why it has none. */
export function leadersOf(
  topics: MetadataResponse['topics'],
): ReadonlyMap<string, number | { readonly unreadable: string }> {
  const leaders = new Map<string, number | { readonly unreadable: string }>();
  for (const { name, partitions } of topics)
    for (const { partitionIndex: partition, leaderId, errorCode } of partitions)
      leaders.set(
        nameOf({ topic: name ?? '', partition }),
        leaderId >= 0 ? leaderId : { unreadable: errorName(errorCode) },
      );
  return leaders;
}

/** `timestamp` and isolation level of each question. */
const questions = {
  start: { timestamp: -2n, isolationLevel: 0 },
  lastStable: { timestamp: -1n, isolationLevel: 1 },
  end: { timestamp: -1n, isolationLevel: 0 },
} as const;

export type Bound = bigint | { readonly unreadable: string };
type Answer = ReadonlyMap<string, Bound>;

async function boundsAt(
  cluster: ClusterConnection,
  leader: number,
  partitions: readonly TopicPartition[],
): Promise<BoundsByPartition> {
  const asking = [questions.start, questions.lastStable, questions.end].map((question) =>
    ask(cluster, leader, partitions, question),
  );
  try {
    const [starts, stables, ends] = await Promise.all(asking);
    const of = (name: string, answer: Answer | undefined) => answer?.get(name) ?? { unreadable: 'no answer' };
    return new Map(
      partitions.map((partition) => {
        const name = nameOf(partition);
        return [name, together(of(name, starts), of(name, stables), of(name, ends))];
      }),
    );
  } catch (error) {
    const unreadable = reasonOf(error);
    return new Map(partitions.map((partition) => [nameOf(partition), { unreadable }]));
  }
}

/** The three were asked together, and records may have come meanwhile: the end is at least what the last stable offset is. */
function together(start: Bound, lastStable: Bound, end: Bound): Bounds {
  if (typeof start === 'object') return start;
  if (typeof lastStable === 'object') return lastStable;
  if (typeof end === 'object') return end;
  return { start, lastStable, end: end > lastStable ? end : lastStable };
}

async function ask(
  cluster: ClusterConnection,
  leader: number,
  partitions: readonly TopicPartition[],
  { timestamp, isolationLevel }: { readonly timestamp: bigint; readonly isolationLevel: number },
): Promise<Answer> {
  const version = await cluster.newestVersion(leader, listOffsets, 5);
  const byTopic = groupBy(partitions, ({ topic }) => topic);
  const { topics } = await cluster.request(leader, listOffsets, version, {
    replicaId: -1,
    isolationLevel,
    topics: [...byTopic].map(([name, some]) => ({
      name,
      partitions: some.map(({ partition }) => ({ partitionIndex: partition, timestamp })),
    })),
  });
  return new Map(
    topics.flatMap(({ name, partitions: answered }) =>
      answered.map(({ partitionIndex, errorCode, offset }) => [
        nameOf({ topic: name, partition: partitionIndex }),
        errorCode === 0 ? offset : { unreadable: errorName(errorCode) },
      ]),
    ),
  );
}
