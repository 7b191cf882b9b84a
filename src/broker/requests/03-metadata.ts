import { ErrorCode } from '../protocol/errors.js';
import { metadata, type MetadataRequest, type MetadataResponse } from '../protocol/messages/03-metadata.js';
import { operationsNotAsked } from '../protocol/messages/common.js';
import type { Encodable } from '../protocol/schema.js';
import { zeroUuid } from '../protocol/uuid.js';
import type { BrokerServices } from '../services.js';
import { isValidTopicName } from '../state/topic-name.js';
import type { Topic } from '../state/topic.js';
import { clusterOperations, topicOperations } from './authorized-operations.js';
import type { RequestContext, RequestHandler } from './handler.js';

/**
 * Metadata, versions 0–12: nodes, controller, topics with leaders, replicas and ISR; topics by id from 12 (10 and 11 have the field,
 * but Kafka refuses it with 42).
 * Every node gives the same answer at once; Kafka's nodes learn of a change a little later, which clients must bear and
 * none relies on. A topic that is created automatically is answered with UNKNOWN_TOPIC_OR_PARTITION (3), as Kafka does
 * (AutoTopicCreationManager): the client asks again and finds it.
 */
export const metadataHandler: RequestHandler<MetadataRequest, MetadataResponse> = {
  api: metadata,
  versions: { min: 0, max: 12 },
  handle(request, context, services) {
    const { cluster } = services;
    if (context.apiVersion < topicIdsFrom && request.topics?.some(isNotByName))
      return invalidRequest(request);
    return {
      brokers: cluster.nodes.map(({ nodeId, host, port }) => ({ nodeId, host, port, rack: null })),
      clusterId: cluster.clusterId,
      controllerId: cluster.controllerId,
      topics: askedTopics(request, context, services),
      clusterAuthorizedOperations: request.includeClusterAuthorizedOperations
        ? clusterOperations
        : operationsNotAsked,
    };
  },
};

const topicIdsFrom = 12;

type AskedTopic = NonNullable<MetadataRequest['topics']>[number];

function isNotByName({ name, topicId }: AskedTopic): boolean {
  return name === null || topicId !== zeroUuid;
}

/** MetadataRequest.getErrorResponse: a name that is null is an empty one. */
function invalidRequest({ topics }: MetadataRequest): Encodable<MetadataResponse> {
  const errorCode = ErrorCode.INVALID_REQUEST;
  return { topics: topics?.map(({ name, topicId }) => ({ name: name ?? '', topicId, errorCode })) };
}

type TopicAnswer = Encodable<MetadataResponse>['topics'] extends readonly (infer One)[] | undefined
  ? One
  : never;

function askedTopics(
  request: MetadataRequest,
  context: RequestContext,
  services: BrokerServices,
): readonly TopicAnswer[] {
  const operations = request.includeTopicAuthorizedOperations ? topicOperations : operationsNotAsked;
  const named = context.apiVersion === 0 && request.topics?.length === 0 ? null : request.topics;
  const asked = named?.map((one) => find(one, request, services)) ?? services.cluster.topics;
  return asked.map((found) =>
    'errorCode' in found ? found : { ...describeTopic(found), topicAuthorizedOperations: operations },
  );
}

function find(
  asked: { readonly topicId: string; readonly name: string | null },
  request: MetadataRequest,
  { cluster }: BrokerServices,
): Topic | (TopicAnswer & { readonly errorCode: number }) {
  const { name, topicId } = asked;
  const missing = { name, topicId, isInternal: false, partitions: [] };
  if (name === null || (name === '' && topicId !== zeroUuid)) {
    return cluster.topicById(topicId) ?? { ...missing, errorCode: ErrorCode.UNKNOWN_TOPIC_ID };
  }
  const known = cluster.topic(name);
  if (known) return known;
  if (!isValidTopicName(name)) return { ...missing, errorCode: ErrorCode.INVALID_TOPIC_EXCEPTION };
  const create = cluster.autoCreateTopics && request.allowAutoTopicCreation;
  const outcome = create ? cluster.autoCreateTopic(name).errorCode : ErrorCode.NONE;
  const errorCode = outcome === ErrorCode.NONE ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : outcome;
  return { ...missing, errorCode };
}

function describeTopic(topic: Topic): TopicAnswer {
  return {
    errorCode: ErrorCode.NONE,
    name: topic.name,
    topicId: topic.id,
    isInternal: topic.isInternal,
    partitions: topic.partitions.map((partition) => ({
      errorCode: partition.leader < 0 ? ErrorCode.LEADER_NOT_AVAILABLE : ErrorCode.NONE,
      partitionIndex: partition.index,
      leaderId: partition.leader,
      leaderEpoch: partition.leaderEpoch,
      replicaNodes: partition.replicas,
      isrNodes: partition.inSyncReplicas,
      offlineReplicas: [],
    })),
  };
}
