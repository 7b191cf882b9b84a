import { ErrorCode } from '../../protocol/errors.js';
import type { SyncAnswer, SyncRequest } from './exchange.js';
import { syncRefusal, type Group } from './group.js';
import type { Member } from './member.js';
import type { Rebalance } from './rebalance.js';

/** SyncGroup (Kafka's doSyncGroup): followers wait until the leader has brought the assignment. */
export function syncGroup(group: Group, request: SyncRequest, rebalance: Rebalance): Promise<SyncAnswer> {
  return new Promise((resolve) => {
    const refused = syncError(group, request);
    const member = group.members.get(request.memberId);
    if (refused !== undefined || !member) {
      resolve(syncRefusal(refused ?? ErrorCode.UNKNOWN_MEMBER_ID));
      return;
    }
    rebalance.synced(group, member.memberId);
    if (group.state === 'Stable') {
      rebalance.keepAlive(group, member);
      resolve(assignmentOf(group, member));
      return;
    }
    member.awaitingSync = resolve;
    if (group.leader === member.memberId) distribute(group, request, rebalance);
  });
}

function syncError(group: Group, request: SyncRequest): number | undefined {
  if (group.state === 'Dead') return ErrorCode.COORDINATOR_NOT_AVAILABLE;
  const identity = group.identityError(request.memberId, request.groupInstanceId);
  if (identity !== undefined) return identity;
  if (request.generationId !== group.generationId) return ErrorCode.ILLEGAL_GENERATION;
  if (
    differs(request.protocolType, group.protocolType) ||
    differs(request.protocolName, group.protocolName)
  ) {
    return ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
  }
  if (group.state === 'PreparingRebalance') return ErrorCode.REBALANCE_IN_PROGRESS;
  return group.state === 'Empty' ? ErrorCode.UNKNOWN_MEMBER_ID : undefined;
}

/** Versions below 5 do not name the protocol, then there is nothing to compare. */
function differs(named: string | null, actual: string | null): boolean {
  return named !== null && named !== actual;
}

function distribute(group: Group, request: SyncRequest, rebalance: Rebalance): void {
  const assignments = new Map(request.assignments.map((one) => [one.memberId, one.assignment]));
  group.state = 'Stable';
  for (const member of group.members.values()) {
    member.assignment = Buffer.from(assignments.get(member.memberId) ?? []);
    if (group.answerSync(member, assignmentOf(group, member))) rebalance.keepAlive(group, member);
  }
}

function assignmentOf(group: Group, member: Member): SyncAnswer {
  return {
    errorCode: ErrorCode.NONE,
    protocolType: group.protocolType,
    protocolName: group.protocolName,
    assignment: member.assignment,
  };
}
