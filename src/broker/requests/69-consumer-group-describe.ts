import { ErrorCode } from '../protocol/errors.js';
import { operationsNotAsked } from '../protocol/messages/common.js';
import {
  consumerGroupDescribe,
  MemberType,
  type ConsumerGroupDescribeRequest,
  type ConsumerGroupDescribeResponse,
} from '../protocol/messages/69-consumer-group-describe.js';
import type { Encodable } from '../protocol/schema.js';
import type { BrokerServices } from '../services.js';
import { toLists, type AssignedPartitions } from '../state/groups/consumer-protocol/assigned-partitions.js';
import type { ConsumerGroup } from '../state/groups/consumer-protocol/consumer-group.js';
import type { ConsumerMember } from '../state/groups/consumer-protocol/consumer-member.js';
import { groupOperations } from './authorized-operations.js';
import { groupCoordinatorError } from './group-coordinator.js';
import type { RequestContext, RequestHandler } from './handler.js';

/**
 * ConsumerGroupDescribe, version 0, and 1 with `group.version` 1 (KIP-848, KIP-1099): epochs, members, what each has and shall have;
 * 69 for a group that is not there or not of the consumer protocol, 24 without a name. Without the feature every group is
 * answered with 35, as 3.9.1 does.
 */
export const consumerGroupDescribeHandler: RequestHandler<
  ConsumerGroupDescribeRequest,
  ConsumerGroupDescribeResponse
> = {
  api: consumerGroupDescribe,
  versions: { min: 0, max: 0 },
  withFeature: { feature: 'groupVersion', max: 1 },
  handle({ groupIds, includeAuthorizedOperations }, context, services) {
    const authorizedOperations = includeAuthorizedOperations ? groupOperations : operationsNotAsked;
    return {
      groups: groupIds.map((groupId) => {
        const described = describe(groupId, context, services);
        return described.errorCode === undefined ? { ...described, authorizedOperations } : described;
      }),
    };
  },
};

type Described = Encodable<ConsumerGroupDescribeResponse['groups'][number]>;

function describe(groupId: string, context: RequestContext, services: BrokerServices): Described {
  if (services.features.groupVersion === 0) return { groupId, errorCode: ErrorCode.UNSUPPORTED_VERSION };
  if (groupId === '') return { groupId, errorCode: ErrorCode.INVALID_GROUP_ID };
  const elsewhere = groupCoordinatorError(groupId, context, services);
  if (elsewhere !== undefined) return { groupId, errorCode: elsewhere };
  const group = services.groups.consumers.get(groupId);
  if (group === undefined) {
    const isClassic = services.groups.has(groupId);
    const errorMessage = `Group ${groupId} ${isClassic ? 'is not a consumer group' : 'not found'}.`;
    return { groupId, errorCode: ErrorCode.GROUP_ID_NOT_FOUND, errorMessage };
  }
  return describeGroup(group, services);
}

function describeGroup(group: ConsumerGroup, services: BrokerServices): Described {
  const { groupId, state, groupEpoch, assignmentEpoch, assignorName, members } = group;
  return {
    ...{ groupId, groupState: state, groupEpoch, assignmentEpoch, assignorName },
    members: [...members.values()].map((member) => ({
      ...describeMember(member),
      assignment: named(member.assigned, services),
      targetAssignment: named(group.targetOf(member.memberId), services),
    })),
  };
}

function describeMember(member: ConsumerMember) {
  const { memberId, instanceId, rackId, epoch, clientId, clientHost, topicNames, topicRegex } = member;
  return {
    ...{ memberId, instanceId, rackId, memberEpoch: epoch, clientId, clientHost },
    subscribedTopicNames: topicNames,
    subscribedTopicRegex: topicRegex,
    memberType: MemberType.consumer,
  };
}

/** A topic that was deleted meanwhile is left out. */
function named(partitions: AssignedPartitions, { cluster }: BrokerServices) {
  const topicPartitions = toLists(partitions).flatMap((one) => {
    const topic = cluster.topicById(one.topicId);
    return topic === undefined ? [] : [{ ...one, topicName: topic.name }];
  });
  return { topicPartitions };
}
