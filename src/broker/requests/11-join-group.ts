import {
  joinGroup,
  type JoinGroupRequest,
  type JoinGroupResponse,
} from '../protocol/messages/11-join-group.js';
import { joinRefusal } from '../state/groups/group.js';
import { groupCoordinatorError } from './group-coordinator.js';
import type { RequestContext, RequestHandler } from './handler.js';

/**
 * JoinGroup, versions 0–9: the answer waits for the rebalance. MEMBER_ID_REQUIRED (79) from 4 (KIP-394), static members from 5
 * (KIP-345), skipped assignment from 9 (KIP-814). `reason` is for a server's log and is not used; there is no limit on the size of
 * a group (`group.max.size`), as by default.
 */
export const joinGroupHandler: RequestHandler<JoinGroupRequest, JoinGroupResponse> = {
  api: joinGroup,
  versions: { min: 0, max: 9 },
  async handle(request, context, services) {
    const elsewhere = groupCoordinatorError(request.groupId, context, services);
    const answer =
      elsewhere === undefined
        ? await services.groups.join({ ...request, ...capabilities(request, context) })
        : joinRefusal(elsewhere, request.memberId);
    // Null became possible with version 7; before that "no protocol" was the empty string.
    return { ...answer, protocolName: answer.protocolName ?? (context.apiVersion < 7 ? '' : null) };
  },
};

function capabilities(request: JoinGroupRequest, context: RequestContext) {
  return {
    clientId: context.clientId ?? '',
    clientHost: context.clientHost,
    requireKnownMemberId: context.apiVersion >= 4 && request.groupInstanceId === null,
    supportsSkippingAssignment: context.apiVersion >= 9,
  };
}
