import { ErrorCode } from '../protocol/errors.js';
import {
  deleteTopics,
  type DeleteTopicsRequest,
  type DeleteTopicsResponse,
} from '../protocol/messages/20-delete-topics.js';
import { zeroUuid } from '../protocol/uuid.js';
import type { BrokerServices } from '../services.js';
import type { RequestHandler } from './handler.js';

/**
 * DeleteTopics, versions 0–6: by name, from 6 also by id. The topic is gone when the answer comes; Kafka's nodes delete the
 * files later, which no client sees. Committed offsets of the topic go with it.
 */
export const deleteTopicsHandler: RequestHandler<DeleteTopicsRequest, DeleteTopicsResponse> = {
  api: deleteTopics,
  versions: { min: 0, max: 6 },
  handle(request, context, services) {
    const named = request.topicNames.map((name) => ({ name, topicId: zeroUuid }));
    const asked = context.apiVersion >= 6 ? request.topics : named;
    return { responses: asked.map((one) => deleteOne(one, services)) };
  },
};

interface AskedTopic {
  readonly name: string | null;
  readonly topicId: string;
}

function deleteOne(asked: AskedTopic, services: BrokerServices) {
  const { name, topicId } = asked;
  if (name !== null && topicId !== zeroUuid) {
    const errorMessage = 'You may not specify both topic name and topic id.';
    return { name, topicId, errorCode: ErrorCode.INVALID_REQUEST, errorMessage };
  }
  const topic = name === null ? services.cluster.topicById(topicId) : services.cluster.topic(name);
  if (!topic) {
    const errorCode = name === null ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    return { name, topicId, errorCode, errorMessage: null };
  }
  const { errorCode } = services.cluster.deleteTopic(topic.name);
  return { name: topic.name, topicId: topic.id, errorCode, errorMessage: null };
}
