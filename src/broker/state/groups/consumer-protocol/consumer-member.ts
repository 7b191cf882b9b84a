import type { Timer } from '../../../clock.js';
import type { AssignedPartitions } from './assigned-partitions.js';

/**
 * `stable`: has what its epoch gives it. `unrevoked`: was told to give partitions up and has not said yet that it did.
 * `unreleased`: has reached its epoch, but others still hold some of its partitions.
 */
export type MemberState = 'stable' | 'unrevoked' | 'unreleased';

/** What reconciliation decides; everything else of a member is what it says of itself. */
export interface MemberAssignment {
  readonly state: MemberState;
  readonly epoch: number;
  /** A client that did not get the answer with the new epoch comes with this one. */
  readonly previousEpoch: number;
  readonly assigned: AssignedPartitions;
  /** To be given up before the next epoch; nobody else gets them until then. */
  readonly pendingRevocation: AssignedPartitions;
}

export interface Subscription {
  readonly rebalanceTimeoutMs: number;
  readonly topicNames: readonly string[];
  /** Empty: none. */
  readonly topicRegex: string;
  readonly serverAssignor: string | null;
  readonly rackId: string | null;
}

/** One member of a KIP-848 group (Kafka's ConsumerGroupMember). */
export interface ConsumerMember extends MemberAssignment, Subscription {
  readonly memberId: string;
  readonly instanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
}

/** A member's timers are not part of what it is. */
export interface MemberTimers {
  session?: Timer;
  /** Runs while revocation is awaited. */
  rebalance?: Timer;
}

/** The epochs in a request that mean something else than an epoch. */
export const joiningEpoch = 0;
export const leavingEpoch = -1;
/** A static member goes, and will come back: it keeps what it has until its session ends. */
export const leavingForAWhileEpoch = -2;
