import type { Clock } from '../../../clock.js';
import { ErrorCode } from '../../../protocol/errors.js';
import type { GroupOffsets } from '../offsets.js';
import { areEqual, fromLists, noPartitions, toLists, type TopicIdPartitions } from './assigned-partitions.js';
import { ConsumerGroup } from './consumer-group.js';
import {
  joiningEpoch,
  leavingForAWhileEpoch,
  type ConsumerMember,
  type MemberTimers,
  type Subscription,
} from './consumer-member.js';
import {
  patternProblem,
  requestProblem,
  type ConsumerHeartbeat,
  type HeartbeatProblem,
} from './heartbeat-request.js';
import { leaverOf, senderOf } from './membership.js';
import type { TopicDirectory } from './topic-directory.js';

export interface ConsumerGroupOptions {
  /** `group.consumer.session.timeout.ms`; 45 000 unless said, as Kafka's. */
  readonly consumerSessionTimeoutMs?: number;
  /** `group.consumer.heartbeat.interval.ms`; 5000 unless said, as Kafka's. Members are told it. */
  readonly consumerHeartbeatIntervalMs?: number;
}

export type HeartbeatAnswer =
  | HeartbeatProblem
  | {
      readonly errorCode: 0;
      readonly memberId: string;
      readonly memberEpoch: number;
      /** 0 for one that left. */
      readonly heartbeatIntervalMs: number;
      /** Null: as the member knows it. */
      readonly assignment: readonly TopicIdPartitions[] | null;
    };

/**
 * The groups of the consumer protocol (KIP-848; Kafka's GroupMetadataManager for them). A heartbeat is all there is: it joins,
 * subscribes, confirms revocations and learns of assignments, and nobody waits. Measured on 4.2.0.
 */
export class ConsumerGroups {
  private readonly groups = new Map<string, ConsumerGroup>();
  private readonly timers = new Map<ConsumerGroup, Map<string, MemberTimers>>();

  constructor(
    private readonly clock: Clock,
    private readonly options: ConsumerGroupOptions,
    private readonly directory: TopicDirectory,
    private readonly uniqueId: () => string,
  ) {}

  get(groupId: string): ConsumerGroup | undefined {
    return this.groups.get(groupId);
  }

  all(): readonly ConsumerGroup[] {
    return [...this.groups.values()];
  }

  /** `inherited`: the offsets of a classic group without members that becomes one of these. */
  heartbeat(request: ConsumerHeartbeat, inherited?: GroupOffsets): HeartbeatAnswer {
    const problem = requestProblem(request);
    if (problem !== undefined) return problem;
    if (request.memberEpoch < joiningEpoch) return this.leave(request);
    const known = this.groups.get(request.groupId);
    if (known === undefined && request.memberEpoch !== joiningEpoch) {
      return unknownGroup(`Consumer group ${request.groupId} not found.`);
    }
    const sender = known && senderOf(known, request);
    if (sender !== undefined && 'errorCode' in sender) return sender;
    const patternIsWrong = patternProblem(request);
    if (patternIsWrong !== undefined) return patternIsWrong;
    return this.beat(known ?? this.create(request.groupId, inherited), sender, request);
  }

  /** As if the sessions of the members chosen had ended. Answers how many there were. */
  evict(groupId: string, chosen: (member: ConsumerMember) => boolean): number {
    const group = this.groups.get(groupId);
    const members = [...(group?.members.values() ?? [])].filter(chosen);
    for (const member of members) if (group) this.removeMember(group, member);
    return members.length;
  }

  /** The group is gone, or becomes a classic one. Its members were looked at by the caller. */
  delete(group: ConsumerGroup): void {
    this.groups.delete(group.groupId);
    this.timers.delete(group);
  }

  close(): void {
    for (const timers of this.timers.values()) for (const own of timers.values()) cancelAll(own);
  }

  private create(groupId: string, inherited: GroupOffsets | undefined): ConsumerGroup {
    const group = new ConsumerGroup(groupId, this.directory, inherited);
    this.groups.set(groupId, group);
    return group;
  }

  private beat(
    group: ConsumerGroup,
    known: ConsumerMember | undefined,
    request: ConsumerHeartbeat,
  ): HeartbeatAnswer {
    group.resolvePatterns();
    const before = known === undefined ? this.newMember(request) : takenOver(known, request);
    const subscribed = { ...before, ...subscriptionAfter(before, request) };
    if (known !== undefined && known.memberId !== subscribed.memberId) this.replace(group, subscribed, known);
    else group.put(subscribed);
    group.update(known === undefined || !sameTopics(known, subscribed));
    const owned = request.topicPartitions === null ? undefined : fromLists(request.topicPartitions);
    const after = group.reconcile(subscribed, owned);
    group.put(after);
    this.keepAlive(group, subscribed, after);
    const isTold = isFullRequest(request) || !areEqual(before.assigned, after.assigned);
    return this.answer(after, isTold);
  }

