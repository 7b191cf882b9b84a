import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { Side } from '../../differential/side.js';
import { startKafka, type RealKafka } from '../../harness/kafka.js';
import type { KafkaVersion } from '../../harness/kafka-jars.js';
import { describePartition, eventually, type PartitionState, type ThreeNodes } from './cluster-under-test.js';
import { electLeaders, ElectionType } from './elect-leaders.js';

/** How long a follower's fetch waits for something new: so long after it was stopped, nothing of its is under way. */
const fetchWaitMs = 200;

const quickerThanByDefault = {
  'replica.fetch.wait.max.ms': fetchWaitMs,
  // A follower that copies nothing is out of sync after this time at least, and one and a half times of it at most.
  'replica.lag.time.max.ms': 2500,
  // A leader that is gone has a successor after this time.
  'broker.session.timeout.ms': 6000,
  'broker.heartbeat.interval.ms': 500,
};

/** An Apache Kafka of three nodes, whose processes are stopped, continued and killed; the controller is a process of its own. */
export async function startApacheNodes(version: KafkaVersion): Promise<ThreeNodes> {
  const properties = quickerThanByDefault;
  return new ApacheNodes(await startKafka({ version, nodes: 3, separateController: true, properties }));
}

class ApacheNodes implements ThreeNodes {
  readonly name: string;
  private readonly sides: readonly Side[];
  private readonly held = new Set<number>();
  private readonly dead = new Set<number>();

  constructor(private readonly kafka: RealKafka) {
    this.name = `Apache Kafka ${kafka.version}`;
    this.sides = kafka.addresses.map(
      (address, index) => new Side(`${this.name}, node ${index + 1}`, address),
    );
  }

  node(nodeId: number): Side {
    const side = this.sides[nodeId - 1];
    assert.ok(side, `there is no node ${nodeId}`);
    return side;
  }

  async hold(nodeId: number): Promise<void> {
    this.signal(nodeId, 'SIGSTOP');
    this.held.add(nodeId);
    await delay(2 * fetchWaitMs);
  }

  release(nodeId: number): Promise<void> {
    this.signal(nodeId, 'SIGCONT');
    this.held.delete(nodeId);
    return Promise.resolve();
  }

  untilOutOfSync(topic: string, nodeId: number): Promise<void> {
    return this.untilAllKnow(topic, ({ inSync }) => !inSync.includes(nodeId));
  }

  untilInSync(topic: string): Promise<void> {
    return this.untilAllKnow(topic, ({ inSync, replicas }) => inSync.join() === replicas.join());
  }

  async die(nodeId: number, heirs: Readonly<Record<string, number>>): Promise<void> {
    this.dead.add(nodeId);
    await this.kafka.killNode(nodeId - 1);
    for (const held of this.held) await this.release(held);
    for (const [topic, heir] of Object.entries(heirs))
      await this.untilAllKnow(topic, ({ leader }) => leader === heir);
  }

  async electUnclean(topic: string, nodeId: number): Promise<void> {
    const { replicaElectionResults } = await this.node(nodeId).ask(electLeaders, 1, {
      electionType: ElectionType.unclean,
      topicPartitions: [{ topic, partitions: [0] }],
      timeoutMs: 10_000,
    });
    assert.equal(replicaElectionResults[0]?.partitionResult[0]?.errorCode, 0);
    await this.untilAllKnow(topic, ({ leader }) => leader === nodeId);
  }

  readonly stop = async (): Promise<void> => {
    for (const nodeId of this.held) await this.release(nodeId);
    await Promise.all(this.sides.map((side) => side.close()));
    await this.kafka.stop();
  };

  private async untilAllKnow(topic: string, isSo: (state: PartitionState) => boolean): Promise<void> {
    for (const [index, side] of this.sides.entries()) {
      if (this.dead.has(index + 1) || this.held.has(index + 1)) continue;
      await eventually(`${side.name} knows the new state of ${topic}`, async () => {
        const state = await describePartition(side, topic);
        assert.ok(isSo(state), JSON.stringify(state));
      });
    }
  }

  private signal(nodeId: number, name: NodeJS.Signals): void {
    const pid = this.kafka.pids[nodeId - 1];
    assert.ok(pid, `there is no node ${nodeId}`);
    process.kill(pid, name);
  }
}
