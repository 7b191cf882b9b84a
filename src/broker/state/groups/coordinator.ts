import { ErrorCode } from '../../protocol/errors.js';
import type { Clock } from '../../clock.js';
import type { TransactionalOffsets } from '../transactional-offsets.js';
import type {
  FetchedOffset,
  GroupDescription,
  JoinAnswer,
  JoinRequest,
  LeaveAnswer,
  LeavingMember,
  MemberIdentity,
  OffsetToCommit,
  SyncAnswer,
  SyncRequest,
} from './exchange.js';
import type { ConsumerGroup } from './consumer-protocol/consumer-group.js';
import {
  ConsumerGroups,
  type ConsumerGroupOptions,
  type HeartbeatAnswer,
} from './consumer-protocol/consumer-groups.js';
import {
  patternProblem,
  requestProblem,
  type ConsumerHeartbeat,
} from './consumer-protocol/heartbeat-request.js';
import * as memberEpochs from './consumer-protocol/offset-access.js';
import { noTopics, type TopicDirectory } from './consumer-protocol/topic-directory.js';
import { describeGroup, deadGroup } from './description.js';
import { joinRefusal, syncRefusal, Group } from './group.js';
import { commitError, heartbeat, leave, transactionalCommitError } from './identity.js';
import { joinGroup } from './join.js';
import type { Member } from './member.js';
import type { GroupOffsets, TopicPartition } from './offsets.js';
import { Rebalance } from './rebalance.js';
import { syncGroup } from './sync.js';

export interface GroupOptions extends ConsumerGroupOptions {
  /** `group.initial.rebalance.delay.ms`; Kafka's default is 3000, a lab's is 0. */
  readonly initialRebalanceDelayMs: number;
  /** `group.min.session.timeout.ms` and `group.max.session.timeout.ms`. */
  readonly minSessionTimeoutMs: number;
  readonly maxSessionTimeoutMs: number;
}

/** What a list of groups says of each. */
export interface ListedGroup {
  readonly groupId: string;
  readonly protocolType: string;
  readonly state: string;
  readonly type: 'classic' | 'consumer';
}

/**
 * Every group of the cluster (Kafka's GroupCoordinator): the classic protocol here, the consumer protocol in `consumers`. One
 * name is one group; without members it may change from one protocol to the other and keeps its offsets. It does not ask on
 * which node it is called: whether a node coordinates a group is the handlers' question to the cluster.
 */
export class GroupCoordinator implements TransactionalOffsets {
  private readonly groups = new Map<string, Group>();
  private readonly rebalance: Rebalance;
  readonly consumers: ConsumerGroups;

  constructor(
    clock: Clock,
    readonly options: GroupOptions,
    /** A new unique text per call; member ids are made of it. */
    private readonly uniqueId: () => string,
    directory: TopicDirectory = noTopics,
  ) {
    this.rebalance = new Rebalance(clock, options.initialRebalanceDelayMs);
    this.consumers = new ConsumerGroups(clock, options, directory, uniqueId);
  }

  /** ConsumerGroupHeartbeat (KIP-848). A classic group becomes one of the consumer protocol if nobody is in it. */
  consumerHeartbeat(request: ConsumerHeartbeat): HeartbeatAnswer {
    const classic = this.groups.get(request.groupId);
    if (!classic) return this.consumers.heartbeat(request);
    const problem = requestProblem(request) ?? patternProblem(request);
    if (problem) return problem;
    if (request.memberEpoch !== 0) return notFound(`Group ${request.groupId} is not a consumer group.`);
    if (classic.state !== 'Empty') {
      const reason = 'the online upgrade is disabled';
      return notFound(`Cannot upgrade classic group ${request.groupId} to consumer group because ${reason}.`);
    }
    this.remove(classic);
    return this.consumers.heartbeat(request, classic.offsets);
  }

  /** Of either protocol. */
  has(groupId: string): boolean {
    return this.groups.has(groupId) || this.consumers.get(groupId) !== undefined;
  }

  join(request: JoinRequest): Promise<JoinAnswer> {
    const refused = this.joinError(request);
    if (refused !== undefined) return Promise.resolve(joinRefusal(refused, request.memberId));
    this.becomeClassic(request.groupId);
    const group =
      request.memberId === '' ? this.groupOrNew(request.groupId) : this.groups.get(request.groupId);
    if (!group) return Promise.resolve(joinRefusal(ErrorCode.UNKNOWN_MEMBER_ID, request.memberId));
    const prefix = request.groupInstanceId ?? request.clientId;
    return joinGroup(group, request, this.rebalance, () => `${prefix}-${this.uniqueId()}`);
  }

  sync(request: SyncRequest): Promise<SyncAnswer> {
    if (request.groupId === '') return Promise.resolve(syncRefusal(ErrorCode.INVALID_GROUP_ID));
    const group = this.groups.get(request.groupId);
    if (!group) return Promise.resolve(syncRefusal(ErrorCode.UNKNOWN_MEMBER_ID));
    return syncGroup(group, request, this.rebalance);
  }

