import type { MetadataResponse } from '../broker/protocol/messages/03-metadata.js';
import type { TopicPartition } from './cluster.js';
import { PartitionMap } from './partition-map.js';
import type { StoredOffset } from './read-groups.js';

/** The partitions of each topic, by its name. */
export type PartitionsOfTopics = ReadonlyMap<string, readonly number[]>;

export function partitionsOf(topics: MetadataResponse['topics']): PartitionsOfTopics {
  return new Map(
    topics.map(({ name, partitions }) => [
      name ?? '',
      partitions.map(({ partitionIndex }) => partitionIndex),
    ]),
  );
}

/**
 * Every partition that there is something to say of in a group, by topic and partition: what is stored, and that nothing is, in the
 * other partitions of the same topics and in what its members are assigned.
 */
export function partitionsOfGroup(
  offsets: readonly StoredOffset[],
  assigned: readonly TopicPartition[],
  partitionsOfTopics: PartitionsOfTopics,
): readonly StoredOffset[] {
  const found = new PartitionMap<StoredOffset>(offsets.map((one) => [one, one]));
  const add = ({ topic, partition }: TopicPartition): void => {
    const key = { topic, partition };
    if (!found.has(key)) found.set(key, { ...key, committed: { kind: 'none' } });
  };
  for (const topic of [...found.topics()])
    for (const partition of partitionsOfTopics.get(topic) ?? []) add({ topic, partition });
  for (const one of assigned) add(one);
  return [...found.values()].sort(inOrder);
}

/** By topic and partition. */
export function inOrder(one: TopicPartition, other: TopicPartition): number {
  if (one.topic === other.topic) return one.partition - other.partition;
  return one.topic < other.topic ? -1 : 1;
}
