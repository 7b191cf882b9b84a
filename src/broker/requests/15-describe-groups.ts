import { ErrorCode } from '../protocol/errors.js';
import {
  describeGroups,
  type DescribeGroupsRequest,
  type DescribeGroupsResponse,
} from '../protocol/messages/15-describe-groups.js';
import { operationsNotAsked } from '../protocol/messages/common.js';
import { deadGroup } from '../state/groups/description.js';
import { groupOperations } from './authorized-operations.js';
import { groupCoordinatorError } from './group-coordinator.js';
import type { RequestHandler } from './handler.js';

/** DescribeGroups, versions 0–5: state, protocol and members; an unknown group is "Dead" and no error. */
export const describeGroupsHandler: RequestHandler<DescribeGroupsRequest, DescribeGroupsResponse> = {
  api: describeGroups,
  versions: { min: 0, max: 5 },
  handle(request, context, services) {
    const authorizedOperations = request.includeAuthorizedOperations ? groupOperations : operationsNotAsked;
    return {
      groups: request.groups.map((groupId) => {
        const elsewhere = groupCoordinatorError(groupId, context, services);
        const { state, protocolType, protocolName, members } =
          elsewhere === undefined ? services.groups.describe(groupId) : { ...deadGroup, state: '' };
        return {
          errorCode: elsewhere ?? ErrorCode.NONE,
          groupId,
          groupState: state,
          protocolType,
          protocolData: protocolName,
          members: members.map(({ metadata, assignment, ...member }) => ({
            ...member,
            memberMetadata: metadata,
            memberAssignment: assignment,
          })),
          authorizedOperations,
        };
      }),
    };
  },
};
