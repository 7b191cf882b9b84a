import { randomBytes } from 'node:crypto';
import type { BrokerEvent } from '../../core/history/events.js';
import type { Clock } from '../clock.js';
import { ErrorCode } from '../protocol/errors.js';
import { Partition } from './partition.js';
import { nodeForKey, spreadReplicas } from './placement.js';
import { topicConfigProblem } from './topic-configs.js';
import { isValidTopicName, topicNamesCollide } from './topic-name.js';
import { Topic } from './topic.js';

export interface ClusterOptions {
  /** Virtual nodes, with ids from 1; 3 unless said. */
  readonly nodes?: number;
  /** The one name that is advertised; `localhost` unless said. */
  readonly host?: string;
  readonly clusterId?: string;
  /** Metadata for a topic that is not there creates it; off unless said. */
  readonly autoCreateTopics?: boolean;
  readonly defaultPartitions?: number;
  readonly defaultReplicationFactor?: number;
}

export interface ClusterNode {
  readonly nodeId: number;
  readonly host: string;
  /** 0 until the node listens. */
  readonly port: number;
}

export interface NewTopic {
  readonly name: string;
  /** −1: the cluster's default. */
  readonly partitions?: number;
  /** −1: the cluster's default. */
  readonly replicationFactor?: number;
  /** One list of node ids a partition, in order of the partitions; replaces the two above. */
  readonly assignments?: readonly (readonly number[])[];
  readonly configs?: readonly { readonly name: string; readonly value: string | null }[];
}

/** `message` is for the wire; it is English because Kafka's is. */
export interface ChangeResult {
  readonly errorCode: number;
  readonly message?: string;
  /** The topic as it is now, or as it would be (validate only). */
  readonly topic?: Topic;
}

/** ReplicationControlManager.MAX_PARTITIONS_PER_BATCH: a request for more is refused before anything is made. */
const mostNewPartitions = 10_000;
const tooMany: ChangeResult = {
  errorCode: ErrorCode.POLICY_VIOLATION,
  message: 'Excessively large number of partitions per request.',
};

/** All nodes look at this one state: what they differ in (leader, coordinator) is asked with a node id. */
export class Cluster {
  readonly clusterId: string;
  readonly autoCreateTopics: boolean;
  readonly defaultPartitions: number;
  readonly defaultReplicationFactor: number;
  private readonly nodesById = new Map<number, ClusterNode>();
  private readonly topicsByName = new Map<string, Topic>();
  private readonly movedCoordinators = new Map<string, number>();
  private readonly deletionListeners = new Set<(topic: Topic) => void>();
  private created = 0;

  constructor(
    options: ClusterOptions,
    private readonly clock: Clock,
    private readonly record: (event: BrokerEvent) => void,
  ) {
    this.clusterId = options.clusterId ?? newUuid();
    this.autoCreateTopics = options.autoCreateTopics ?? false;
    this.defaultPartitions = options.defaultPartitions ?? 1;
    this.defaultReplicationFactor = options.defaultReplicationFactor ?? 1;
    for (let nodeId = 1; nodeId <= (options.nodes ?? 3); nodeId++) {
      this.nodesById.set(nodeId, { nodeId, host: options.host ?? 'localhost', port: 0 });
    }
  }

  get nodes(): readonly ClusterNode[] {
    return [...this.nodesById.values()];
  }

  /** Always a listed node: librdkafka and Java insist on it. */
  get controllerId(): number {
    return this.nodeIds[0] ?? 1;
  }

  node(nodeId: number): ClusterNode | undefined {
    return this.nodesById.get(nodeId);
  }

  /** Called by the server once the node's port is known. */
  setPort(nodeId: number, port: number): void {
    const node = this.nodesById.get(nodeId);
    if (node === undefined) throw new Error(`no node ${String(nodeId)}`);
    this.nodesById.set(nodeId, { ...node, port });
  }

  get topics(): readonly Topic[] {
    return [...this.topicsByName.values()];
  }

