import {
  leaveGroup,
  type LeaveGroupRequest,
  type LeaveGroupResponse,
} from '../protocol/messages/13-leave-group.js';
import { groupCoordinatorError } from './group-coordinator.js';
import type { RequestHandler } from './handler.js';

/**
 * LeaveGroup, versions 0–5: one member up to version 2, whose error is the answer's; several from 3, each with its own
 * error, static ones also by their instance id alone. `reason` (5) is for a server's log and is not used.
 */
export const leaveGroupHandler: RequestHandler<LeaveGroupRequest, LeaveGroupResponse> = {
  api: leaveGroup,
  versions: { min: 0, max: 5 },
  handle(request, context, services) {
    const elsewhere = groupCoordinatorError(request.groupId, context, services);
    if (elsewhere !== undefined) return { errorCode: elsewhere, members: [] };
    if (context.apiVersion >= 3) return services.groups.leave(request.groupId, request.members);
    const alone = { memberId: request.memberId, groupInstanceId: null };
    const { errorCode, members } = services.groups.leave(request.groupId, [alone]);
    return { errorCode: members[0]?.errorCode ?? errorCode };
  },
};