  /** Resolves to an error code: 0, 22, 25, 27 or 82. */
  heartbeat(groupId: string, identity: MemberIdentity): number {
    if (groupId === '') return ErrorCode.INVALID_GROUP_ID;
    const group = this.groups.get(groupId);
    return group ? heartbeat(group, identity, this.rebalance) : ErrorCode.UNKNOWN_MEMBER_ID;
  }

  leave(groupId: string, members: readonly LeavingMember[]): LeaveAnswer {
    if (groupId === '') return { errorCode: ErrorCode.INVALID_GROUP_ID, members: [] };
    const group = this.groups.get(groupId);
    const errorCodeFor = (member: LeavingMember): number =>
      group ? leave(group, member, this.rebalance) : ErrorCode.UNKNOWN_MEMBER_ID;
    return {
      errorCode: ErrorCode.NONE,
      members: members.map((member) => ({ ...member, errorCode: errorCodeFor(member) })),
    };
  }

  /** Stores all offsets or none; answers the error code that holds for each of them. */
  commitOffsets(
    groupId: string,
    identity: MemberIdentity,
    offsets: readonly OffsetToCommit[],
    apiVersion = 9,
  ): number {
    const consumers = this.consumers.get(groupId);
    if (consumers) {
      const refused = memberEpochs.commitError(consumers, identity, apiVersion);
      if (refused === undefined) consumers.offsets.commit(offsets);
      return refused ?? ErrorCode.NONE;
    }
    const known = this.groups.get(groupId);
    // Whoever claims a generation of a group that nobody knows comes from an earlier life of it.
    if (!known && identity.generationId >= 0) return ErrorCode.ILLEGAL_GENERATION;
    const group = known ?? this.groupOrNew(groupId);
    const refused = commitError(group, identity);
    if (refused !== undefined) return refused;
    const member = group.members.get(identity.memberId);
    if (member) this.rebalance.keepAlive(group, member);
    group.offsets.commit(offsets);
    return ErrorCode.NONE;
  }

  /** TxnOffsetCommit names a group: Kafka makes it, whether or not the producer may then commit to it. */
  touch(groupId: string): void {
    if (!this.consumers.get(groupId)) this.groupOrNew(groupId);
  }

  /** TxnOffsetCommit: kept apart until the transaction's marker. `member` is absent below v3. */
  storePendingOffsets(
    groupId: string,
    producerId: bigint,
    _epoch: number,
    member: MemberIdentity | undefined,
    offsets: readonly OffsetToCommit[],
  ): number {
    const identity = member ?? { memberId: '', generationId: -1, groupInstanceId: null };
    const consumers = this.consumers.get(groupId);
    const group = consumers ?? this.groupOrNew(groupId);
    const refused =
      group instanceof Group
        ? transactionalCommitError(group, identity)
        : memberEpochs.transactionalCommitError(group, identity);
    if (refused !== undefined) return refused;
    group.offsets.storePending(producerId, offsets);
    return ErrorCode.NONE;
  }

  /** Offsets of the producer's open transaction are held back here already. */
  holdsBack(groupId: string, producerId: bigint): boolean {
    return this.offsetsOf(groupId)?.holdsBack(producerId) ?? false;
  }

  /** The transaction's marker has reached the group's partition: its offsets take effect, or are forgotten. */
  completeTransaction(groupId: string, producerId: bigint, commit: boolean): void {
    this.offsetsOf(groupId)?.complete(producerId, commit);
  }

  /** `partitions` null: all that the group has committed. An unknown group has committed nothing, which is no error. */
  fetchOffsets(
    groupId: string,
    partitions: readonly TopicPartition[] | null,
    requireStable: boolean,
  ): readonly FetchedOffset[] {
    const offsets = this.offsetsOf(groupId);
    return (partitions ?? offsets?.partitions() ?? []).map(({ topic, partition }) => {
      const none = { topic, partition, offset: -1n, leaderEpoch: -1, metadata: '' };
      const at = { topic, partition };
      if (requireStable && offsets?.isPending(at))
        return { ...none, errorCode: ErrorCode.UNSTABLE_OFFSET_COMMIT };
      const { offset, leaderEpoch, metadata } = offsets?.get(at) ?? none;
      return { topic, partition, offset, leaderEpoch, metadata, errorCode: ErrorCode.NONE };
    });
  }

  /** OffsetFetch 9: 25 and 113 for who is no member of a consumer-protocol group in this epoch. */
  fetchOffsetsError(groupId: string, memberId: string | null, memberEpoch: number): number | undefined {
    const consumers = this.consumers.get(groupId);
    return consumers && memberEpochs.fetchError(consumers, memberId, memberEpoch);
  }

  /** A group of the consumer protocol is dead to who asks the classic way, as on 4.2. */
  describe(groupId: string): GroupDescription {
    const group = this.groups.get(groupId);
    return group ? describeGroup(group) : deadGroup;
  }

  list(): readonly ListedGroup[] {
    const classic = [...this.groups.values()].map(({ groupId, protocolType, state }) => ({
      ...{ groupId, state, protocolType: protocolType ?? '', type: 'classic' as const },
    }));
    const consumers = this.consumers.all().map(({ groupId, state }) => ({
      ...{ groupId, state, protocolType: 'consumer', type: 'consumer' as const },
    }));
    return [...classic, ...consumers];
  }

