import { has, noPartitions, only, sizeOf, union, type AssignedPartitions } from './assigned-partitions.js';
import type { MemberAssignment } from './consumer-member.js';

export interface Reconciling {
  readonly target: AssignedPartitions;
  /** The epoch that the target belongs to. */
  readonly targetEpoch: number;
  /** What the member says that it still has; undefined: it does not say. */
  readonly owned: AssignedPartitions | undefined;
  /** Whether no other member has the partition, or still has to give it up. */
  readonly isFree: (topicId: string, partition: number) => boolean;
}

/**
 * The next step of a member towards its target (Kafka's CurrentAssignmentBuilder): give up what is not in the target, and reach
 * the target's epoch only when the client has confirmed that; then take what is free, and the rest as others release it.
 */
export function reconcile(member: MemberAssignment, reconciling: Reconciling): MemberAssignment {
  switch (member.state) {
    case 'stable':
      return member.epoch === reconciling.targetEpoch ? member : next(member, member.epoch, reconciling);
    case 'unrevoked':
      if (stillOwns(member.pendingRevocation, reconciling.owned)) return member;
      return next(member, member.epoch + 1, reconciling);
    case 'unreleased':
      return next(member, member.epoch, reconciling);
  }
}

function next(member: MemberAssignment, epoch: number, reconciling: Reconciling): MemberAssignment {
  const { target, targetEpoch, owned, isFree } = reconciling;
  const kept = only(member.assigned, (topicId, partition) => has(target, topicId, partition));
  const pendingRevocation = only(member.assigned, (topicId, partition) => !has(kept, topicId, partition));
  const previousEpoch = member.epoch;
  if (sizeOf(pendingRevocation) > 0 && stillOwns(pendingRevocation, owned)) {
    return { state: 'unrevoked', epoch, previousEpoch, assigned: kept, pendingRevocation };
  }
  const missing = only(target, (topicId, partition) => !has(kept, topicId, partition));
  const available = only(missing, isFree);
  return {
    state: sizeOf(available) < sizeOf(missing) ? 'unreleased' : 'stable',
    epoch: targetEpoch,
    previousEpoch,
    assigned: union(kept, available),
    pendingRevocation: noPartitions,
  };
}

/** Who does not say what it has may have it all. */
function stillOwns(partitions: AssignedPartitions, owned: AssignedPartitions | undefined): boolean {
  if (owned === undefined) return true;
  return sizeOf(only(owned, (topicId, partition) => has(partitions, topicId, partition))) > 0;
}
