import type { Side } from '../../differential/side.js';
import { createTopics } from '../../../src/broker/protocol/messages/19-create-topics.js';
import { metadata } from '../../../src/broker/protocol/messages/03-metadata.js';
import { untilItSucceeds } from '../../harness/processes.js';
import { readyTopics } from '../../differential/topic-pool.js';

/** Three nodes, with ids from 1, and what can befall them: the same for Apache Kafka and for the embedded broker. Errors are thrown. */
export interface ThreeNodes {
  readonly name: string;
  node(nodeId: number): Side;
  /** It copies nothing any more, and is not out of sync yet. */
  hold(nodeId: number): Promise<void>;
  release(nodeId: number): Promise<void>;
  /** Until a held follower has left the partition's in-sync replicas. */
  untilOutOfSync(topic: string, nodeId: number): Promise<void>;
  /** Until all replicas are in sync again. */
  untilInSync(topic: string): Promise<void>;
  /** The node ends as in a power cut, and those that were held go on; for each topic that it led, who leads next (−1: nobody can). */
  die(nodeId: number, heirs: Readonly<Record<string, number>>): Promise<void>;
  /** A replica that was out of sync leads. */
  electUnclean(topic: string, nodeId: number): Promise<void>;
  readonly stop: () => Promise<void>;
}

/** A topic of one partition; the first replica leads. Resolves when it leads and all replicas are in sync. */
export async function createTopic(
  cluster: ThreeNodes,
  name: string,
  { replicas, inSync }: { readonly replicas: readonly number[]; readonly inSync: number },
): Promise<void> {
  const leader = cluster.node(replicas[0] ?? 1);
  const topic = {
    name,
    numPartitions: -1,
    replicationFactor: -1,
    assignments: [{ partitionIndex: 0, brokerIds: [...replicas] }],
    configs: [{ name: 'min.insync.replicas', value: String(inSync) }],
  };
  const { topics } = await leader.ask(createTopics, 5, { topics: [topic], timeoutMs: 30_000 });
  if (topics[0]?.errorCode !== 0)
    throw new Error(`${cluster.name} makes no topic: ${String(topics[0]?.errorCode)}`);
  await eventually(`${cluster.name} leads ${name}`, () => readyTopics(leader, [name]));
  await cluster.untilInSync(name);
}

export interface PartitionState {
  readonly error: number;
  readonly leader: number;
  readonly epoch: number;
  readonly replicas: readonly number[];
  readonly inSync: readonly number[];
}

/** What a node knows of partition 0. @throws while it does not know the topic */
export async function describePartition(side: Side, topic: string): Promise<PartitionState> {
  const asked = { topics: [{ name: topic }], allowAutoTopicCreation: false };
  const { topics } = await side.ask(metadata, 10, asked);
  const found = topics[0]?.partitions[0];
  if (found === undefined) throw new Error(`${side.name} does not know ${topic}`);
  const { errorCode: error, leaderId: leader, leaderEpoch: epoch, replicaNodes, isrNodes } = found;
  return { error, leader, epoch, replicas: [...replicaNodes].sort(), inSync: [...isrNodes].sort() };
}

/** Kafka's background work has its own pace, slower still on a busy machine. */
export async function eventually<Value>(what: string, attempt: () => Promise<Value>): Promise<Value> {
  return untilItSucceeds(what, attempt, { timeoutMs: 45_000, everyMs: 20 });
}
