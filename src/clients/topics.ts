import { ErrorCode } from '../broker/protocol/errors.js';
import { createTopics as createTopicsApi } from '../broker/protocol/messages/19-create-topics.js';
import { deleteTopics as deleteTopicsApi } from '../broker/protocol/messages/20-delete-topics.js';
import { LabError } from '../core/lab-error.js';
import type { ClusterConnection } from './cluster-connection.js';
import { partitionOffsets } from './offsets.js';
import { pollUntil } from './poll-until.js';
import { expectCode, ProtocolError } from './protocol-error.js';

export interface TopicToCreate {
  readonly topic: string;
  readonly partitions: number;
}

const CREATE_VERSION = 3;
const DELETE_VERSION = 1;
const TIMEOUT_MS = 10_000;

/** The cluster's own default: kafkajs's version 3 carries it too (KIP-464). */
const DEFAULT_REPLICATION = -1;

/**
 * Creates topics with the cluster's default replication; where that is more than there are brokers, with one replica, which is what
 * such a cluster can hold. Then waits until each partition has a leader: on a cold cluster the first Metadata may not know them.
 * @throws LabError not-authorised, replication-too-high, topic-not-created
 */
export async function createTopics(
  cluster: ClusterConnection,
  topics: readonly TopicToCreate[],
  signal?: AbortSignal,
): Promise<void> {
  if (topics.length === 0) return;
  const tooHigh = await create(cluster, topics, DEFAULT_REPLICATION);
  signal?.throwIfAborted();
  const stillTooHigh = tooHigh.length === 0 ? [] : await create(cluster, tooHigh, 1);
  if (stillTooHigh.length > 0) throw new LabError('replication-too-high', { brokers: cluster.brokerCount });
  await waitForLeaders(cluster, topics, signal);
}

/** Returns the topics for which the cluster has too few brokers. */
async function create(
  cluster: ClusterConnection,
  topics: readonly TopicToCreate[],
  replicationFactor: number,
): Promise<readonly TopicToCreate[]> {
  const response = await cluster.request('controller', createTopicsApi, CREATE_VERSION, {
    topics: topics.map(({ topic, partitions }) => ({
      name: topic,
      numPartitions: partitions,
      replicationFactor,
    })),
    timeoutMs: TIMEOUT_MS,
  });
  for (const { name, errorCode, errorMessage } of response.topics) {
    if (errorCode === ErrorCode.INVALID_REPLICATION_FACTOR || errorCode === 0) continue;
    if (
      errorCode === ErrorCode.TOPIC_AUTHORIZATION_FAILED ||
      errorCode === ErrorCode.CLUSTER_AUTHORIZATION_FAILED
    ) {
      throw new LabError('not-authorised', { what: 'create topics' });
    }
    const reason = errorMessage ?? new ProtocolError(errorCode, 'CreateTopics').type;
    throw new LabError('topic-not-created', { topic: name, reason });
  }
  const refused = response.topics.filter(({ errorCode }) => errorCode !== 0).map(({ name }) => name);
  return topics.filter(({ topic }) => refused.includes(topic));
}

/** Metadata names a leader before that node itself knows that it leads: only an answer from it tells that a write will be taken. */
async function waitForLeaders(
  cluster: ClusterConnection,
  wanted: readonly TopicToCreate[],
  signal?: AbortSignal,
): Promise<void> {
  const ready = await pollUntil(async () => ((await allLed(cluster, wanted)) ? true : undefined), {
    everyMs: 20,
    withinMs: TIMEOUT_MS,
    signal,
  });
  const [{ topic } = { topic: '' }] = wanted;
  if (!ready) throw new LabError('topic-not-created', { topic, reason: 'no leader' });
}

async function allLed(cluster: ClusterConnection, wanted: readonly TopicToCreate[]): Promise<boolean> {
  const leaders = await leadersOf(
    cluster,
    wanted.map(({ topic }) => topic),
  );
  const answers = wanted.flatMap(({ topic, partitions }) =>
    [...Array(partitions).keys()].map((partition) =>
      leads(cluster, leaders.get(`${topic}/${partition}`) ?? -1, topic, partition),
    ),
  );
  return (await Promise.all(answers)).every(Boolean);
}

async function leads(
  cluster: ClusterConnection,
  node: number,
  topic: string,
  partition: number,
): Promise<boolean> {
  if (node < 0) return false;
  try {
    await partitionOffsets(cluster, node, topic, partition);
    return true;
  } catch (error) {
    if (error instanceof ProtocolError && notYetLeading.includes(error.code)) return false;
    throw error;
  }
}

const notYetLeading: readonly number[] = [
  ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
  ErrorCode.LEADER_NOT_AVAILABLE,
  ErrorCode.NOT_LEADER_OR_FOLLOWER,
  ErrorCode.OFFSET_NOT_AVAILABLE,
];

/** Deletes topics; one that is gone already is no error. */
export async function deleteTopics(cluster: ClusterConnection, topics: readonly string[]): Promise<void> {
  if (topics.length === 0) return;
  const { responses } = await cluster.request('controller', deleteTopicsApi, DELETE_VERSION, {
    topicNames: topics,
    timeoutMs: TIMEOUT_MS,
  });
  for (const { errorCode } of responses) {
    expectCode(errorCode, 'DeleteTopics', [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]);
  }
}

/** The node that leads each partition, by `topic/partition`. */
export async function leadersOf(
  cluster: ClusterConnection,
  topics: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { topics: found } = await cluster.describe(topics);
  return new Map(
    found.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, leaderId }) => [`${name}/${partitionIndex}`, leaderId] as const),
    ),
  );
}
