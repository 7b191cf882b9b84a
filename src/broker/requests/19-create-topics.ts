import { ErrorCode } from '../protocol/errors.js';
import {
  createTopics,
  type CreateTopicsRequest,
  type CreateTopicsResponse,
} from '../protocol/messages/19-create-topics.js';
import type { BrokerServices } from '../services.js';
import type { ChangeResult } from '../state/cluster.js';
import { effectiveTopicConfigs, topicConfigSource } from './config-entries.js';
import type { RequestHandler } from './handler.js';
import { repeatedNames } from './repeated-names.js';

/**
 * CreateTopics, versions 0–7: validate only from 1, the resulting topic from 5, its id from 7. Any node may be asked, as with
 * KRaft. A topic is complete when the answer comes, so `timeoutMs` never runs out.
 */
export const createTopicsHandler: RequestHandler<CreateTopicsRequest, CreateTopicsResponse> = {
  api: createTopics,
  versions: { min: 0, max: 7 },
  handle(request, _context, services) {
    const repeated = repeatedNames(request.topics);
    const topics = request.topics.filter(({ name }) => !repeated.has(name));
    return {
      topics: [
        ...topics.map((wanted) => answer(wanted.name, create(wanted, request.validateOnly, services))),
        ...[...repeated].map((name) => answer(name, refusal('Duplicate topic name.'))),
      ],
    };
  },
};

type WantedTopic = CreateTopicsRequest['topics'][number];

function create(wanted: WantedTopic, validateOnly: boolean, { cluster }: BrokerServices): ChangeResult {
  const { name, configs } = wanted;
  if (wanted.assignments.length === 0) {
    const { numPartitions: partitions, replicationFactor } = wanted;
    return cluster.createTopic({ name, configs, partitions, replicationFactor }, validateOnly);
  }
  if (wanted.numPartitions !== -1 || wanted.replicationFactor !== -1) {
    return refusal('Both numPartitions or replicationFactor and replicasAssignments were set.');
  }
  const assignments = orderedAssignments(wanted);
  if (assignments) return cluster.createTopic({ name, configs, assignments }, validateOnly);
  const message = 'Partition ids of a manual assignment must be consecutive and start with 0.';
  return { errorCode: ErrorCode.INVALID_REPLICA_ASSIGNMENT, message };
}

function orderedAssignments(wanted: WantedTopic): readonly (readonly number[])[] | undefined {
  const ordered = [...wanted.assignments].sort((a, b) => a.partitionIndex - b.partitionIndex);
  const consecutive = ordered.every(({ partitionIndex }, index) => partitionIndex === index);
  return consecutive ? ordered.map(({ brokerIds }) => brokerIds) : undefined;
}

function refusal(message: string): ChangeResult {
  return { errorCode: ErrorCode.INVALID_REQUEST, message };
}

function answer(name: string, { errorCode, message, topic }: ChangeResult) {
  if (!topic) return { name, errorCode, errorMessage: message ?? null, configs: [] };
  return {
    name,
    topicId: topic.id,
    errorCode,
    errorMessage: null,
    numPartitions: topic.partitions.length,
    replicationFactor: topic.replicationFactor,
    configs: effectiveTopicConfigs(topic).map((entry) => ({
      name: entry.name,
      value: entry.value,
      readOnly: false,
      configSource: topicConfigSource(entry),
      isSensitive: false,
    })),
  };
}
