import { ErrorCode } from '../../../protocol/errors.js';
import { fromLists, isWithin } from './assigned-partitions.js';
import type { ConsumerGroup } from './consumer-group.js';
import { joiningEpoch, leavingForAWhileEpoch, type ConsumerMember } from './consumer-member.js';
import type { ConsumerHeartbeat, HeartbeatProblem } from './heartbeat-request.js';

/** Who sends this heartbeat: a member, nobody yet (it joins), or a problem. */
export function senderOf(
  group: ConsumerGroup,
  request: ConsumerHeartbeat,
): ConsumerMember | HeartbeatProblem | undefined {
  const { instanceId } = request;
  return instanceId === null ? dynamicSender(group, request) : staticSender(group, instanceId, request);
}

/** As `senderOf` for a member that leaves: its epoch says no more than that. */
export function leaverOf(
  group: ConsumerGroup,
  request: ConsumerHeartbeat,
): ConsumerMember | HeartbeatProblem {
  const { instanceId, memberId } = request;
  if (instanceId === null) return group.members.get(memberId) ?? unknownMember(group, memberId);
  const owner = group.staticMember(instanceId);
  return owner ? (fencing(owner, instanceId, memberId) ?? owner) : unknownInstance(instanceId);
}

function dynamicSender(group: ConsumerGroup, request: ConsumerHeartbeat) {
  const { memberId, memberEpoch } = request;
  const member = group.members.get(memberId);
  if (member === undefined) {
    return memberEpoch === joiningEpoch ? undefined : unknownMember(group, memberId);
  }
  return epochProblem(member, request) ?? member;
}

/** An instance id has one owner; another member gets it only when the owner has said that it goes for a while. */
function staticSender(group: ConsumerGroup, instanceId: string, request: ConsumerHeartbeat) {
  const { memberId, memberEpoch } = request;
  const owner = group.staticMember(instanceId);
  if (memberEpoch === joiningEpoch) {
    return owner === undefined || owner.epoch === leavingForAWhileEpoch
      ? owner
      : unreleased(owner, instanceId, memberId);
  }
  if (owner === undefined) return unknownInstance(instanceId);
  return fencing(owner, instanceId, memberId) ?? epochProblem(owner, request) ?? owner;
}

/** A joining member may always come; one with the epoch before its own did not get an answer (KIP-848, "Fencing"). */
function epochProblem(member: ConsumerMember, request: ConsumerHeartbeat): HeartbeatProblem | undefined {
  const { memberEpoch, topicPartitions } = request;
  if (memberEpoch === joiningEpoch || memberEpoch === member.epoch) return undefined;
  const missedAnswer =
    memberEpoch === member.previousEpoch &&
    topicPartitions !== null &&
    isWithin(fromLists(topicPartitions), member.assigned);
  if (missedAnswer && memberEpoch < member.epoch) return undefined;
  const compared = memberEpoch > member.epoch ? 'greater' : 'smaller';
  const known = `than the one known by the group coordinator (${member.epoch})`;
  const message = `The consumer group member has a ${compared} member epoch (${memberEpoch}) ${known}. The member must abandon all its partitions and rejoin.`;
  return { errorCode: ErrorCode.FENCED_MEMBER_EPOCH, message };
}

function fencing(owner: ConsumerMember, instanceId: string, memberId: string): HeartbeatProblem | undefined {
  if (owner.memberId === memberId) return undefined;
  const message = `Static member ${memberId} with instance id ${instanceId} was fenced by member ${owner.memberId}.`;
  return { errorCode: ErrorCode.FENCED_INSTANCE_ID, message };
}

function unreleased(owner: ConsumerMember, instanceId: string, memberId: string): HeartbeatProblem {
  const message = `Static member ${memberId} with instance id ${instanceId} cannot join the group because the instance id is owned by ${owner.memberId} member.`;
  return { errorCode: ErrorCode.UNRELEASED_INSTANCE_ID, message };
}

function unknownInstance(instanceId: string): HeartbeatProblem {
  return { errorCode: ErrorCode.UNKNOWN_MEMBER_ID, message: `Instance id ${instanceId} is unknown.` };
}

function unknownMember({ groupId }: ConsumerGroup, memberId: string): HeartbeatProblem {
  const message = `Member ${memberId} is not a member of group ${groupId}.`;
  return { errorCode: ErrorCode.UNKNOWN_MEMBER_ID, message };
}
