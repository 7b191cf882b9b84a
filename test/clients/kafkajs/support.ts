import { randomUUID } from 'node:crypto';
import {
  Kafka,
  KafkaJSError,
  logLevel,
  Partitioners,
  type Consumer,
  type KafkaMessage,
  type Producer,
  type ProducerConfig,
} from 'kafkajs';
import { bootstrap, lossy, name, until } from '../node/checks.js';

const retry = { retries: 8, initialRetryTime: 50, maxRetryTime: 500 };

function kafka(clientId: string, brokers: string[] = bootstrap): Kafka {
  return new Kafka({ clientId, brokers, retry, logLevel: logLevel.NOTHING });
}

export const admin = kafka('matrix').admin();

/** Disconnected when the program ends, at the latest. */
const open = new Set<Producer | Consumer>();

export async function disconnectAll(): Promise<void> {
  await Promise.all([...open].map((client) => client.disconnect()));
  await admin.disconnect();
}

export async function producer(settings: ProducerConfig = {}, loses?: string): Promise<Producer> {
  const client = loses === undefined ? kafka('matrix') : kafka(loses, lossy);
  const made = client.producer({ createPartitioner: Partitioners.DefaultPartitioner, ...settings });
  await made.connect();
  open.add(made);
  return made;
}

let sharedProducer: Promise<Producer> | undefined;

/** For records that are only there to be read. */
export function shared(): Promise<Producer> {
  sharedProducer ??= producer();
  return sharedProducer;
}

export function consumer(groupId: string, more: object = {}): Consumer {
  const settings = { groupId, heartbeatInterval: 300, maxWaitTimeInMs: 100, retry, ...more };
  const made = kafka('matrix').consumer(settings);
  open.add(made);
  return made;
}

export async function create(
  check: string,
  partitions = 1,
  config: Readonly<Record<string, string>> = {},
): Promise<string> {
  const topic = name(check);
  const configEntries = Object.entries(config).map(([key, value]) => ({ name: key, value }));
  const wanted = { topic, numPartitions: partitions, replicationFactor: 1, configEntries };
  await admin.createTopics({ topics: [wanted], waitForLeaders: false });
  await until('created', async () => (await admin.listTopics()).includes(topic));
  return topic;
}

interface Sender {
  send: Producer['send'];
}

/** One after the other, each acknowledged; the offsets. */
export async function send(target: Sender, topic: string, ...values: string[]): Promise<unknown[]> {
  const offsets: unknown[] = [];
  for (const value of values) {
    const [answer] = await target.send({ topic, messages: [{ value, partition: 0 }] });
    offsets.push(Number(answer?.baseOffset));
  }
  return offsets;
}

const last = 'the last record';

/** What a new reader sees until a last record that is sent now: this client does not tell the end of a log. */
export async function read(topic: string, committed = false): Promise<KafkaMessage[]> {
  await send(await shared(), topic, last);
  const seen: KafkaMessage[] = [];
  const reader = await startReader(topic, committed, seen);
  await until(`the end of ${topic}`, () => seen.some(({ value }) => value?.toString() === last));
  await reader.disconnect();
  return seen.filter(({ value }) => value?.toString() !== last);
}

export async function startReader(
  topic: string,
  committed: boolean,
  seen: KafkaMessage[],
): Promise<Consumer> {
  const reader = consumer(name(`reader.${randomUUID()}`), { readUncommitted: !committed });
  await reader.connect();
  await reader.subscribe({ topic, fromBeginning: true });
  await reader.run({
    autoCommit: false,
    eachMessage: ({ message }) => Promise.resolve(void seen.push(message)),
  });
  return reader;
}

export async function values(records: Promise<KafkaMessage[]>): Promise<(string | null)[]> {
  return (await records).map(({ value }) => value?.toString() ?? null);
}

export async function committed(groupId: string, topic: string): Promise<unknown> {
  return (await admin.fetchOffsets({ groupId, topics: [topic] }))[0]?.partitions;
}

/** The type of Kafka's error where there is one, else the client's own class. */
export function nameOf(error: unknown): unknown {
  const errors = (error as { readonly errors?: readonly unknown[] }).errors;
  if (errors?.[0] !== undefined) return nameOf(errors[0]);
  const groups = (error as { readonly groups?: readonly { readonly errorCode: number }[] }).groups;
  if (groups !== undefined) return groups.map(({ errorCode }) => errorCode);
  const cause = (error as Error).cause;
  if (cause !== undefined) return nameOf(cause);
  const type = (error as { readonly type?: string }).type;
  return type ?? (error instanceof KafkaJSError ? error.name : String(error));
}