  topic(name: string): Topic | undefined {
    return this.topicsByName.get(name);
  }

  topicById(id: string): Topic | undefined {
    return this.topics.find((topic) => topic.id === id);
  }

  partition(topic: string, index: number): Partition | undefined {
    return this.topicsByName.get(topic)?.partitions[index];
  }

  /** Errors: 17 name, 36 exists, 37 or 44 partitions, 38 replication, 39 assignment, 40 configuration, 42 contradiction. */
  createTopic(wanted: NewTopic, validateOnly = false): ChangeResult {
    const problem = this.nameProblem(wanted.name) ?? this.configProblem(wanted);
    if (problem !== undefined) return problem;
    const replicas = this.placeNewTopic(wanted);
    if ('errorCode' in replicas) return replicas;
    const topic = new Topic(wanted.name, newUuid(), replicas.lists[0]?.length ?? 1);
    for (const { name, value } of wanted.configs ?? []) if (value !== null) topic.configs.set(name, value);
    this.addPartitions(topic, replicas.lists);
    if (!validateOnly) {
      this.created += 1;
      this.topicsByName.set(topic.name, topic);
    }
    return { errorCode: ErrorCode.NONE, topic };
  }

  /** What Metadata does for a name that is not there, when the cluster and the client both want it. */
  autoCreateTopic(name: string): ChangeResult {
    const existing = this.topicsByName.get(name);
    return existing ? { errorCode: ErrorCode.NONE, topic: existing } : this.createTopic({ name });
  }

  /** Errors: 3. Waiting requests on its partitions wake up and find it gone. */
  deleteTopic(name: string): ChangeResult {
    const topic = this.topicsByName.get(name);
    if (topic === undefined) return { errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION };
    this.topicsByName.delete(name);
    for (const partition of topic.partitions) partition.close();
    for (const listener of this.deletionListeners) listener(topic);
    return { errorCode: ErrorCode.NONE, topic };
  }

  /** Committed offsets of a topic go with it: the group coordinator listens here. */
  onTopicDeleted(listener: (topic: Topic) => void): () => void {
    this.deletionListeners.add(listener);
    return () => this.deletionListeners.delete(listener);
  }

  /** `count` is the new total. Errors: 3, 37 when it is not more than before, 39, 44 too many at once. */
  createPartitions(
    name: string,
    count: number,
    assignments: readonly (readonly number[])[] | null = null,
    validateOnly = false,
  ): ChangeResult {
    const topic = this.topicsByName.get(name);
    if (topic === undefined) return { errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION };
    const before = topic.partitions.length;
    if (count <= before)
      return { errorCode: ErrorCode.INVALID_PARTITIONS, message: tooFew(name, before, count) };
    if (assignments !== null && assignments.length !== count - before) {
      const message = `${String(count - before)} assignments are needed, ${String(assignments.length)} were given.`;
      return { errorCode: ErrorCode.INVALID_REPLICA_ASSIGNMENT, message };
    }
    if (count - before > mostNewPartitions) return tooMany;
    const problem = this.assignmentProblem(assignments ?? []);
    if (problem !== undefined) return problem;
    const start = (topic.partitions[0]?.replicas[0] ?? 1) - 1 + before;
    const lists = assignments ?? spreadReplicas(this.nodeIds, count - before, topic.replicationFactor, start);
    if (!validateOnly) this.addPartitions(topic, lists);
    return { errorCode: ErrorCode.NONE, topic };
  }

  /** Which node coordinates a group or a transactional id. */
  coordinatorFor(kind: 'group' | 'transaction', key: string): ClusterNode {
    const nodeId = this.movedCoordinators.get(`${kind}:${key}`) ?? nodeForKey(this.nodeIds, key);
    const node = this.nodesById.get(nodeId);
    if (node === undefined) throw new Error(`no node ${String(nodeId)}`);
    return node;
  }