  private newMember(request: ConsumerHeartbeat): ConsumerMember {
    const { memberId, instanceId, clientId, clientHost } = request;
    return {
      memberId: memberId === '' ? this.uniqueId() : memberId,
      ...{ instanceId, clientId, clientHost },
      ...{ rebalanceTimeoutMs: -1, topicNames: [], topicRegex: '', serverAssignor: null, rackId: null },
      ...{ state: 'stable', epoch: joiningEpoch, previousEpoch: joiningEpoch },
      ...{ assigned: noPartitions, pendingRevocation: noPartitions },
    };
  }

  private replace(group: ConsumerGroup, member: ConsumerMember, predecessor: ConsumerMember): void {
    cancelAll(this.timersOf(group, predecessor.memberId));
    group.replace(member, predecessor);
  }

  private leave(request: ConsumerHeartbeat): HeartbeatAnswer {
    const group = this.groups.get(request.groupId);
    if (group === undefined) return unknownGroup(`Group ${request.groupId} not found.`);
    const leaver = leaverOf(group, request);
    if ('errorCode' in leaver) return leaver;
    if (request.memberEpoch === leavingForAWhileEpoch) {
      const away = {
        state: 'stable',
        epoch: leavingForAWhileEpoch,
        pendingRevocation: noPartitions,
      } as const;
      group.put({ ...leaver, ...away });
      this.timersOf(group, leaver.memberId).rebalance?.cancel();
    } else {
      this.removeMember(group, leaver);
    }
    const { memberId } = leaver;
    const { memberEpoch } = request;
    return { errorCode: ErrorCode.NONE, memberId, memberEpoch, heartbeatIntervalMs: 0, assignment: null };
  }

  private answer({ memberId, epoch, assigned }: ConsumerMember, isTold: boolean): HeartbeatAnswer {
    return {
      errorCode: ErrorCode.NONE,
      memberId,
      memberEpoch: epoch,
      heartbeatIntervalMs: this.options.consumerHeartbeatIntervalMs ?? 5000,
      assignment: isTold ? toLists(assigned) : null,
    };
  }

  /** The session begins anew; while a revocation is awaited, the member's rebalance time-out runs from its beginning. */
  private keepAlive(group: ConsumerGroup, before: ConsumerMember, member: ConsumerMember): void {
    const timers = this.timersOf(group, member.memberId);
    const evict = () => this.evict(group.groupId, (other) => other.memberId === member.memberId);
    timers.session?.cancel();
    timers.session = this.clock.schedule(this.options.consumerSessionTimeoutMs ?? 45_000, evict);
    if (member.state === before.state && member.epoch === before.epoch) return;
    timers.rebalance?.cancel();
    if (member.state === 'unrevoked') {
      timers.rebalance = this.clock.schedule(member.rebalanceTimeoutMs, evict);
    }
  }

  private removeMember(group: ConsumerGroup, member: ConsumerMember): void {
    cancelAll(this.timersOf(group, member.memberId));
    this.timers.get(group)?.delete(member.memberId);
    group.remove(member);
  }

  private timersOf(group: ConsumerGroup, memberId: string): MemberTimers {
    const ofGroup = this.timers.get(group) ?? new Map<string, MemberTimers>();
    this.timers.set(group, ofGroup);
    const own = ofGroup.get(memberId) ?? {};
    ofGroup.set(memberId, own);
    return own;
  }
}

/** A static member that comes back has its predecessor's partitions, and reaches the group's epoch anew. */
function takenOver(known: ConsumerMember, request: ConsumerHeartbeat): ConsumerMember {
  if (known.epoch !== leavingForAWhileEpoch) return known;
  const { memberId, clientId, clientHost } = request;
  return { ...known, memberId, clientId, clientHost, epoch: joiningEpoch, previousEpoch: joiningEpoch };
}

function subscriptionAfter(member: ConsumerMember, request: ConsumerHeartbeat): Subscription {
  const { rebalanceTimeoutMs, subscribedTopicNames, subscribedTopicRegex, serverAssignor, rackId } = request;
  return {
    rebalanceTimeoutMs: rebalanceTimeoutMs === -1 ? member.rebalanceTimeoutMs : rebalanceTimeoutMs,
    topicNames: subscribedTopicNames ?? member.topicNames,
    topicRegex: subscribedTopicRegex ?? member.topicRegex,
    serverAssignor: serverAssignor ?? member.serverAssignor,
    rackId: rackId ?? member.rackId,
  };
}

function sameTopics(one: ConsumerMember, other: ConsumerMember): boolean {
  const names = (member: ConsumerMember) => [...new Set(member.topicNames)].sort().join('\n');
  return names(one) === names(other) && one.topicRegex === other.topicRegex;
}

/** A member that says everything wants to hear everything: it joins, or does not know what became of its last request. */
function isFullRequest(request: ConsumerHeartbeat): boolean {
  const { memberEpoch, rebalanceTimeoutMs, topicPartitions } = request;
  const subscribes = request.subscribedTopicNames !== null || request.subscribedTopicRegex !== null;
  return (
    memberEpoch === joiningEpoch || (rebalanceTimeoutMs !== -1 && subscribes && topicPartitions !== null)
  );
}

function cancelAll(timers: MemberTimers): void {
  timers.session?.cancel();
  timers.rebalance?.cancel();
}

function unknownGroup(message: string): HeartbeatProblem {
  return { errorCode: ErrorCode.GROUP_ID_NOT_FOUND, message };
}
