import { randomUUID } from 'node:crypto';
import {
  Admin,
  Consumer,
  Producer,
  stringDeserializers,
  stringSerializers,
  type ConsumerOptions,
  type ListOffsetsOptions,
  type Message,
  type ProducerOptions,
} from '@platformatic/kafka';
import { bootstrap, lossy, name, until } from '../node/checks.js';

export type TextConsumer = Consumer<string, string, string, string>;
export type TextProducer = Producer<string, string, string, string>;
export type TextMessage = Message<string, string, string, string>;

const common = { clientId: 'matrix', bootstrapBrokers: bootstrap, retries: 10, retryDelay: 50 };
const open = new Set<Admin | TextConsumer | TextProducer>();

export const admin = new Admin(common);
open.add(admin);

/** For positions only: it joins no group. */
const looker = consumer(name('looker'));

export async function closeAll(): Promise<void> {
  await Promise.allSettled([...open].map((client) => client.close()));
}

export function producer(
  settings: Partial<ProducerOptions<string, string, string, string>> = {},
  loses?: string,
): TextProducer {
  const where = loses === undefined ? common : { ...common, clientId: loses, bootstrapBrokers: lossy };
  const made = new Producer<string, string, string, string>({
    ...where,
    serializers: stringSerializers,
    ...settings,
  });
  open.add(made);
  return made;
}

export const shared = producer();

export function consumer(
  groupId: string,
  more: Partial<ConsumerOptions<string, string, string, string>> = {},
): TextConsumer {
  const settings = { ...common, groupId, autocommit: false, maxWaitTime: 100, ...more };
  const made = new Consumer<string, string, string, string>({
    ...settings,
    deserializers: stringDeserializers,
  });
  open.add(made);
  return made;
}

/** Leaves the group and closes, streams or not. */
export function close(client: TextConsumer): Promise<void> {
  return new Promise((resolve, reject) => {
    client.close(true, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

export async function create(
  check: string,
  partitions = 1,
  config: Readonly<Record<string, string>> = {},
): Promise<string> {
  const topic = name(check);
  const configs = Object.entries(config).map(([key, value]) => ({ name: key, value }));
  await admin.createTopics({ topics: [topic], partitions, replicas: 1, configs });
  await until('created', async () => (await admin.listTopics()).includes(topic));
  return topic;
}

/** One after the other, each acknowledged; the offsets. */
export async function send(target: TextProducer, topic: string, ...values: string[]): Promise<number[]> {
  const offsets: number[] = [];
  for (const value of values) {
    const answer = await target.send({ messages: [{ topic, partition: 0, value }] });
    offsets.push(Number(answer.offsets?.[0]?.offset));
  }
  return offsets;
}

export async function offsetAt(topic: string, more: Partial<ListOffsetsOptions> = {}): Promise<number> {
  return Number((await looker.listOffsets({ topics: [topic], ...more })).get(topic)?.[0]);
}

/** Every record that a new reader sees up to the end of partition 0. */
export async function read(topic: string): Promise<TextMessage[]> {
  const end = await offsetAt(topic);
  const seen: TextMessage[] = [];
  const reader = consumer(name(`reader.${randomUUID()}`));
  const stream = await reader.consume({ topics: [topic], mode: 'earliest' });
  stream.on('data', (message) => seen.push(message));
  await until(`the end of ${topic}`, () => Number(seen.at(-1)?.offset ?? -1) >= end - 1);
  await close(reader);
  return seen;
}

export async function values(records: Promise<TextMessage[]>): Promise<unknown[]> {
  return (await records).map(({ value }) => value);
}

/** Kafka's error where there is one, else the client's own code. */
export function nameOf(error: unknown): unknown {
  const { errors, apiId, cause, code } = error as {
    readonly errors?: readonly unknown[];
    readonly apiId?: string;
    readonly cause?: unknown;
    readonly code?: string;
  };
  if (apiId !== undefined) return apiId;
  if (errors?.[0] !== undefined) return nameOf(errors[0]);
  return cause === undefined ? (code ?? String(error)) : nameOf(cause);
}
