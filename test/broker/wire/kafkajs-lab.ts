import { randomUUID } from 'node:crypto';
import { Broker } from '../../../src/broker/broker.js';
import { systemClock } from '../../../src/broker/clock.js';
import { listen, type Listeners } from '../../../src/broker/server.js';
import { Kafka, logLevel, Partitioners } from '../../../src/clients/kafkajs.js';
import type { Consumer, KafkaClient, Producer } from '../../../src/clients/kafkajs.js';
import type { BrokerEvent } from '../../../src/core/history/events.js';

interface Ending {
  disconnect(): Promise<void>;
}

export interface Seen {
  readonly partition: number;
  readonly offset: string;
  readonly value: string;
}

/** A served broker with three nodes, and kafkajs clients with lesson settings that are all closed at the end. */
export class KafkajsLab {
  readonly events: BrokerEvent[] = [];
  readonly mistakes: unknown[] = [];
  private readonly endings: Ending[] = [];

  private constructor(
    readonly broker: Broker,
    private readonly listeners: Listeners,
  ) {
    broker.onEvent((event) => this.events.push(event));
  }

  static async open(): Promise<KafkajsLab> {
    const mistakes: unknown[] = [];
    const onMistake = (error: unknown) => mistakes.push(error);
    const broker = new Broker({}, { clock: systemClock, uniqueId: randomUUID, onMistake });
    const lab = new KafkajsLab(broker, await listen(broker, { nodes: 3 }));
    broker.onRequest(() => lab.mistakes.push(...mistakes.splice(0)));
    return lab;
  }

  client(clientId: string): KafkaClient {
    return new Kafka({
      clientId,
      brokers: this.listeners.ports.map((port) => `127.0.0.1:${port}`),
      logLevel: logLevel.NOTHING,
      retry: { retries: 3, initialRetryTime: 50, maxRetryTime: 200 },
    });
  }

  async admin(clientId = 'admin') {
    const admin = this.client(clientId).admin();
    await admin.connect();
    this.endings.push(admin);
    return admin;
  }

  async producer(options: { readonly transactionalId?: string; readonly idempotent?: boolean } = {}) {
    const producer = this.client(options.transactionalId ?? 'producer').producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      maxInFlightRequests: 1,
      transactionTimeout: 10_000,
      ...options,
    });
    await producer.connect();
    this.endings.push(producer);
    return producer;
  }

  /** Reads from the beginning; `seen` grows, `until` waits for a number of records. */
  async consumer(groupId: string, topic: string, readUncommitted = false) {
    const consumer = this.client(`${groupId}-${this.endings.length}`).consumer({
      groupId,
      readUncommitted,
      sessionTimeout: 6000,
      heartbeatInterval: 100,
      rebalanceTimeout: 5000,
      maxWaitTimeInMs: 100,
    });
    await consumer.connect();
    this.endings.push(consumer);
    const reading = new Reading(consumer);
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await reading.run();
    return reading;
  }

  async createTopic(topic: string, numPartitions = 1): Promise<void> {
    const admin = await this.admin();
    const topics = [{ topic, numPartitions, replicationFactor: 1 }];
    await admin.createTopics({ topics, waitForLeaders: false });
  }

  async close(): Promise<void> {
    await Promise.all(this.endings.map((one) => one.disconnect()));
    this.broker.close();
    await this.listeners.close();
  }
}

/** What a consumer was given, and what it was assigned. */
export class Reading {
  readonly seen: Seen[] = [];
  assigned: readonly number[] = [];
  private changed: (() => void)[] = [];

  constructor(readonly consumer: Consumer) {
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      this.assigned = Object.values(payload.memberAssignment).flat();
      this.tell();
    });
  }

  async run(): Promise<void> {
    await this.consumer.run({
      autoCommit: false,
      eachMessage: ({ partition, message }) => {
        this.seen.push({ partition, offset: message.offset, value: String(message.value) });
        this.tell();
        return Promise.resolve();
      },
    });
    await this.until(() => this.assigned.length > 0);
  }

  async until(ready: (reading: Reading) => boolean): Promise<void> {
    while (!ready(this)) await new Promise<void>((resolve) => this.changed.push(resolve));
  }

  get values(): readonly string[] {
    return this.seen.map(({ value }) => value);
  }

  private tell(): void {
    for (const resolve of this.changed.splice(0)) resolve();
  }
}

export async function sendOne(producer: Pick<Producer, 'send'>, topic: string, value: string, partition = 0) {
  const [answer] = await producer.send({ topic, acks: -1, messages: [{ value, partition }] });
  return answer?.baseOffset;
}
