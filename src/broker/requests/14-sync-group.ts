import { ErrorCode } from '../protocol/errors.js';
import {
  syncGroup,
  type SyncGroupRequest,
  type SyncGroupResponse,
} from '../protocol/messages/14-sync-group.js';
import { syncRefusal } from '../state/groups/group.js';
import { groupCoordinatorError } from './group-coordinator.js';
import type { RequestHandler } from './handler.js';

/**
 * SyncGroup, versions 0–5: the leader brings the assignment, followers wait for it. From 5 the member names protocol type and
 * name, which must be the group's (23).
 */
export const syncGroupHandler: RequestHandler<SyncGroupRequest, SyncGroupResponse> = {
  api: syncGroup,
  versions: { min: 0, max: 5 },
  async handle(request, context, services) {
    // KafkaApis asks this before anything else: areMandatoryProtocolTypeAndNamePresent.
    const isNameless = request.protocolType === null || request.protocolName === null;
    if (context.apiVersion >= 5 && isNameless) return syncRefusal(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    const elsewhere = groupCoordinatorError(request.groupId, context, services);
    return elsewhere === undefined ? await services.groups.sync(request) : syncRefusal(elsewhere);
  },
};
