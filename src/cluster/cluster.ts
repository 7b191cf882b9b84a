import type { Bounds, Committed, Lag } from '../core/lag/lag.js';
import type { LogReading, LogRequest } from '../core/log/log.js';
import type { ResetTarget } from '../core/lag/reset.js';

/**
 * A connected cluster, as data. Every method asks for just what it names, each request with a time-out; what fails for one topic,
 * partition, group or node stands with it as a `problem` and hides nothing else.
 */
export interface Cluster {
  /** All topics, internal ones too, by name: one Metadata. */
  topics(): Promise<readonly TopicSummary[]>;
  /** A topic's partitions with their bounds and, where the user may read it, their size: for this topic only. */
  partitions(topic: string): Promise<readonly PartitionState[]>;
  /** Every group with its offsets and lags, and its members: 2 + 5B requests, and one or two more to each broker for the members. */
  groups(): Promise<GroupsReading>;
  /** One group, the ends of its partitions looked at for transaction markers. `undefined`: there is none of that name. */
  group(groupId: string): Promise<GroupState | undefined>;
  createTopic(topic: NewTopic): Promise<void>;
  deleteTopic(name: string): Promise<void>;
  /** What a reset would do to each partition. Nothing is changed. @throws LabError group-missing; group-active while somebody is in it */
  planReset(request: ResetRequest): Promise<ResetPlan>;
  /** Stores the plan's offsets, or, to undo it, those before (where there was none, it is deleted). @throws LabError group-active */
  applyReset(plan: ResetPlan, direction: 'apply' | 'undo'): Promise<void>;
  deleteGroup(groupId: string): Promise<void>;
  deleteOffsets(groupId: string, partitions: readonly TopicPartition[]): Promise<void>;
  /**
   * A stretch of a partition's log, as it lies there; nothing of it is left on the cluster.
   * @throws LabError topic-unreadable
   */
  readLog(request: LogRequest): Promise<LogReading>;
  /** Requests that were sent so far, handshakes apart. */
  readonly requestCount: number;
  close(): Promise<void>;
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

export interface TopicSummary {
  readonly name: string;
  readonly isInternal: boolean;
  readonly partitionCount: number;
  readonly replicationFactor: number;
  /** Partitions with fewer replicas in sync than there are replicas. */
  readonly underReplicated: number;
  readonly leaderless: number;
  /** Kafka's name for what is wrong with it. */
  readonly problem?: string;
}

export interface PartitionState extends TopicPartition {
  /** −1: none. */
  readonly leader: number;
  readonly replicas: readonly number[];
  readonly inSync: readonly number[];
  readonly bounds: Bounds;
  /** Of the leader's replica; absent where it may not be read, or the broker does not say. */
  readonly sizeBytes?: number;
}

export interface GroupsReading {
  /** By name. */
  readonly groups: readonly GroupState[];
  /** Nodes that did not tell their groups; the others' are here all the same. */
  readonly problems: readonly { readonly node: number; readonly reason: string }[];
}

export interface GroupState {
  readonly groupId: string;
  /** `classic`, `consumer`, `share`, `streams` …; empty where the broker is too old to tell (before Kafka 3.8). */
  readonly type: string;
  /** `Stable`, `Empty` …, as Kafka calls it; empty before Kafka 2.6. */
  readonly state: string;
  /** The assignor's name; empty where nobody is in it. */
  readonly assignor: string;
  /** Absent where it could not be read. */
  readonly members?: readonly GroupMember[];
  /** A row for each partition of each topic in which the group has stored an offset, and for what its members have, by topic and partition. */
  readonly rows: readonly GroupRow[];
  /** Why its offsets or its members could not be read. */
  readonly problem?: string;
}

export interface GroupMember {
  readonly memberId: string;
  readonly clientId: string;
  readonly host: string;
  /** `group.instance.id` of a static member. */
  readonly instanceId?: string;
  readonly assignment: readonly TopicPartition[];
}

export interface GroupRow extends TopicPartition {
  readonly committed: Committed;
  readonly bounds: Bounds;
  readonly lag: Lag;
  /** The member that the partition is assigned to. */
  readonly owner?: Pick<GroupMember, 'memberId' | 'clientId' | 'host'>;
}

export interface NewTopic {
  readonly name: string;
  readonly partitions: number;
  /** Absent: the cluster's own default. */
  readonly replicationFactor?: number;
}

export interface ResetRequest {
  readonly groupId: string;
  readonly to: ResetTarget;
  /** Absent: all rows of the group. Others may be named too, to begin where the group has never read. */
  readonly partitions?: readonly TopicPartition[];
}

export interface ResetPlan {
  readonly groupId: string;
  readonly rows: readonly ResetRow[];
}

export interface ResetRow extends TopicPartition {
  readonly before: Committed;
  /** Within start and end, wherever the request pointed. Absent where it could not be found out. */
  readonly after?: bigint;
  /** Offsets that would be read again, or would never be read; 0 for both where nothing changes. */
  readonly replays: bigint;
  readonly skips: bigint;
  /** Why this partition stays as it is. */
  readonly problem?: string;
}
