import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Broker } from '../../../src/broker/broker.js';
import { systemClock } from '../../../src/broker/clock.js';
import { listen, type Listeners } from '../../../src/broker/server.js';
import type { Partition } from '../../../src/broker/state/partition.js';
import { Side } from '../../differential/side.js';
import type { ThreeNodes } from './cluster-under-test.js';

/** The embedded broker: what time and power cuts do to Apache Kafka, is done here by what the fault rules call. */
export async function startEmbeddedNodes(): Promise<ThreeNodes> {
  const mistakes: unknown[] = [];
  const onMistake = (error: unknown) => mistakes.push(error);
  const broker = new Broker({ nodes: 3 }, { clock: systemClock, uniqueId: randomUUID, onMistake });
  return new EmbeddedNodes(broker, await listen(broker, { nodes: 3 }), mistakes);
}

class EmbeddedNodes implements ThreeNodes {
  readonly name = 'the embedded broker';
  private readonly sides: readonly Side[];

  constructor(
    private readonly broker: Broker,
    private readonly listeners: Listeners,
    private readonly mistakes: readonly unknown[],
  ) {
    this.sides = listeners.ports.map((port) => new Side(`${this.name}:${port}`, { host: '127.0.0.1', port }));
  }

  node(nodeId: number): Side {
    const side = this.sides[nodeId - 1];
    assert.ok(side, `there is no node ${nodeId}`);
    return side;
  }

  hold(nodeId: number): Promise<void> {
    return done(() => this.holdEverywhere(nodeId, true));
  }

  release(nodeId: number): Promise<void> {
    return done(() => this.holdEverywhere(nodeId, false));
  }

  untilOutOfSync(topic: string, nodeId: number): Promise<void> {
    return done(() => this.leaveSync(topic, nodeId));
  }

  untilInSync(topic: string): Promise<void> {
    const partition = this.partition(topic);
    return done(() => partition.setInSyncReplicas(partition.replicas));
  }

  die(nodeId: number, heirs: Readonly<Record<string, number>>): Promise<void> {
    return done(() => {
      for (const [topic, heir] of Object.entries(heirs)) {
        this.partition(topic).moveLeader(heir);
        if (heir !== -1) this.leaveSync(topic, nodeId);
      }
      for (const other of [1, 2, 3]) this.holdEverywhere(other, false);
    });
  }

  electUnclean(topic: string, nodeId: number): Promise<void> {
    return done(() => this.partition(topic).moveLeader(nodeId));
  }

  readonly stop = async (): Promise<void> => {
    await Promise.all(this.sides.map((side) => side.close()));
    this.broker.close();
    await this.listeners.close();
    assert.deepEqual(this.mistakes, []);
  };

  private leaveSync(topic: string, nodeId: number): void {
    const partition = this.partition(topic);
    partition.setInSyncReplicas(partition.inSyncReplicas.filter((one) => one !== nodeId));
  }

  private holdEverywhere(nodeId: number, held: boolean): void {
    const partitions = this.broker.services.cluster.topics.flatMap((topic) => topic.partitions);
    for (const one of partitions) if (one.replicas.includes(nodeId)) one.holdFollowers([nodeId], held);
  }

  private partition(topic: string): Partition {
    const partition = this.broker.services.cluster.partition(topic, 0);
    assert.ok(partition, `there is no topic ${topic}`);
    return partition;
  }
}

function done(act: () => void): Promise<void> {
  act();
  return Promise.resolve();
}
