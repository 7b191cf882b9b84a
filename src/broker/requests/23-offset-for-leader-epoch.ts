import { ErrorCode } from '../protocol/errors.js';
import {
  offsetForLeaderEpoch,
  type OffsetForLeaderEpochRequest,
  type OffsetForLeaderEpochResponse,
} from '../protocol/messages/23-offset-for-leader-epoch.js';
import type { BrokerServices } from '../services.js';
import type { RequestContext, RequestHandler } from './handler.js';
import { ledPartition, leaderEpochError } from './partition-access.js';

/**
 * OffsetForLeaderEpoch, versions 2–4: where a leader epoch ended, so that a consumer notices that records it has read were
 * cut off (KIP-320). The current epoch ends at the log end, which may lie beyond the high watermark.
 */
export const offsetForLeaderEpochHandler: RequestHandler<
  OffsetForLeaderEpochRequest,
  OffsetForLeaderEpochResponse
> = {
  api: offsetForLeaderEpoch,
  versions: { min: 2, max: 4 },
  handle(request, context, services) {
    return {
      topics: request.topics.map(({ topic, partitions }) => ({
        topic,
        partitions: partitions.map((asked) => endOf(topic, asked, context, services)),
      })),
    };
  },
};

type Asked = OffsetForLeaderEpochRequest['topics'][number]['partitions'][number];

function endOf(topic: string, asked: Asked, context: RequestContext, services: BrokerServices) {
  const refused = { partition: asked.partition, leaderEpoch: -1, endOffset: -1n };
  const partition = ledPartition(topic, asked.partition, context, services);
  if (typeof partition === 'number') return { ...refused, errorCode: partition };
  const epochError = leaderEpochError(partition, asked.currentLeaderEpoch);
  if (epochError !== undefined) return { ...refused, errorCode: epochError };
  const { epoch, endOffset } = partition.log.epochs.endOffsetFor(asked.leaderEpoch, partition.log.endOffset);
  return { partition: asked.partition, errorCode: ErrorCode.NONE, leaderEpoch: epoch, endOffset };
}
