import { ErrorCode } from '../protocol/errors.js';
import {
  offsetDelete,
  type OffsetDeleteRequest,
  type OffsetDeleteResponse,
} from '../protocol/messages/47-offset-delete.js';
import type { BrokerServices } from '../services.js';
import { groupCoordinatorError } from './group-coordinator.js';
import type { RequestHandler } from './handler.js';

/** OffsetDelete, version 0 (KIP-496): positions in topics that no live member is subscribed to; 86 for the others. */
export const offsetDeleteHandler: RequestHandler<OffsetDeleteRequest, OffsetDeleteResponse> = {
  api: offsetDelete,
  versions: { min: 0, max: 0 },
  handle(request, context, services) {
    const { groupId, topics } = request;
    const errorCode =
      groupCoordinatorError(groupId, context, services) ?? services.groups.deleteOffsetsError(groupId);
    if (errorCode !== ErrorCode.NONE) return { errorCode, topics: [] };
    return {
      errorCode,
      topics: topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex }) => ({
          partitionIndex,
          errorCode: deleteOne(groupId, name, partitionIndex, services),
        })),
      })),
    };
  },
};

function deleteOne(
  groupId: string,
  topic: string,
  partition: number,
  { cluster, groups }: BrokerServices,
): number {
  if (!cluster.partition(topic, partition)) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  return groups.deleteOffset(groupId, { topic, partition });
}