  /** Error code: 68 while it has members, 69 when there is no such group. */
  delete(groupId: string): number {
    const consumers = this.consumers.get(groupId);
    if (consumers) return this.deleteConsumers(consumers);
    const group = this.groups.get(groupId);
    if (!group) return ErrorCode.GROUP_ID_NOT_FOUND;
    if (group.state !== 'Empty') return ErrorCode.NON_EMPTY_GROUP;
    this.remove(group);
    return ErrorCode.NONE;
  }

  /** Deletes one committed offset: 86 for a topic that a live consumer group is subscribed to (KIP-496). */
  deleteOffset(groupId: string, at: TopicPartition): number {
    const consumers = this.consumers.get(groupId);
    if (consumers) {
      if (consumers.isSubscribedTo(at.topic)) return ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC;
      consumers.offsets.delete(at);
      return ErrorCode.NONE;
    }
    const group = this.groups.get(groupId);
    if (!group) return ErrorCode.GROUP_ID_NOT_FOUND;
    if (group.state !== 'Empty' && group.isSubscribedTo(at.topic)) return ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC;
    group.offsets.delete(at);
    this.removeIfSpent(group);
    return ErrorCode.NONE;
  }

  /** Error for the whole OffsetDelete request: 69 unknown, 68 a live group that is not made of consumers. */
  deleteOffsetsError(groupId: string): number {
    if (this.consumers.get(groupId)) return ErrorCode.NONE;
    const group = this.groups.get(groupId);
    if (!group) return ErrorCode.GROUP_ID_NOT_FOUND;
    const live = group.state !== 'Empty';
    return live && group.protocolType !== 'consumer' ? ErrorCode.NON_EMPTY_GROUP : ErrorCode.NONE;
  }

  /** A deleted topic takes its positions along. */
  topicDeleted(topic: string): void {
    for (const { offsets } of this.consumers.all()) offsets.deleteTopic(topic);
    for (const group of this.groups.values()) {
      group.offsets.deleteTopic(topic);
      this.removeIfSpent(group);
    }
  }

  /** For fault rules: as if the sessions of the members chosen had ended. Answers how many there were. */
  evict(groupId: string, chosen: (member: Pick<Member, 'memberId'>) => boolean): number {
    if (this.consumers.get(groupId)) return this.consumers.evict(groupId, chosen);
    const group = this.groups.get(groupId);
    const members = [...(group?.members.values() ?? [])].filter(chosen);
    for (const member of members) if (group) this.rebalance.removeMember(group, member);
    return members.length;
  }

  /** Stops all timers; the broker is closing. */
  close(): void {
    this.consumers.close();
    for (const group of this.groups.values()) {
      group.rebalanceTimer?.cancel();
      for (const { session } of group.members.values()) session?.cancel();
      for (const timer of group.pendingMembers.values()) timer.cancel();
    }
  }

  private offsetsOf(groupId: string): GroupOffsets | undefined {
    return (this.groups.get(groupId) ?? this.consumers.get(groupId))?.offsets;
  }

  private deleteConsumers(group: ConsumerGroup): number {
    if (group.members.size > 0) return ErrorCode.NON_EMPTY_GROUP;
    this.consumers.delete(group);
    return ErrorCode.NONE;
  }

  private becomeClassic(groupId: string): void {
    const consumers = this.consumers.get(groupId);
    if (!consumers) return;
    this.consumers.delete(consumers);
    this.groups.set(groupId, new Group(groupId, consumers.offsets));
  }

  private joinError({ groupId, sessionTimeoutMs }: JoinRequest): number | undefined {
    const { minSessionTimeoutMs, maxSessionTimeoutMs } = this.options;
    if (groupId === '') return ErrorCode.INVALID_GROUP_ID;
    const consumers = this.consumers.get(groupId);
    if (consumers && consumers.members.size > 0) return ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
    const allowed = sessionTimeoutMs >= minSessionTimeoutMs && sessionTimeoutMs <= maxSessionTimeoutMs;
    return allowed ? undefined : ErrorCode.INVALID_SESSION_TIMEOUT;
  }

  /** Without members and without offsets nothing is left of a group (GroupMetadataManager.cleanupGroupMetadata of 3.9). */
  private removeIfSpent(group: Group): void {
    if (group.state === 'Empty' && group.offsets.isEmpty()) this.remove(group);
  }

  private remove(group: Group): void {
    for (const timer of group.pendingMembers.values()) timer.cancel();
    group.state = 'Dead';
    this.groups.delete(group.groupId);
  }

  private groupOrNew(groupId: string): Group {
    const known = this.groups.get(groupId);
    if (known) return known;
    const group = new Group(groupId);
    this.groups.set(groupId, group);
    return group;
  }
}

function notFound(message: string): HeartbeatAnswer {
  return { errorCode: ErrorCode.GROUP_ID_NOT_FOUND, message };
}
