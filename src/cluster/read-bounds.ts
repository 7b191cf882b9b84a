import { errorName } from '../broker/protocol/errors.js';
import { listOffsets } from '../broker/protocol/messages/02-list-offsets.js';
import type { MetadataResponse } from '../broker/protocol/messages/03-metadata.js';
import type { ClusterConnection } from '../clients/cluster-connection.js';
import type { Bounds } from '../core/lag/lag.js';
import { groupBy } from '../core/group-by.js';
import type { TopicPartition } from './cluster.js';
import { PartitionMap } from './partition-map.js';
import { reasonOf } from './reason.js';

export type Bound = bigint | { readonly unreadable: string };

/** The first offset at or after a time (ms since 1970) in each partition, −1 where there is none: one request to each leader. */
export async function offsetsAt(
  cluster: ClusterConnection,
  topics: MetadataResponse['topics'],
  wanted: readonly TopicPartition[],
  timestamp: bigint,
): Promise<PartitionMap<Bound>> {
  return ofEachLeader<Bound>(topics, wanted, async (leader, partitions) => {
    const answer = await ask(cluster, leader, partitions, { timestamp, isolationLevel: 0 });
    return partitions.map((one) => [one, answer.get(one) ?? noAnswer]);
  });
}

/** Start, last stable offset and end of each partition: three requests to each leader, sent together. */
export async function boundsOf(
  cluster: ClusterConnection,
  topics: MetadataResponse['topics'],
  wanted: readonly TopicPartition[],
): Promise<PartitionMap<Bounds>> {
  return ofEachLeader<Bounds>(topics, wanted, (leader, partitions) => boundsAt(cluster, leader, partitions));
}

type Told<Value> = readonly (readonly [TopicPartition, Value | Unreadable])[];
type Unreadable = { readonly unreadable: string };

/** What the leaders tell of the partitions that they lead; a leader that fails hides nothing of the others'. */
async function ofEachLeader<Value>(
  topics: MetadataResponse['topics'],
  wanted: readonly TopicPartition[],
  askLeader: (leader: number, partitions: readonly TopicPartition[]) => Promise<Told<Value>>,
): Promise<PartitionMap<Value | Unreadable>> {
  const leaders = leadersOf(topics);
  const byLeader = groupBy(wanted, (one) => leaders.get(one) ?? unknownTopic);
  const told = [...byLeader].map(async ([leader, partitions]): Promise<Told<Value>> => {
    if (typeof leader === 'object') return partitions.map((one) => [one, leader]);
    try {
      return await askLeader(leader, partitions);
    } catch (error) {
      const unreadable = reasonOf(error);
      return partitions.map((one) => [one, { unreadable }]);
    }
  });
  return new PartitionMap((await Promise.all(told)).flat());
}

const unknownTopic: Unreadable = { unreadable: 'UNKNOWN_TOPIC_OR_PARTITION' };
const noAnswer: Unreadable = { unreadable: 'no answer' };

/** By partition its leader, or why it has none. */
export function leadersOf(topics: MetadataResponse['topics']): PartitionMap<number | Unreadable> {
  const leaders = new PartitionMap<number | Unreadable>();
  for (const { name, partitions } of topics)
    for (const { partitionIndex: partition, leaderId, errorCode } of partitions)
      leaders.set(
        { topic: name ?? '', partition },
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

async function boundsAt(
  cluster: ClusterConnection,
  leader: number,
  partitions: readonly TopicPartition[],
): Promise<Told<Bounds>> {
  const [starts, stables, ends] = await Promise.all([
    ask(cluster, leader, partitions, questions.start),
    ask(cluster, leader, partitions, questions.lastStable),
    ask(cluster, leader, partitions, questions.end),
  ]);
  return partitions.map((one) => [
    one,
    together(starts.get(one) ?? noAnswer, stables.get(one) ?? noAnswer, ends.get(one) ?? noAnswer),
  ]);
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
): Promise<PartitionMap<Bound>> {
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
  const answer = new PartitionMap<Bound>();
  for (const { name: topic, partitions: answered } of topics)
    for (const { partitionIndex: partition, errorCode, offset } of answered)
      answer.set({ topic, partition }, errorCode === 0 ? offset : { unreadable: errorName(errorCode) });
  return answer;
}
