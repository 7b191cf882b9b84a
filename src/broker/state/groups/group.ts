import { ErrorCode } from '../../protocol/errors.js';
import type { Timer } from '../../clock.js';
import { GroupOffsets } from './offsets.js';
import type { GroupProtocol, JoinAnswer, JoinedMember, SyncAnswer } from './exchange.js';
import { noBytes, protocolMetadata, type Member } from './member.js';
import { subscribedTopics } from './subscription.js';

export type GroupState = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable' | 'Dead';

/**
 * What a classic group is at one moment: members, generation, protocol (Kafka's GroupMetadata). It keeps its own
 * consistency and answers questions; what happens when, is decided in rebalance.ts.
 */
export class Group {
  state: GroupState = 'Empty';
  generationId = 0;
  protocolType: string | null = null;
  protocolName: string | null = null;
  leader: string | null = null;
  /** A member came during the initial delay: the delay is worth prolonging. */
  newMemberAdded = false;
  /** The group was empty and waits `group.initial.rebalance.delay.ms` for more members. */
  firstJoinDelayed = false;
  /** The one timer of the running rebalance: the initial delay, the wait for JoinGroup or the wait for SyncGroup. */
  rebalanceTimer: Timer | undefined;
  /** In order of joining: the leader is the first. */
  readonly members = new Map<string, Member>();
  /** Ids given out by MEMBER_ID_REQUIRED that have not come back yet, with the timer that ends the wait. */
  readonly pendingMembers = new Map<string, Timer>();
  readonly pendingSync = new Set<string>();
  private readonly staticMembers = new Map<string, string>();
  private subscribed: readonly string[] | undefined;

  constructor(
    readonly groupId: string,
    readonly offsets = new GroupOffsets(),
  ) {}

  add(member: Member, protocolType: string): void {
    if (this.members.size === 0) this.protocolType = protocolType;
    this.members.set(member.memberId, member);
    if (member.groupInstanceId !== null) this.staticMembers.set(member.groupInstanceId, member.memberId);
    this.leader ??= member.memberId;
    this.forgetPending(member.memberId);
  }

  remove(member: Member): void {
    member.session?.cancel();
    this.members.delete(member.memberId);
    this.pendingSync.delete(member.memberId);
    if (member.groupInstanceId !== null) this.staticMembers.delete(member.groupInstanceId);
    if (this.leader === member.memberId) this.leader = firstKey(this.members);
  }

  forgetPending(memberId: string): boolean {
    this.pendingMembers.get(memberId)?.cancel();
    return this.pendingMembers.delete(memberId);
  }

  staticMemberId(groupInstanceId: string): string | undefined {
    return this.staticMembers.get(groupInstanceId);
  }

  /** A static member came back under a new id (KIP-345): whoever still waits under the old one is fenced. */
  replaceStatic(member: Member, newMemberId: string): void {
    const oldMemberId = member.memberId;
    this.answerJoin(member, this.refusal(ErrorCode.FENCED_INSTANCE_ID, oldMemberId));
    this.answerSync(member, syncRefusal(ErrorCode.FENCED_INSTANCE_ID));
    this.members.delete(oldMemberId);
    this.pendingSync.delete(oldMemberId);
    member.memberId = newMemberId;
    this.members.set(newMemberId, member);
    if (member.groupInstanceId !== null) this.staticMembers.set(member.groupInstanceId, newMemberId);
    if (this.leader === oldMemberId) this.leader = newMemberId;
  }

  /** UNKNOWN_MEMBER_ID or FENCED_INSTANCE_ID when this identity does not belong to the group, else undefined. */
  identityError(memberId: string, groupInstanceId: string | null): number | undefined {
    if (groupInstanceId !== null) {
      const current = this.staticMembers.get(groupInstanceId);
      if (current === undefined) return ErrorCode.UNKNOWN_MEMBER_ID;
      if (current !== memberId) return ErrorCode.FENCED_INSTANCE_ID;
    }
    return this.members.has(memberId) ? undefined : ErrorCode.UNKNOWN_MEMBER_ID;
  }

