import {
  deleteGroups,
  type DeleteGroupsRequest,
  type DeleteGroupsResponse,
} from '../protocol/messages/42-delete-groups.js';
import { groupCoordinatorError } from './group-coordinator.js';
import type { RequestHandler } from './handler.js';

/** DeleteGroups, versions 0–2: 68 while it has members, 69 when there is no such group. */
export const deleteGroupsHandler: RequestHandler<DeleteGroupsRequest, DeleteGroupsResponse> = {
  api: deleteGroups,
  versions: { min: 0, max: 2 },
  handle(request, context, services) {
    return {
      results: request.groupsNames.map((groupId) => ({
        groupId,
        errorCode: groupCoordinatorError(groupId, context, services) ?? services.groups.delete(groupId),
      })),
    };
  },
};
