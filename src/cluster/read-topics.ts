import { errorName } from '../broker/protocol/errors.js';
import type { MetadataResponse } from '../broker/protocol/messages/03-metadata.js';
import { describeLogDirs } from '../broker/protocol/messages/35-describe-log-dirs.js';
import type { ClusterConnection } from '../clients/cluster-connection.js';
import { LabError } from '../core/lab-error.js';
import type { PartitionState, TopicSummary } from './cluster.js';
import { boundsOf } from './read-bounds.js';

type DescribedTopic = MetadataResponse['topics'][number];

/** All topics by name: one Metadata. */
export async function readTopics(cluster: ClusterConnection): Promise<readonly TopicSummary[]> {
  const { topics } = await cluster.describe(null);
  return topics.map(summaryOf).sort((one, other) => (one.name < other.name ? -1 : 1));
}

function summaryOf({ name, isInternal, errorCode, partitions }: DescribedTopic): TopicSummary {
  return {
    name: name ?? '',
    isInternal,
    partitionCount: partitions.length,
    replicationFactor: Math.max(0, ...partitions.map(({ replicaNodes }) => replicaNodes.length)),
    underReplicated: partitions.filter(({ isrNodes, replicaNodes }) => isrNodes.length < replicaNodes.length)
      .length,
    leaderless: partitions.filter(({ leaderId }) => leaderId < 0).length,
    ...(errorCode !== 0 && { problem: errorName(errorCode) }),
  };
}

/**
 * The partitions of a topic, by number: one Metadata, three ListOffsets and one DescribeLogDirs to each node that leads one.
 * @throws LabError topic-unreadable
 */
export async function readPartitions(
  cluster: ClusterConnection,
  topic: string,
): Promise<readonly PartitionState[]> {
  const { topics } = await cluster.describe([topic]);
  const [described] = topics;
  if (described?.errorCode !== 0)
    throw new LabError('topic-unreadable', { topic, reason: errorName(described?.errorCode ?? 3) });
  const wanted = described.partitions.map(({ partitionIndex: partition }) => ({ topic, partition }));
  const [bounds, sizes] = await Promise.all([boundsOf(cluster, topics, wanted), sizesOf(cluster, described)]);
  return described.partitions
    .map(({ partitionIndex: partition, leaderId: leader, replicaNodes: replicas, isrNodes: inSync }) => {
      const sizeBytes = sizes.get(partition);
      return {
        ...{ topic, partition, leader, replicas, inSync },
        bounds: bounds.get({ topic, partition }) ?? { unreadable: 'no answer' },
        ...(sizeBytes !== undefined && { sizeBytes }),
      };
    })
    .sort((one, other) => one.partition - other.partition);
}

/** By partition the bytes of its leader's replica. */
async function sizesOf(
  cluster: ClusterConnection,
  { name, partitions }: DescribedTopic,
): Promise<ReadonlyMap<number, number>> {
  const leaders = new Set(partitions.map(({ leaderId }) => leaderId).filter((node) => node >= 0));
  const answers = [...leaders].map((node) => {
    const led = partitions.filter(({ leaderId }) => leaderId === node);
    return sizesAt(
      cluster,
      node,
      name ?? '',
      led.map(({ partitionIndex }) => partitionIndex),
    );
  });
  return new Map((await Promise.all(answers)).flat());
}

/** The size is beside the point: who may not read it, or asks a broker that does not tell, sees the rest all the same. */
async function sizesAt(
  cluster: ClusterConnection,
  node: number,
  topic: string,
  partitions: readonly number[],
): Promise<readonly (readonly [number, number])[]> {
  try {
    const version = await cluster.newestVersion(node, describeLogDirs, 4);
    const { results } = await cluster.request(node, describeLogDirs, version, {
      topics: [{ topic, partitions }],
    });
    return results
      .flatMap(({ topics }) => topics.flatMap((one) => one.partitions))
      .filter(({ isFutureKey }) => !isFutureKey)
      .map(({ partitionIndex, partitionSize }) => [partitionIndex, Number(partitionSize)]);
  } catch {
    return [];
  }
}
