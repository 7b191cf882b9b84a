import { errorName } from '../broker/protocol/errors.js';
import { decodeAssignment } from '../broker/protocol/group-metadata.js';
import { MalformedError } from '../broker/protocol/malformed-error.js';
import {
  describeGroups,
  type DescribeGroupsResponse,
} from '../broker/protocol/messages/15-describe-groups.js';
import {
  consumerGroupDescribe,
  type ConsumerGroupDescribeResponse,
} from '../broker/protocol/messages/69-consumer-group-describe.js';
import type { GroupMember, TopicPartition } from './cluster.js';
import { inOrder as byTopicAndPartition } from './group-partitions.js';
import type { ListedGroup, Nodes } from './read-groups.js';

/** Who is in a group; empty for a type whose members are not read here (share groups, streams groups). */
export interface Membership {
  readonly state?: string;
  readonly assignor?: string;
  readonly members?: readonly GroupMember[];
}

/**
 * The members of each group, by group id; their coordinator must be the node. Each type has a request of its own: DescribeGroups calls a
 * KIP-848 group dead. An Error stands for a group's own.
 */
export async function membersOf(
  cluster: Nodes,
  node: number,
  groups: readonly ListedGroup[],
): Promise<ReadonlyMap<string, Membership | Error>> {
  const idsOf = (...types: readonly string[]): readonly string[] =>
    groups.filter(({ type }) => types.includes(type)).map(({ groupId }) => groupId);
  // A broker that does not tell the type knows the classic one alone.
  const [classic, consumer] = await Promise.all([
    classicMembers(cluster, node, idsOf('', 'classic')),
    consumerMembers(cluster, node, idsOf('consumer')),
  ]);
  return new Map([...classic, ...consumer]);
}

type Answers = readonly (readonly [string, Membership | Error])[];

async function classicMembers(cluster: Nodes, node: number, groups: readonly string[]): Promise<Answers> {
  if (groups.length === 0) return [];
  const version = await cluster.newestVersion(node, describeGroups, 5);
  const answer = await cluster.request(node, describeGroups, version, { groups });
  return answer.groups.map((group) => [group.groupId, readable(group)]);
}

/** A member may call itself a consumer and put anything into its assignment: that is its group's problem alone. */
function readable(group: DescribeGroupsResponse['groups'][number]): Membership | Error {
  if (group.errorCode !== 0) return new Error(errorName(group.errorCode));
  try {
    return classicMembership(group);
  } catch (error) {
    if (error instanceof MalformedError) return error;
    throw error;
  }
}

function classicMembership({
  groupState: state,
  protocolData: assignor,
  members,
}: DescribeGroupsResponse['groups'][number]): Membership {
  return {
    state,
    assignor,
    members: members.map(({ memberId, groupInstanceId, clientId, clientHost: host, memberAssignment }) => ({
      memberId,
      clientId,
      host,
      ...(groupInstanceId !== null && { instanceId: groupInstanceId }),
      // While the group rebalances nobody has anything, and there are no bytes.
      assignment: inOrder(decodeAssignment(memberAssignment).assignedPartitions),
    })),
  };
}

async function consumerMembers(cluster: Nodes, node: number, groupIds: readonly string[]): Promise<Answers> {
  if (groupIds.length === 0) return [];
  const version = await cluster.newestVersion(node, consumerGroupDescribe, 1);
  const answer = await cluster.request(node, consumerGroupDescribe, version, { groupIds });
  return answer.groups.map((group) => [
    group.groupId,
    group.errorCode === 0 ? consumerMembership(group) : new Error(errorName(group.errorCode)),
  ]);
}

function consumerMembership({
  groupState: state,
  assignorName: assignor,
  members,
}: ConsumerGroupDescribeResponse['groups'][number]): Membership {
  return {
    state,
    assignor,
    members: members.map(({ memberId, instanceId, clientId, clientHost: host, assignment }) => ({
      memberId,
      clientId,
      host,
      ...(instanceId !== null && { instanceId }),
      assignment: inOrder(
        assignment.topicPartitions.map(({ topicName: topic, partitions }) => ({ topic, partitions })),
      ),
    })),
  };
}

/** By topic and partition: an assignor gives them in whatever order. */
function inOrder(
  assigned: readonly { readonly topic: string; readonly partitions: readonly number[] }[],
): readonly TopicPartition[] {
  return assigned
    .flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition })))
    .sort(byTopicAndPartition);
}
