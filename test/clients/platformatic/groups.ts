import { once } from 'node:events';
import {
  longSessionMs,
  name,
  shortSessionMs,
  startMember as startMemberProcess,
  unsupported,
  until,
  type Checks,
} from '../node/checks.js';
import { close, consumer, create, send, shared, type TextConsumer, type TextMessage } from './support.js';

export interface Member {
  readonly consumer: TextConsumer;
  readonly seen: TextMessage[];
  partitions(): readonly number[];
}

export async function startMember(
  group: string,
  topic: string,
  sessionTimeout = longSessionMs,
): Promise<Member> {
  const settings = { sessionTimeout, rebalanceTimeout: longSessionMs, heartbeatInterval: 300 };
  const one = consumer(group, settings);
  const seen: TextMessage[] = [];
  const partitions = (): readonly number[] =>
    one.assignments?.find((assigned) => assigned.topic === topic)?.partitions ?? [];
  const stream = await one.consume({ topics: [topic], mode: 'committed', fallbackMode: 'earliest' });
  stream.on('data', (message) => seen.push(message));
  return { consumer: one, seen, partitions };
}

async function rebalance(): Promise<unknown> {
  const topic = await create('rebalance', 4);
  const group = name('rebalance');
  const one = await startMember(group, topic);
  await until('alone', () => one.partitions().length === 4);
  const two = await startMember(group, topic);
  await until('shared', () => one.partitions().length === 2 && two.partitions().length === 2);
  const all = [...one.partitions(), ...two.partitions()].sort();
  const started = Date.now();
  await close(two.consumer);
  await until('alone again', () => one.partitions().length === 4);
  const atOnce = Date.now() - started < 10_000;
  await close(one.consumer);
  return { 'shared by two': all, 'after a close': 4, 'at once': atOnce };
}

async function crash(): Promise<unknown> {
  const topic = await create('crash', 2);
  const group = name('crash');
  const { child, alone } = await startMemberProcess(group, topic);
  const one = await startMember(group, topic, shortSessionMs);
  await until('shared', () => one.partitions().length === 1);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const killed = Date.now();
  await until('takeover', () => one.partitions().length === 2);
  const waitedMs = Date.now() - killed;
  await close(one.consumer);
  // The last heartbeat of the dead member came up to one interval before it was killed.
  return { alone, takeover: 2, 'after its session': waitedMs > shortSessionMs - 600 };
}

/** The one that is killed: says what it was given, and goes on. */
export async function surviveUntilKilled(group: string, topic: string): Promise<void> {
  const one = await startMember(group, topic, shortSessionMs);
  await until('alone', () => one.partitions().length === 2);
  process.send?.(one.partitions().length);
}

async function positions(): Promise<unknown> {
  const topic = await create('positions');
  const group = name('positions');
  await send(shared, topic, 'a', 'b', 'c', 'd', 'e', 'f');
  const seen: unknown[] = [];
  for (const last of [2, 5]) {
    const one = await startMember(group, topic);
    await until('three', () => one.seen.length >= 3);
    await one.seen.find(({ offset }) => Number(offset) === last)?.commit();
    const committed = await one.consumer.listCommittedOffsets({ topics: [{ topic, partitions: [0] }] });
    seen.push(
      one.seen.slice(0, 3).map(({ value }) => value),
      Number(committed.get(topic)?.[0]),
    );
    await close(one.consumer);
  }
  return seen;
}

export const groupChecks: Checks = {
  'groups: rebalance and close': rebalance,
  'groups: static member': unsupported('@platformatic/kafka has no group.instance.id'),
  'groups: crash': crash,
  'groups: positions': positions,
  'groups: late commit': unsupported('@platformatic/kafka does not commit for another member'),
};