  /** A newcomer must share at least one protocol with all who are there, and the protocol type. */
  supports(protocolType: string, protocols: readonly GroupProtocol[]): boolean {
    if (this.members.size === 0) return protocolType !== '' && protocols.length > 0;
    const common = this.commonProtocols();
    return protocolType === this.protocolType && protocols.some(({ name }) => common.has(name));
  }

  /** Each member votes for its first choice among what all support (Kafka's selectProtocol). */
  selectProtocol(): string | null {
    const common = this.commonProtocols();
    const votes = new Map<string, number>();
    for (const member of this.members.values()) {
      const choice = member.protocols.find(({ name }) => common.has(name));
      if (choice) votes.set(choice.name, (votes.get(choice.name) ?? 0) + 1);
    }
    const ranked = [...votes].sort((a, b) => b[1] - a[1]);
    return ranked[0]?.[0] ?? null;
  }

  startNextGeneration(): void {
    this.generationId += 1;
    const empty = this.members.size === 0;
    this.state = empty ? 'Empty' : 'CompletingRebalance';
    this.protocolName = empty ? null : this.selectProtocol();
    this.subscribed = this.subscriptions();
  }

  get rebalanceTimeoutMs(): number {
    return Math.max(0, ...[...this.members.values()].map((member) => member.rebalanceTimeoutMs));
  }

  get allMembersJoined(): boolean {
    return (
      this.pendingMembers.size === 0 && [...this.members.values()].every((member) => member.awaitingJoin)
    );
  }

  joinedMembers(): readonly JoinedMember[] {
    const protocolName = this.protocolName ?? '';
    return [...this.members.values()].map((member) => ({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      metadata: protocolMetadata(member, protocolName),
    }));
  }

  /** As the last generation began. While it is not known, nothing is deleted under a group. */
  isSubscribedTo(topic: string): boolean {
    return this.subscribed?.includes(topic) ?? true;
  }

  joinAnswer(memberId: string): JoinAnswer {
    const isLeader = this.leader === memberId;
    return {
      errorCode: ErrorCode.NONE,
      generationId: this.generationId,
      protocolType: this.protocolType,
      protocolName: this.protocolName,
      leader: this.leader ?? '',
      skipAssignment: false,
      memberId,
      members: isLeader ? this.joinedMembers() : [],
    };
  }

  refusal(errorCode: number, memberId: string): JoinAnswer {
    return joinRefusal(errorCode, memberId);
  }

  answerJoin(member: Member, answer: JoinAnswer): void {
    const waiting = member.awaitingJoin;
    member.awaitingJoin = undefined;
    waiting?.(answer);
  }

  answerSync(member: Member, answer: SyncAnswer): boolean {
    const waiting = member.awaitingSync;
    member.awaitingSync = undefined;
    waiting?.(answer);
    return waiting !== undefined;
  }

  private subscriptions(): readonly string[] | undefined {
    if (this.protocolType !== 'consumer') return undefined;
    const all = this.joinedMembers().map(({ metadata }) => subscribedTopics(metadata));
    return all.every((topics) => topics !== undefined) ? all.flat() : undefined;
  }

  private commonProtocols(): ReadonlySet<string> {
    const [first, ...others] = this.members.values();
    const names = (first?.protocols ?? []).map(({ name }) => name);
    return new Set(
      names.filter((name) => others.every((other) => other.protocols.some((one) => one.name === name))),
    );
  }
}

export function joinRefusal(errorCode: number, memberId: string): JoinAnswer {
  return {
    errorCode,
    generationId: -1,
    protocolType: null,
    protocolName: null,
    leader: '',
    skipAssignment: false,
    memberId,
    members: [],
  };
}

export function syncRefusal(errorCode: number): SyncAnswer {
  return { errorCode, protocolType: null, protocolName: null, assignment: noBytes };
}

function firstKey(members: ReadonlyMap<string, Member>): string | null {
  const [first] = members.keys();
  return first ?? null;
}
