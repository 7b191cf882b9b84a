import { ErrorCode } from '../protocol/errors.js';
import {
  listGroups,
  type ListGroupsRequest,
  type ListGroupsResponse,
} from '../protocol/messages/16-list-groups.js';
import type { RequestHandler } from './handler.js';

/**
 * ListGroups, versions 0–5: the groups that this node coordinates, filtered by state from 4 (KIP-518) and by type from 5
 * (KIP-848).
 */
export const listGroupsHandler: RequestHandler<ListGroupsRequest, ListGroupsResponse> = {
  api: listGroups,
  versions: { min: 0, max: 5 },
  handle(request, context, { groups, cluster }) {
    const states = lowerCase(request.statesFilter);
    const types = lowerCase(request.typesFilter);
    const here = groups
      .list()
      .filter(({ groupId }) => cluster.coordinatorFor('group', groupId).nodeId === context.nodeId)
      .filter(({ state }) => states.length === 0 || states.includes(state.toLowerCase()))
      .filter(({ type }) => types.length === 0 || types.includes(type));
    return {
      errorCode: ErrorCode.NONE,
      groups: here.map(({ groupId, protocolType, state, type }) => ({
        groupId,
        protocolType,
        groupState: state,
        groupType: type,
      })),
    };
  },
};

function lowerCase(names: readonly string[]): readonly string[] {
  return names.map((name) => name.toLowerCase());
}
