import { ErrorCode } from '../../../protocol/errors.js';
import type { MemberIdentity } from '../exchange.js';
import type { ConsumerGroup } from './consumer-group.js';

/** The first version of OffsetCommit and OffsetFetch that knows member epochs. */
const epochsFrom = 9;

/**
 * May this identity commit offsets? (ConsumerGroup.validateOffsetCommit.) A member in its current epoch, or anybody while there
 * are no members; a member that commits as a classic one is told that it cannot (35).
 */
export function commitError(
  group: ConsumerGroup,
  { memberId, generationId: epoch }: MemberIdentity,
  apiVersion: number,
): number | undefined {
  if (epoch < 0 && group.members.size === 0) return undefined;
  const member = group.members.get(memberId);
  if (member === undefined) return ErrorCode.UNKNOWN_MEMBER_ID;
  if (apiVersion < epochsFrom) return ErrorCode.UNSUPPORTED_VERSION;
  return epoch === member.epoch ? undefined : ErrorCode.STALE_MEMBER_EPOCH;
}

/** The same for a transaction's offsets: who names no member passes, and a wrong epoch is a wrong generation (22). */
export function transactionalCommitError(group: ConsumerGroup, identity: MemberIdentity): number | undefined {
  if (identity.generationId < 0 && identity.memberId === '') return undefined;
  const refused = commitError(group, identity, epochsFrom);
  return refused === ErrorCode.STALE_MEMBER_EPOCH ? ErrorCode.ILLEGAL_GENERATION : refused;
}

/** May it read them? Without a member id everybody may: administrators, and clients of before. */
export function fetchError(group: ConsumerGroup, memberId: string | null, epoch: number): number | undefined {
  if (memberId === null && epoch < 0) return undefined;
  const member = group.members.get(memberId ?? '');
  if (member === undefined) return ErrorCode.UNKNOWN_MEMBER_ID;
  return epoch === member.epoch ? undefined : ErrorCode.STALE_MEMBER_EPOCH;
}
