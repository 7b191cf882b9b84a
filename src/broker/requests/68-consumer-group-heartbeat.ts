import { ErrorCode } from '../protocol/errors.js';
import {
  consumerGroupHeartbeat,
  type ConsumerGroupHeartbeatRequest,
  type ConsumerGroupHeartbeatResponse,
} from '../protocol/messages/68-consumer-group-heartbeat.js';
import type { Encodable } from '../protocol/schema.js';
import type { HeartbeatAnswer } from '../state/groups/consumer-protocol/consumer-groups.js';
import { groupCoordinatorError } from './group-coordinator.js';
import type { RequestHandler } from './handler.js';

/**
 * ConsumerGroupHeartbeat, version 0, and 1 with `group.version` 1 (KIP-848): joins, beats and leaves; the broker assigns (uniform or
 * range). Without the feature it is promised and answered with 35, as 3.9.1 does. Errors, measured on 4.2.0: 42 the request, 69 no
 * such group, 25 no such member, 110 another epoch, 111 and 82 the instance id, 112 the assignor, 128 the pattern (version 1).
 * Simplified: a group has members of one protocol only, as with `group.consumer.migration.policy=disabled`; racks do not
 * influence the assignment.
 */
export const consumerGroupHeartbeatHandler: RequestHandler<
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse
> = {
  api: consumerGroupHeartbeat,
  versions: { min: 0, max: 0 },
  withFeature: { feature: 'groupVersion', max: 1 },
  handle(request, context, services) {
    if (services.features.groupVersion === 0) return { errorCode: ErrorCode.UNSUPPORTED_VERSION };
    const elsewhere = groupCoordinatorError(request.groupId, context, services);
    if (elsewhere !== undefined) return { errorCode: elsewhere };
    const { clientId, clientHost, apiVersion } = context;
    const client = { clientId: clientId ?? '', clientHost, mayLackMemberId: apiVersion === 0 };
    return toResponse(services.groups.consumerHeartbeat({ ...request, ...client }));
  },
};

function toResponse(answer: HeartbeatAnswer): Encodable<ConsumerGroupHeartbeatResponse> {
  if ('message' in answer) return { errorCode: answer.errorCode, errorMessage: answer.message };
  const { assignment, ...rest } = answer;
  return { ...rest, assignment: assignment && { topicPartitions: assignment } };
}
