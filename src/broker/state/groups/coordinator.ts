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
import { describeGroup, deadGroup } from './description.js';
import { joinRefusal, syncRefusal, Group } from './group.js';
import { commitError, heartbeat, leave, transactionalCommitError } from './identity.js';
import { joinGroup } from './join.js';
import type { Member } from './member.js';
import type { TopicPartition } from './offsets.js';
import { Rebalance } from './rebalance.js';
import { syncGroup } from './sync.js';

export interface GroupOptions {
  /** `group.initial.rebalance.delay.ms`; Kafka's default is 3000, a lab's is 0. */
  readonly initialRebalanceDelayMs: number;
  /** `group.min.session.timeout.ms` and `group.max.session.timeout.ms`. */
  readonly minSessionTimeoutMs: number;
  readonly maxSessionTimeoutMs: number;
}

/**
 * The classic group protocol for every group of the cluster (Kafka's GroupCoordinator). It does not ask on which node it is
 * called: whether a node coordinates a group is the handlers' question to the cluster.
 */
export class GroupCoordinator implements TransactionalOffsets {
  private readonly groups = new Map<string, Group>();
  private readonly rebalance: Rebalance;

  constructor(
    clock: Clock,
    readonly options: GroupOptions,
    /** A new unique text per call; member ids are made of it. */
    private readonly uniqueId: () => string,
  ) {
    this.rebalance = new Rebalance(clock, options.initialRebalanceDelayMs);
  }

  join(request: JoinRequest): Promise<JoinAnswer> {
    const refused = this.joinError(request);
    if (refused !== undefined) return Promise.resolve(joinRefusal(refused, request.memberId));
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
  commitOffsets(groupId: string, identity: MemberIdentity, offsets: readonly OffsetToCommit[]): number {
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
    this.groupOrNew(groupId);
  }

  /** TxnOffsetCommit: kept apart until the transaction's marker. `member` is absent below v3. */
  storePendingOffsets(
    groupId: string,
    producerId: bigint,
    _epoch: number,
    member: MemberIdentity | undefined,
    offsets: readonly OffsetToCommit[],
  ): number {
    const group = this.groupOrNew(groupId);
    const identity = member ?? { memberId: '', generationId: -1, groupInstanceId: null };
    const refused = transactionalCommitError(group, identity);
    if (refused !== undefined) return refused;
    group.offsets.storePending(producerId, offsets);
    return ErrorCode.NONE;
  }

  /** The transaction's marker has reached the group's partition: its offsets take effect, or are forgotten. */
  completeTransaction(groupId: string, producerId: bigint, commit: boolean): void {
    this.groups.get(groupId)?.offsets.complete(producerId, commit);
  }

  /** `partitions` null: all that the group has committed. An unknown group has committed nothing, which is no error. */
  fetchOffsets(
    groupId: string,
    partitions: readonly TopicPartition[] | null,
    requireStable: boolean,
  ): readonly FetchedOffset[] {
    const offsets = this.groups.get(groupId)?.offsets;
    return (partitions ?? offsets?.partitions() ?? []).map(({ topic, partition }) => {
      const none = { topic, partition, offset: -1n, leaderEpoch: -1, metadata: '' };
      const at = { topic, partition };
      if (requireStable && offsets?.isPending(at))
        return { ...none, errorCode: ErrorCode.UNSTABLE_OFFSET_COMMIT };
      const { offset, leaderEpoch, metadata } = offsets?.get(at) ?? none;
      return { topic, partition, offset, leaderEpoch, metadata, errorCode: ErrorCode.NONE };
    });
  }

  describe(groupId: string): GroupDescription {
    const group = this.groups.get(groupId);
    return group ? describeGroup(group) : deadGroup;
  }

  list(): readonly { readonly groupId: string; readonly protocolType: string; readonly state: string }[] {
    return [...this.groups.values()].map(({ groupId, protocolType, state }) => ({
      groupId,
      protocolType: protocolType ?? '',
      state,
    }));
  }

  /** Error code: 68 while it has members, 69 when there is no such group. */
  delete(groupId: string): number {
    const group = this.groups.get(groupId);
    if (!group) return ErrorCode.GROUP_ID_NOT_FOUND;
    if (group.state !== 'Empty') return ErrorCode.NON_EMPTY_GROUP;
    this.remove(group);
    return ErrorCode.NONE;
  }

  /** Deletes one committed offset: 86 for a topic that a live consumer group is subscribed to (KIP-496). */
  deleteOffset(groupId: string, at: TopicPartition): number {
    const group = this.groups.get(groupId);
    if (!group) return ErrorCode.GROUP_ID_NOT_FOUND;
    if (group.state !== 'Empty' && group.isSubscribedTo(at.topic)) return ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC;
    group.offsets.delete(at);
    this.removeIfSpent(group);
    return ErrorCode.NONE;
  }

  /** Error for the whole OffsetDelete request: 69 unknown, 68 a live group that is not made of consumers. */
  deleteOffsetsError(groupId: string): number {
    const group = this.groups.get(groupId);
    if (!group) return ErrorCode.GROUP_ID_NOT_FOUND;
    const live = group.state !== 'Empty';
    return live && group.protocolType !== 'consumer' ? ErrorCode.NON_EMPTY_GROUP : ErrorCode.NONE;
  }

  /** A deleted topic takes its positions along. */
  topicDeleted(topic: string): void {
    for (const group of this.groups.values()) {
      group.offsets.deleteTopic(topic);
      this.removeIfSpent(group);
    }
  }

  /** For fault rules: as if the sessions of the members chosen had ended. Answers how many there were. */
  evict(groupId: string, chosen: (member: Member) => boolean): number {
    const group = this.groups.get(groupId);
    const members = [...(group?.members.values() ?? [])].filter(chosen);
    for (const member of members) if (group) this.rebalance.removeMember(group, member);
    return members.length;
  }

  /** Stops all timers; the broker is closing. */
  close(): void {
    for (const group of this.groups.values()) {
      group.rebalanceTimer?.cancel();
      for (const { session } of group.members.values()) session?.cancel();
      for (const timer of group.pendingMembers.values()) timer.cancel();
    }
  }

  private joinError({ groupId, sessionTimeoutMs }: JoinRequest): number | undefined {
    const { minSessionTimeoutMs, maxSessionTimeoutMs } = this.options;
    if (groupId === '') return ErrorCode.INVALID_GROUP_ID;
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
