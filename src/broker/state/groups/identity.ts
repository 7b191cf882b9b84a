import { ErrorCode } from '../../protocol/errors.js';
import type { LeavingMember, MemberIdentity } from './exchange.js';
import type { Group } from './group.js';
import type { Rebalance } from './rebalance.js';

/** Heartbeat (Kafka's doHeartbeat): the answer tells a member that it must rejoin. */
export function heartbeat(group: Group, identity: MemberIdentity, rebalance: Rebalance): number {
  const refused = membershipError(group, identity);
  if (refused !== undefined) return refused;
  const member = group.members.get(identity.memberId);
  if (group.state === 'Empty' || !member) return ErrorCode.UNKNOWN_MEMBER_ID;
  rebalance.keepAlive(group, member);
  return group.state === 'PreparingRebalance' ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
}

/** One member of a LeaveGroup request (KIP-345: a static member may leave by its instance id alone). */
export function leave(group: Group, leaving: LeavingMember, rebalance: Rebalance): number {
  const { groupInstanceId } = leaving;
  if (group.state === 'Dead') return ErrorCode.COORDINATOR_NOT_AVAILABLE;
  if (group.forgetPending(leaving.memberId)) {
    rebalance.completeIfAllJoined(group);
    return ErrorCode.NONE;
  }
  const byInstance = leaving.memberId === '' && groupInstanceId !== null;
  const memberId = byInstance ? (group.staticMemberId(groupInstanceId) ?? '') : leaving.memberId;
  const refused = group.identityError(memberId, groupInstanceId);
  if (refused !== undefined) return refused;
  const member = group.members.get(memberId);
  if (member) rebalance.removeMember(group, member);
  return ErrorCode.NONE;
}

/**
 * May this identity commit offsets? (Kafka's validateOffsetCommit and doCommitOffsets.) Without membership only while the
 * group has no members; during PreparingRebalance the old generation may still save its work.
 */
export function commitError(group: Group, identity: MemberIdentity): number | undefined {
  if (group.state === 'Dead') return ErrorCode.COORDINATOR_NOT_AVAILABLE;
  if (identity.generationId < 0 && group.state === 'Empty') return undefined;
  if (!namesMember(identity)) return ErrorCode.UNKNOWN_MEMBER_ID;
  const refused = membershipError(group, identity);
  if (refused !== undefined) return refused;
  return group.state === 'CompletingRebalance' ? ErrorCode.REBALANCE_IN_PROGRESS : undefined;
}

/**
 * The same for a transaction's offsets (KIP-447, measured: kafka-facts.md): who names no member passes, for that is how clients
 * commit that do not know group metadata; CompletingRebalance is no obstacle.
 */
export function transactionalCommitError(group: Group, identity: MemberIdentity): number | undefined {
  if (group.state === 'Dead') return ErrorCode.COORDINATOR_NOT_AVAILABLE;
  if (identity.generationId < 0 && group.state === 'Empty') return undefined;
  return namesMember(identity) ? membershipError(group, identity) : undefined;
}

function namesMember({ memberId, generationId, groupInstanceId }: MemberIdentity): boolean {
  return generationId >= 0 || memberId !== '' || groupInstanceId !== null;
}

function membershipError(group: Group, identity: MemberIdentity): number | undefined {
  if (group.state === 'Dead') return ErrorCode.COORDINATOR_NOT_AVAILABLE;
  const refused = group.identityError(identity.memberId, identity.groupInstanceId);
  if (refused !== undefined) return refused;
  return identity.generationId === group.generationId ? undefined : ErrorCode.ILLEGAL_GENERATION;
}
