// What a measured client does, the same against either broker: plain kafkajs, as a user's program has it.
import { untilItSucceeds } from '../test/harness/processes.js';
import { timed } from './figure.js';
import { Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';

export type BootstrapServers = readonly string[];

function client(bootstrapServers: BootstrapServers): Kafka {
  return new Kafka({ clientId: 'bench', brokers: [...bootstrapServers], logLevel: logLevel.NOTHING });
}

/**
 * Creates a topic of one partition and waits for its leader. kafkajs itself would look for the leader only after 100 ms; here
 * that is asked every 5 ms, of either broker.
 */
export async function createTopic(bootstrapServers: BootstrapServers, topic: string): Promise<void> {
  const admin = client(bootstrapServers).admin();
  await admin.connect();
  try {
    const topics = [{ topic, numPartitions: 1, replicationFactor: 1 }];
    await admin.createTopics({ topics, waitForLeaders: false });
    await untilItSucceeds(
      'The topic has a leader',
      async () => {
        const { topics: described } = await admin.fetchTopicMetadata({ topics: [topic] });
        if ((described[0]?.partitions[0]?.leader ?? -1) < 0) throw new Error('no leader yet');
      },
      { timeoutMs: 10_000, everyMs: 5 },
    );
  } finally {
    await admin.disconnect();
  }
}

/** So that a broker in memory does not carry what earlier rounds wrote. */
export async function deleteTopic(bootstrapServers: BootstrapServers, topic: string): Promise<void> {
  const admin = client(bootstrapServers).admin();
  await admin.connect();
  try {
    await admin.deleteTopics({ topics: [topic] });
  } finally {
    await admin.disconnect();
  }
}

/** Produces `batches` × `perBatch` records of `bytes` with acks all, one request after the other. */
export async function produce(
  bootstrapServers: BootstrapServers,
  topic: string,
  {
    batches,
    perBatch,
    bytes,
  }: { readonly batches: number; readonly perBatch: number; readonly bytes: number },
): Promise<void> {
  const producer = client(bootstrapServers).producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  try {
    await sendBatches(producer, topic, batches, perBatch, 'x'.repeat(bytes));
  } finally {
    await producer.disconnect();
  }
}

async function sendBatches(
  producer: Producer,
  topic: string,
  batches: number,
  perBatch: number,
  value: string,
): Promise<void> {
  for (let batch = 0; batch < batches; batch++) {
    const messages = Array.from({ length: perBatch }, (_, index) => ({ key: `${batch}-${index}`, value }));
    await producer.send({ topic, messages, acks: -1 });
  }
}

/** Sends records one after the other with acks all. @returns milliseconds until each was acknowledged */
export async function latencies(
  bootstrapServers: BootstrapServers,
  topic: string,
  { count, bytes }: { readonly count: number; readonly bytes: number },
): Promise<readonly number[]> {
  const producer = client(bootstrapServers).producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  try {
    const messages = [{ value: 'x'.repeat(bytes) }];
    const send = () => producer.send({ topic, messages, acks: -1 });
    // The first one looks for the leader.
    await send();
    const all: number[] = [];
    for (let index = 0; index < count; index++) all.push(await timed(send));
    return all;
  } finally {
    await producer.disconnect();
  }
}

/**
 * Consumes from the beginning, with a group of its own, until `count` records have been processed.
 * @returns milliseconds from the first step to the last of those records; leaving the group is not a part of it
 */
export async function consume(
  bootstrapServers: BootstrapServers,
  topic: string,
  count: number,
): Promise<number> {
  const start = performance.now();
  const consumer = client(bootstrapServers).consumer({ groupId: `${topic}.readers` });
  await consumer.connect();
  try {
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    let seen = 0;
    const all = new Promise<number>((resolve) => {
      void consumer.run({
        eachBatch: ({ batch }) => {
          seen += batch.messages.length;
          if (seen >= count) resolve(performance.now());
          return Promise.resolve();
        },
      });
    });
    return (await all) - start;
  } finally {
    await consumer.disconnect();
  }
}
