import { ErrorCode } from '../protocol/errors.js';
import {
  describeTopicPartitions,
  type DescribeTopicPartitionsRequest,
  type DescribeTopicPartitionsResponse,
} from '../protocol/messages/75-describe-topic-partitions.js';
import type { Encodable } from '../protocol/schema.js';
import type { Cluster } from '../state/cluster.js';
import type { Partition } from '../state/partition.js';
import { isValidTopicName } from '../state/topic-name.js';
import { topicOperations } from './authorized-operations.js';
import type { RequestHandler } from './handler.js';

/** `max.request.partition.size.limit` */
const mostPartitions = 2000;

/**
 * DescribeTopicPartitions, version 0 (KIP-966): topics in the order of their names, in pages of partitions; the cursor of an answer
 * is where the next one begins. A cursor whose topic is not asked for, or a negative partition in it, is 42 for every topic; an
 * empty name −1 for every topic (measured on 3.9.1 and 4.2.0, `DescribeTopicPartitionsRequestHandler`). There are no
 * eligible leader replicas outside of the ISR, as in 3.9.
 */
export const describeTopicPartitionsHandler: RequestHandler<
  DescribeTopicPartitionsRequest,
  DescribeTopicPartitionsResponse
> = {
  api: describeTopicPartitions,
  versions: { min: 0, max: 0 },
  handle(request, _context, { cluster }) {
    const refused = requestError(request);
    if (refused === undefined) return describePage(request, cluster);
    return { topics: request.topics.map(({ name }) => ({ name, errorCode: refused })) };
  },
};

type TopicAnswer = Encodable<DescribeTopicPartitionsResponse['topics'][number]>;

function requestError({ topics, cursor }: DescribeTopicPartitionsRequest): number | undefined {
  if (topics.some(({ name }) => name === '')) return ErrorCode.UNKNOWN_SERVER_ERROR;
  if (cursor === null) return undefined;
  const isAsked = topics.length === 0 || topics.some(({ name }) => name === cursor.topicName);
  return cursor.partitionIndex >= 0 && isAsked ? undefined : ErrorCode.INVALID_REQUEST;
}

function describePage(request: DescribeTopicPartitionsRequest, cluster: Cluster) {
  const { cursor } = request;
  let left = Math.max(1, Math.min(request.responsePartitionLimit, mostPartitions));
  const topics: TopicAnswer[] = [];
  for (const name of namesIn(request, cluster)) {
    const start = name === cursor?.topicName ? cursor.partitionIndex : 0;
    if (left === 0) return { topics, nextCursor: { topicName: name, partitionIndex: start } };
    const { answer, shown, total } = describeTopic(name, start, left, cluster);
    topics.push(answer);
    left -= shown;
    const next = start + shown;
    if (next < total) return { topics, nextCursor: { topicName: name, partitionIndex: next } };
  }
  return { topics };
}

/** Sorted, each once, from the cursor's topic on; none named means all. */
function namesIn({ topics, cursor }: DescribeTopicPartitionsRequest, cluster: Cluster): readonly string[] {
  const asked = topics.length > 0 ? topics : cluster.topics;
  const names = new Set(asked.map(({ name }) => name));
  return [...names].sort().filter((name) => cursor === null || name >= cursor.topicName);
}

function describeTopic(name: string, start: number, most: number, cluster: Cluster) {
  const topic = cluster.topic(name);
  if (topic === undefined) {
    const errorCode = isValidTopicName(name)
      ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
      : ErrorCode.INVALID_TOPIC_EXCEPTION;
    return { answer: { name, errorCode, topicAuthorizedOperations: topicOperations }, shown: 0, total: 0 };
  }
  const partitions = topic.partitions.slice(start, start + most);
  const answer = {
    name,
    topicId: topic.id,
    isInternal: topic.isInternal,
    partitions: partitions.map(describePartition),
    topicAuthorizedOperations: topicOperations,
  };
  return { answer, shown: partitions.length, total: topic.partitions.length };
}

function describePartition({ index, leader, leaderEpoch, replicas, inSyncReplicas }: Partition) {
  return {
    errorCode: leader < 0 ? ErrorCode.LEADER_NOT_AVAILABLE : ErrorCode.NONE,
    partitionIndex: index,
    leaderId: leader,
    leaderEpoch,
    replicaNodes: replicas,
    isrNodes: inSyncReplicas,
    eligibleLeaderReplicas: [],
    lastKnownElr: [],
    offlineReplicas: [],
  };
}
