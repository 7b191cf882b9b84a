import type { Timer } from '../../clock.js';
import type { GroupProtocol, JoinAnswer, JoinRequest, SyncAnswer } from './exchange.js';

/**
 * One member of a classic group (Kafka's MemberMetadata). Its id changes when a static member is replaced; everything
 * else is set anew at each JoinGroup.
 */
export interface Member {
  memberId: string;
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  protocols: readonly GroupProtocol[];
  assignment: Buffer;
  /** Has not completed its first JoinGroup: it cannot send heartbeats yet and gets five minutes instead of its session. */
  isNew: boolean;
  /** The JoinGroup request that waits for the rebalance, if one does. */
  awaitingJoin: ((answer: JoinAnswer) => void) | undefined;
  /** The SyncGroup request that waits for the leader's assignment, if one does. */
  awaitingSync: ((answer: SyncAnswer) => void) | undefined;
  session: Timer | undefined;
}

export const noBytes = Buffer.alloc(0);

export function newMember(memberId: string, request: JoinRequest): Member {
  return {
    memberId,
    groupInstanceId: request.groupInstanceId,
    clientId: request.clientId,
    clientHost: request.clientHost,
    assignment: noBytes,
    isNew: true,
    awaitingJoin: undefined,
    awaitingSync: undefined,
    session: undefined,
    ...memberTerms(request),
  };
}

/** The part of a JoinGroup request that a member may change from one rebalance to the next. */
export function memberTerms(
  request: JoinRequest,
): Pick<Member, 'sessionTimeoutMs' | 'rebalanceTimeoutMs' | 'protocols'> {
  const { sessionTimeoutMs, rebalanceTimeoutMs, protocols } = request;
  return {
    sessionTimeoutMs,
    // A rebalance time-out of 0 taken literally would evict the member before its SyncGroup can arrive.
    rebalanceTimeoutMs: rebalanceTimeoutMs > 0 ? rebalanceTimeoutMs : sessionTimeoutMs,
    // A copy: the decoded request may be a view into a network buffer that is larger by far.
    protocols: protocols.map(({ name, metadata }) => ({ name, metadata: Buffer.from(metadata) })),
  };
}

/** Same protocols in the same order with the same metadata: the member has nothing new to say (KIP-345's "matches"). */
export function sameProtocols(a: readonly GroupProtocol[], b: readonly GroupProtocol[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => one.name === b[index]?.name && one.metadata.equals(b[index].metadata))
  );
}

export function protocolMetadata(member: Member, protocolName: string): Buffer {
  return member.protocols.find(({ name }) => name === protocolName)?.metadata ?? noBytes;
}
