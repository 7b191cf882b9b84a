import { Broker, type BrokerOptions } from '../../../src/broker/broker.js';
import { DrivenClock } from '../../../src/broker/clock.js';
import type { FaultRuleEvent } from '../../../src/broker/fault-rule.js';
import { encodeRecordBatch } from '../../../src/broker/protocol/encode-record-batch.js';
import { produce } from '../../../src/broker/protocol/messages/00-produce.js';
import { createTopics } from '../../../src/broker/protocol/messages/19-create-topics.js';
import type { RequestEvent } from '../../../src/broker/request-event.js';
import { duplexPair } from './duplex-pair.js';
import { WireClient } from './wire-client.js';

/** A whole broker without a socket: one node unless said, on a driven clock; a mistake in it fails the test. */
export class BrokerInMemory {
  readonly clock = new DrivenClock();
  readonly broker: Broker;
  readonly rules: FaultRuleEvent[] = [];
  readonly mistakes: unknown[] = [];
  private ids = 0;

  constructor(options: BrokerOptions = {}) {
    this.broker = new Broker(
      { nodes: 1, ...options },
      {
        clock: this.clock,
        uniqueId: () => String(++this.ids),
        onMistake: (error) => this.mistakes.push(error),
      },
    );
    this.broker.onRule((event) => this.rules.push(event));
  }

  connect(nodeId = 1, clientId?: string): WireClient {
    const [near, far] = duplexPair();
    this.broker.accept(far, nodeId);
    return new WireClient(near, clientId);
  }

  requests(): readonly RequestEvent[] {
    const told: RequestEvent[] = [];
    this.broker.onRequest((event) => told.push(event));
    return told;
  }

  async createTopic(name: string, partitions = 1, replicationFactor = 1): Promise<void> {
    const client = this.connect();
    const topic = { name, numPartitions: partitions, replicationFactor };
    await client.call(createTopics, 3, { topics: [topic] });
    await client.close();
  }

  endOffset(topic: string, partition = 0): bigint {
    return this.broker.services.cluster.partition(topic, partition)?.log.endOffset ?? -1n;
  }

  fired(): readonly string[] {
    return this.rules.filter(({ event }) => event === 'fired').map(({ action }) => action);
  }
}

/** A Produce request with one record for each value. */
export function producing(topic: string, acks: number, ...values: readonly string[]) {
  const records = encodeRecordBatch({ records: values.map((value) => ({ value: Buffer.from(value) })) });
  return { acks, timeoutMs: 1000, topicData: [{ name: topic, partitionData: [{ index: 0, records }] }] };
}

export async function send(client: WireClient, topic: string, value: string) {
  const answer = await client.call(produce, 7, producing(topic, -1, value));
  return answer.responses[0]?.partitionResponses[0];
}