  /** For fault rules: from now on another node coordinates it; the state is shared, so nothing is lost. */
  moveCoordinator(kind: 'group' | 'transaction', key: string, nodeId: number): void {
    if (!this.nodesById.has(nodeId)) throw new Error(`no node ${String(nodeId)}`);
    this.movedCoordinators.set(`${kind}:${key}`, nodeId);
  }

  private get nodeIds(): readonly number[] {
    return [...this.nodesById.keys()];
  }

  private addPartitions(topic: Topic, lists: readonly (readonly number[])[]): void {
    for (const replicas of lists) {
      const index = topic.partitions.length;
      topic.partitions.push(
        new Partition({ topic, index, replicas, clock: this.clock, record: this.record }),
      );
    }
  }

  private placeNewTopic(wanted: NewTopic): { lists: readonly (readonly number[])[] } | ChangeResult {
    const assignments = wanted.assignments ?? [];
    if (assignments.length > 0) return this.assignmentProblem(assignments) ?? { lists: assignments };
    const partitions = orDefault(wanted.partitions, this.defaultPartitions);
    const factor = orDefault(wanted.replicationFactor, this.defaultReplicationFactor);
    const factorProblem = {
      errorCode: ErrorCode.INVALID_REPLICATION_FACTOR,
      message: this.factorMessage(factor),
    };
    // ReplicationControlManager.createTopic: what no cluster could do first, then what this one cannot.
    if (factor < 1) return factorProblem;
    if (partitions < 1) {
      return {
        errorCode: ErrorCode.INVALID_PARTITIONS,
        message: 'Number of partitions must be larger than 0.',
      };
    }
    if (partitions > mostNewPartitions) return tooMany;
    if (factor > this.nodesById.size) return factorProblem;
    return { lists: spreadReplicas(this.nodeIds, partitions, factor, this.created) };
  }

  private factorMessage(factor: number): string {
    if (factor < 1) return 'Replication factor must be larger than 0.';
    const nodes = `${String(this.nodesById.size)} broker(s) are registered`;
    return `Unable to replicate the partition ${String(factor)} time(s): The target replication factor of ${String(factor)} cannot be reached because only ${nodes}.`;
  }

  private assignmentProblem(lists: readonly (readonly number[])[]): ChangeResult | undefined {
    const size = lists[0]?.length ?? 0;
    const sound = lists.every(
      (list) =>
        list.length > 0 &&
        list.length === size &&
        new Set(list).size === list.length &&
        list.every((nodeId) => this.nodesById.has(nodeId)),
    );
    if (sound) return undefined;
    const message = 'Each partition needs the same number of different, existing brokers.';
    return { errorCode: ErrorCode.INVALID_REPLICA_ASSIGNMENT, message };
  }

  private nameProblem(name: string): ChangeResult | undefined {
    if (!isValidTopicName(name)) {
      return { errorCode: ErrorCode.INVALID_TOPIC_EXCEPTION, message: `Topic name '${name}' is invalid.` };
    }
    if (this.topicsByName.has(name)) {
      return { errorCode: ErrorCode.TOPIC_ALREADY_EXISTS, message: `Topic '${name}' already exists.` };
    }
    const other = this.topics.find((topic) => topicNamesCollide(topic.name, name));
    if (other === undefined) return undefined;
    const message = `Topic '${name}' collides with existing topic: ${other.name}`;
    return { errorCode: ErrorCode.INVALID_TOPIC_EXCEPTION, message };
  }

  private configProblem(wanted: NewTopic): ChangeResult | undefined {
    for (const { name, value } of wanted.configs ?? []) {
      const message = topicConfigProblem(name, value);
      if (message !== undefined) return { errorCode: ErrorCode.INVALID_CONFIG, message };
    }
    return undefined;
  }
}

/** Kafka's text form: base64url, 22 characters. */
function newUuid(): string {
  return randomBytes(16).toString('base64url');
}

function orDefault(value: number | undefined, otherwise: number): number {
  return value === undefined || value === -1 ? otherwise : value;
}

function tooFew(name: string, before: number, count: number): string {
  return `The topic ${name} currently has ${String(before)} partition(s); ${String(count)} would not be an increase.`;
}
