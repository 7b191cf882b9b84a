import { ErrorCode } from '../protocol/errors.js';
import {
  describeProducers,
  type DescribeProducersRequest,
  type DescribeProducersResponse,
} from '../protocol/messages/61-describe-producers.js';
import type { BrokerServices } from '../services.js';
import { isValidTopicName } from '../state/topic-name.js';
import type { RequestContext, RequestHandler } from './handler.js';
import { ledPartition } from './partition-access.js';

/**
 * DescribeProducers, version 0 (KIP-664): what a partition remembers of each producer, for finding hanging transactions. Only the
 * leader answers (6); 3 there is no such partition, 17 no such name is possible. A producer that wrote no batch in its epoch has
 * sequence −1; before its first marker the coordinator epoch is −1 (measured on 3.9.1 and 4.2.0).
 */
export const describeProducersHandler: RequestHandler<DescribeProducersRequest, DescribeProducersResponse> = {
  api: describeProducers,
  versions: { min: 0, max: 0 },
  handle({ topics }, context, services) {
    return {
      topics: topics.map(({ name, partitionIndexes }) => ({
        name,
        partitions: partitionIndexes.map((index) => describe(name, index, context, services)),
      })),
    };
  },
};

function describe(topic: string, index: number, context: RequestContext, services: BrokerServices) {
  const partition = isValidTopicName(topic)
    ? ledPartition(topic, index, context, services)
    : ErrorCode.INVALID_TOPIC_EXCEPTION;
  if (typeof partition === 'number') return { partitionIndex: index, errorCode: partition };
  return { partitionIndex: index, activeProducers: partition.log.producers.describe() };
}
