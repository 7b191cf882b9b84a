import { ErrorCode } from '../../protocol/errors.js';
import type { Clock } from '../../clock.js';
import { joinRefusal, syncRefusal, type Group } from './group.js';
import type { Member } from './member.js';

/** Kafka's NewMemberJoinTimeoutMs: how long a member that never completed a join may stay without a heartbeat. */
const newMemberJoinTimeoutMs = 5 * 60_000;

/**
 * The course of a rebalance and the sessions of members, on the clock (Kafka's prepareRebalance, onCompleteJoin,
 * onExpirePendingSync, onExpireHeartbeat). Everything happens synchronously, in the call or in a timer's callback.
 */
export class Rebalance {
  constructor(
    private readonly clock: Clock,
    /** `group.initial.rebalance.delay.ms`: an empty group waits so long for more members. */
    private readonly initialDelayMs: number,
  ) {}

  /** Starts a rebalance unless one is already collecting members. */
  begin(group: Group): void {
    if (group.state === 'PreparingRebalance' || group.state === 'Dead') return;
    if (group.state === 'CompletingRebalance') this.cancelSyncs(group);
    const wasEmpty = group.state === 'Empty';
    group.state = 'PreparingRebalance';
    group.pendingSync.clear();
    group.rebalanceTimer?.cancel();
    group.rebalanceTimer = undefined;
    if (!wasEmpty) this.awaitJoins(group);
    else if (this.initialDelayMs > 0) this.delayFirstJoin(group, group.rebalanceTimeoutMs);
    // InitialDelayedJoin asks for no member that has been given an id and has not come back yet.
    else this.completeJoin(group);
  }

  /** To call after whatever may have been the last thing that a rebalance waited for. */
  completeIfAllJoined(group: Group): void {
    const collecting = group.state === 'PreparingRebalance' && !group.firstJoinDelayed;
    if (collecting && group.allMembersJoined) this.completeJoin(group);
  }

  /** The member has shown a sign of life: its session starts anew. */
  keepAlive(group: Group, member: Member): void {
    this.startSession(group, member, member.sessionTimeoutMs);
  }

  /** The first session of a member that does not know its id yet and therefore cannot send heartbeats. */
  startFirstSession(group: Group, member: Member): void {
    this.startSession(group, member, newMemberJoinTimeoutMs);
  }

  /** An id was given out by MEMBER_ID_REQUIRED: it must be used within the session time-out. */
  awaitPendingMember(group: Group, memberId: string, sessionTimeoutMs: number): void {
    const timer = this.clock.schedule(sessionTimeoutMs, () => {
      group.pendingMembers.delete(memberId);
      this.completeIfAllJoined(group);
    });
    group.pendingMembers.set(memberId, timer);
  }

  /**
   * Leave, expiry of the session, eviction: a waiting JoinGroup is answered, the others rebalance. A waiting SyncGroup never is: Kafka
   * forgets it with its member (removeMemberAndUpdateGroup), and the client finds out by its own time-out.
   */
  removeMember(group: Group, member: Member): void {
    group.answerJoin(member, joinRefusal(ErrorCode.UNKNOWN_MEMBER_ID, ''));
    group.remove(member);
    if (group.state === 'PreparingRebalance') this.completeIfAllJoined(group);
    else if (group.state === 'Stable' || group.state === 'CompletingRebalance') this.begin(group);
  }

  /** A member's SyncGroup has come; when it was the last one, nobody can be late any more. */
  synced(group: Group, memberId: string): void {
    group.pendingSync.delete(memberId);
    if (group.pendingSync.size > 0) return;
    group.rebalanceTimer?.cancel();
    group.rebalanceTimer = undefined;
  }

  /** Kafka's InitialDelayedJoin: prolonged while new members come, up to the rebalance time-out. */
  private delayFirstJoin(group: Group, remainingMs: number): void {
    const delayMs = Math.min(this.initialDelayMs, remainingMs);
    group.firstJoinDelayed = true;
    group.newMemberAdded = false;
    group.rebalanceTimer = this.clock.schedule(delayMs, () => {
      if (group.newMemberAdded && remainingMs - delayMs > 0) {
        this.delayFirstJoin(group, remainingMs - delayMs);
        return;
      }
      group.newMemberAdded = false;
      group.firstJoinDelayed = false;
      this.completeJoin(group);
    });
  }

  private awaitJoins(group: Group): void {
    // The longest rebalance time-out of nobody is 0, whoever may have been given an id meanwhile (DelayedJoin expires at once).
    if (group.members.size === 0) {
      this.completeJoin(group);
      return;
    }
    group.rebalanceTimer = this.clock.schedule(group.rebalanceTimeoutMs, () => this.completeJoin(group));
    this.completeIfAllJoined(group);
  }

  private completeJoin(group: Group): void {
    group.rebalanceTimer?.cancel();
    group.rebalanceTimer = undefined;
    this.removeLateDynamicMembers(group);
    if (group.state === 'Dead') return;
    if (group.members.size > 0 && !electJoinedLeader(group)) {
      // Only static members are left and none has rejoined: wait on until their sessions end (KIP-345).
      group.rebalanceTimer = this.clock.schedule(group.rebalanceTimeoutMs, () => this.completeJoin(group));
      return;
    }
    group.startNextGeneration();
    for (const member of group.members.values()) this.completeMemberJoin(group, member);
    if (group.members.size > 0) this.awaitSyncs(group);
  }

  private completeMemberJoin(group: Group, member: Member): void {
    group.answerJoin(member, group.joinAnswer(member.memberId));
    this.keepAlive(group, member);
    member.isNew = false;
    group.pendingSync.add(member.memberId);
  }

  private removeLateDynamicMembers(group: Group): void {
    for (const member of [...group.members.values()]) {
      if (!member.awaitingJoin && member.groupInstanceId === null) group.remove(member);
    }
  }

  /** A member that has joined but never sends SyncGroup must not hold the group up for ever (KAFKA-9752). */
  private awaitSyncs(group: Group): void {
    const generationId = group.generationId;
    group.rebalanceTimer = this.clock.schedule(group.rebalanceTimeoutMs, () => {
      if (group.generationId !== generationId || group.pendingSync.size === 0) return;
      for (const memberId of [...group.pendingSync]) {
        const late = group.members.get(memberId);
        if (late) group.remove(late);
      }
      this.begin(group);
    });
  }

  private cancelSyncs(group: Group): void {
    for (const member of group.members.values()) {
      member.assignment = Buffer.alloc(0);
      if (group.answerSync(member, syncRefusal(ErrorCode.REBALANCE_IN_PROGRESS)))
        this.keepAlive(group, member);
    }
  }

  private startSession(group: Group, member: Member, timeoutMs: number): void {
    member.session?.cancel();
    member.session = this.clock.schedule(timeoutMs, () => {
      // While JoinGroup or SyncGroup waits, the broker itself is the one who keeps the member from sending heartbeats.
      const waits = !member.isNew && (member.awaitingJoin ?? member.awaitingSync) !== undefined;
      if (!waits && group.members.get(member.memberId) === member) this.removeMember(group, member);
    });
  }
}

/** The leader stays if it has rejoined; else the first that has (Kafka's maybeElectNewJoinedLeader). */
function electJoinedLeader(group: Group): boolean {
  const leader = group.leader === null ? undefined : group.members.get(group.leader);
  if (leader?.awaitingJoin) return true;
  const elected = [...group.members.values()].find((member) => member.awaitingJoin);
  if (elected) group.leader = elected.memberId;
  return elected !== undefined;
}
