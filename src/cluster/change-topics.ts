import { ErrorCode, errorName } from '../broker/protocol/errors.js';
import { createTopics } from '../broker/protocol/messages/19-create-topics.js';
import { deleteTopics } from '../broker/protocol/messages/20-delete-topics.js';
import type { ClusterConnection } from '../clients/cluster-connection.js';
import { LabError } from '../core/lab-error.js';
import type { NewTopic } from './cluster.js';
import { expectPermitted } from './permitted.js';

const timeoutMs = 4_000;
/** KIP-464: the cluster's own default. */
const clusterDefault = -1;
/** The newest that needs no flexible header, and the first of each that is enough. */
const createVersion = 4;
const deleteVersion = 3;

/** @throws LabError topic-exists, not-permitted, topic-not-created with Kafka's own words */
export async function createTopic(
  cluster: ClusterConnection,
  { name, partitions, replicationFactor = clusterDefault }: NewTopic,
): Promise<void> {
  await cluster.describe([]);
  const version = await cluster.newestVersion(cluster.controller, createTopics, createVersion);
  const { topics } = await cluster.request('controller', createTopics, version, {
    topics: [{ name, numPartitions: partitions, replicationFactor }],
    timeoutMs,
  });
  const { errorCode, errorMessage } = topics[0] ?? { errorCode: 0, errorMessage: null };
  if (errorCode === 0) return;
  expectPermitted(errorCode, 'CreateTopics');
  if (errorCode === ErrorCode.TOPIC_ALREADY_EXISTS) throw new LabError('topic-exists', { topic: name });
  throw new LabError('topic-not-created', { topic: name, reason: errorMessage ?? errorName(errorCode) });
}

/** @throws LabError not-permitted, topic-not-deleted */
export async function deleteTopic(cluster: ClusterConnection, topic: string): Promise<void> {
  await cluster.describe([]);
  const version = await cluster.newestVersion(cluster.controller, deleteTopics, deleteVersion);
  const { responses } = await cluster.request('controller', deleteTopics, version, {
    topicNames: [topic],
    timeoutMs,
  });
  const errorCode = responses[0]?.errorCode ?? 0;
  if (errorCode === 0) return;
  expectPermitted(errorCode, 'DeleteTopics');
  throw new LabError('topic-not-deleted', { topic, reason: errorName(errorCode) });
}
