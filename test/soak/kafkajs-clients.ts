import {
  Kafka,
  logLevel,
  Partitioners,
  type Consumer,
  type KafkaClient,
  type Producer,
} from '../../src/clients/kafkajs.js';
import type { Random } from '../broker/protocol/seeded-random.js';
import type { Ledger } from './ledger.js';
import { pause, type SoakClient } from './soak-client.js';

export const orders = 'orders';
export const processed = 'processed';

export function kafka(broker: string, clientId: string): KafkaClient {
  return new Kafka({ brokers: [broker], clientId, logLevel: logLevel.NOTHING });
}

/** A long poll holds a consumer up that wants to stop. */
const reading = { sessionTimeout: 10_000, maxWaitTimeInMs: 300 };

/** Sends orders, a few at a time, with retries that the broker recognises. */
export async function orderProducer(client: KafkaClient, name: string, ledger: Ledger): Promise<SoakClient> {
  const producer = client.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  let sent = 0;
  return {
    step: async () => {
      const values = Array.from({ length: 10 }, () => `${name}-${sent++}`);
      await producer.send({ topic: orders, messages: values.map((value) => ({ key: value, value })) });
      ledger.acknowledge(values, ['consumed', 'processed']);
      await pause(20);
    },
    stop: () => producer.disconnect(),
  };
}

/** Orders in, processed orders out, in transactions with their offsets; some of them are given up and done again. */
export async function pipeline(client: KafkaClient, random: Random): Promise<SoakClient> {
  const consumer = client.consumer({ ...reading, groupId: 'pipeline' });
  const producer = client.producer({
    transactionalId: 'pipeline',
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await Promise.all([consumer.connect(), producer.connect()]);
  await consumer.subscribe({ topic: orders, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    eachBatch: async (payload) => {
      const { batch } = payload;
      const isGivenUp = random.chance(0.1);
      await inTransaction(producer, batch, isGivenUp);
      if (isGivenUp)
        consumer.seek({ topic: orders, partition: batch.partition, offset: batch.firstOffset() ?? '0' });
      else payload.resolveOffset(batch.lastOffset());
      await payload.heartbeat();
    },
  });
  return { step: () => pause(100), stop: () => disconnect(consumer, producer) };
}

type Batch = Parameters<NonNullable<NonNullable<Parameters<Consumer['run']>[0]>['eachBatch']>>[0]['batch'];

async function inTransaction(producer: Producer, batch: Batch, isGivenUp: boolean): Promise<void> {
  const transaction = await producer.transaction();
  const messages = batch.messages.map(({ key, value }) => ({ key, value }));
  await transaction.send({ topic: processed, messages });
  const offset = (BigInt(batch.lastOffset()) + 1n).toString();
  const partitions = [{ partition: batch.partition, offset }];
  await transaction.sendOffsets({
    consumerGroupId: 'pipeline',
    topics: [{ topic: batch.topic, partitions }],
  });
  await (isGivenUp ? transaction.abort() : transaction.commit());
}

async function disconnect(consumer: Consumer, producer: Producer): Promise<void> {
  await consumer.disconnect();
  await producer.disconnect();
}

/** Reads one topic in a group and writes down what it reads. */
export async function reader(
  client: KafkaClient,
  topic: string,
  groupId: string,
  see: (record: string) => void,
): Promise<SoakClient> {
  const consumer = client.consumer({ ...reading, groupId, readUncommitted: false });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({ eachMessage: async ({ message }) => see(String(message.value)) });
  return { step: () => pause(100), stop: () => consumer.disconnect() };
}

/** A second member of a group that comes and goes: each time, everybody rebalances. */
export async function restlessReader(
  client: KafkaClient,
  groupId: string,
  see: (record: string) => void,
): Promise<SoakClient> {
  let present: SoakClient | undefined;
  return {
    step: async () => {
      present = await reader(client, orders, groupId, see);
      await pause(2500);
      await present.stop();
      present = undefined;
      await pause(1000);
    },
    stop: async () => present?.stop(),
  };
}
