import { GroupOffsets } from '../offsets.js';
import { has, noPartitions, type AssignedPartitions } from './assigned-partitions.js';
import {
  assignors,
  defaultAssignor,
  isAssignor,
  type AssignableMember,
  type AssignorName,
  type PartitionCounts,
} from './assignors.js';
import type { ConsumerMember } from './consumer-member.js';
import { reconcile } from './reconcile.js';
import type { GroupTopic, TopicDirectory } from './topic-directory.js';
import { matchingNames } from './topic-regex.js';

export type ConsumerGroupState = 'Empty' | 'Assigning' | 'Reconciling' | 'Stable';

/**
 * A KIP-848 group at one moment (Kafka's ConsumerGroup): members, the target assignment and its epoch. The group's epoch rises
 * when members, subscriptions or topics change; the target follows it at the next heartbeat, and the members follow the target
 * one by one.
 */
export class ConsumerGroup {
  groupEpoch = 0;
  assignmentEpoch = 0;
  /** In the order of joining. */
  readonly members = new Map<string, ConsumerMember>();
  private readonly staticMembers = new Map<string, string>();
  private target = new Map<string, AssignedPartitions>();
  /** What the last epoch was made of: subscribed topics with their partitions. */
  private topicsThen = '';
  /** Pattern → names; patterns that nobody has resolved yet are missing. */
  private resolved: ReadonlyMap<string, readonly string[]> = new Map();
  private resolvedAmong = '';

  constructor(
    readonly groupId: string,
    private readonly directory: TopicDirectory,
    readonly offsets = new GroupOffsets(),
  ) {}

  get state(): ConsumerGroupState {
    if (this.members.size === 0) return 'Empty';
    if (this.groupEpoch > this.assignmentEpoch) return 'Assigning';
    const isSettled = [...this.members.values()].every(
      ({ state, epoch }) => state === 'stable' && epoch === this.assignmentEpoch,
    );
    return isSettled ? 'Stable' : 'Reconciling';
  }

  /** The assignor that most members ask for; one that none asks for is Kafka's first. */
  get assignorName(): AssignorName {
    const votes = new Map<AssignorName, number>();
    for (const { serverAssignor } of this.members.values()) {
      if (serverAssignor === null || !isAssignor(serverAssignor)) continue;
      votes.set(serverAssignor, (votes.get(serverAssignor) ?? 0) + 1);
    }
    return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? defaultAssignor;
  }

  staticMember(instanceId: string): ConsumerMember | undefined {
    return this.members.get(this.staticMembers.get(instanceId) ?? '');
  }

  targetOf(memberId: string): AssignedPartitions {
    return this.target.get(memberId) ?? noPartitions;
  }

  put(member: ConsumerMember): void {
    this.members.set(member.memberId, member);
    if (member.instanceId !== null) this.staticMembers.set(member.instanceId, member.memberId);
  }

  /** A static member under a new member id: what was its predecessor's is its own. */
  replace(member: ConsumerMember, predecessor: ConsumerMember): void {
    this.members.delete(predecessor.memberId);
    this.put(member);
    this.target.set(member.memberId, this.targetOf(predecessor.memberId));
    if (member.memberId !== predecessor.memberId) this.target.delete(predecessor.memberId);
  }

  /** Its partitions are free at once; the others get them when the next heartbeat makes a new target. */
  remove({ memberId, instanceId }: ConsumerMember): void {
    this.members.delete(memberId);
    this.target.delete(memberId);
    if (instanceId !== null) this.staticMembers.delete(instanceId);
    this.topicsThen = signature(this.partitionCounts());
    this.groupEpoch += 1;
  }

  /** Kafka resolves patterns beside the heartbeat that brings them: they count from the next one on. */
  resolvePatterns(): void {
    const names = this.directory.topics.map(({ name }) => name);
    const before = this.resolvedAmong === names.join() ? this.resolved : new Map<string, readonly string[]>();
    const patterns = new Set([...this.members.values()].map(({ topicRegex }) => topicRegex));
    patterns.delete('');
    this.resolvedAmong = names.join();
    this.resolved = new Map(
      [...patterns].map((pattern) => [pattern, before.get(pattern) ?? matchingNames(pattern, names)]),
    );
  }

  /** Raises the epoch if something has changed, and makes a new target if the epoch has risen. */
  update(hasSubscriptionChanged: boolean): void {
    const counts = this.partitionCounts();
    const topicsNow = signature(counts);
    if (hasSubscriptionChanged || topicsNow !== this.topicsThen) this.groupEpoch += 1;
    this.topicsThen = topicsNow;
    if (this.groupEpoch === this.assignmentEpoch) return;
    const members = [...this.members.values()].map((member) => this.assignable(member));
    this.target = new Map(assignors[this.assignorName](members, counts));
    this.assignmentEpoch = this.groupEpoch;
  }

  reconcile(member: ConsumerMember, owned: AssignedPartitions | undefined): ConsumerMember {
    const isFree = (topicId: string, partition: number) => !this.isHeldByOther(member, topicId, partition);
    const target = this.targetOf(member.memberId);
    const reconciled = reconcile(member, { target, targetEpoch: this.assignmentEpoch, owned, isFree });
    return { ...member, ...reconciled };
  }

  isSubscribedTo(topicName: string): boolean {
    return [...this.members.values()].some((member) => this.namesFor(member).includes(topicName));
  }

  private isHeldByOther(member: ConsumerMember, topicId: string, partition: number): boolean {
    return [...this.members.values()].some(
      (other) =>
        other.memberId !== member.memberId &&
        (has(other.assigned, topicId, partition) || has(other.pendingRevocation, topicId, partition)),
    );
  }

  private assignable(member: ConsumerMember): AssignableMember {
    const { memberId, instanceId } = member;
    const topicIds = new Set(this.topicsFor(member).map(({ id }) => id));
    return { memberId, instanceId, topicIds, current: this.targetOf(memberId) };
  }

  private partitionCounts(): PartitionCounts {
    const topics = [...this.members.values()].flatMap((member) => this.topicsFor(member));
    const sorted = topics.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
    return new Map(sorted.map(({ id, partitions }) => [id, partitions.length]));
  }

  private topicsFor(member: ConsumerMember): readonly GroupTopic[] {
    return this.namesFor(member)
      .map((name) => this.directory.topic(name))
      .filter((topic) => topic !== undefined);
  }

  private namesFor({ topicNames, topicRegex }: ConsumerMember): readonly string[] {
    return [...new Set([...topicNames, ...(this.resolved.get(topicRegex) ?? [])])];
  }
}

function signature(counts: PartitionCounts): string {
  return [...counts].map(([topicId, count]) => `${topicId}:${count}`).join();
}
