import { once } from 'node:events';
import type { Consumer } from 'kafkajs';
import {
  errorOf,
  longSessionMs,
  name,
  shortSessionMs,
  startMember as startMemberProcess,
  unsupported,
  until,
  type Checks,
} from '../node/checks.js';
import { admin, committed, consumer, create, nameOf, send, shared } from './support.js';

export interface Member {
  readonly consumer: Consumer;
  partitions: readonly number[];
  readonly seen: string[];
}

/** A member that knows what it has been given, and keeps what it reads. */
export async function startMember(
  group: string,
  topic: string,
  sessionTimeout = longSessionMs,
): Promise<Member> {
  const settings = { sessionTimeout, rebalanceTimeout: 10_000 };
  const member: Member = { consumer: consumer(group, settings), partitions: [], seen: [] };
  member.consumer.on('consumer.group_join', ({ payload }) => {
    member.partitions = payload.memberAssignment[topic] ?? [];
  });
  await member.consumer.connect();
  await member.consumer.subscribe({ topic, fromBeginning: true });
  await member.consumer.run({
    autoCommit: false,
    eachMessage: ({ message }) => Promise.resolve(void member.seen.push(message.value?.toString() ?? '')),
  });
  return member;
}

async function rebalance(): Promise<unknown> {
  const topic = await create('rebalance', 4);
  const group = name('rebalance');
  const one = await startMember(group, topic);
  await until('alone', () => one.partitions.length === 4);
  const two = await startMember(group, topic);
  await until('shared', () => one.partitions.length === 2 && two.partitions.length === 2);
  const all = [...one.partitions, ...two.partitions].sort();
  const started = Date.now();
  await two.consumer.disconnect();
  await until('alone again', () => one.partitions.length === 4);
  const atOnce = Date.now() - started < 10_000;
  await one.consumer.disconnect();
  return { 'shared by two': all, 'after a close': one.partitions.length, 'at once': atOnce };
}

async function crash(): Promise<unknown> {
  const topic = await create('crash', 2);
  const group = name('crash');
  const { child, alone } = await startMemberProcess(group, topic);
  const one = await startMember(group, topic, shortSessionMs);
  await until('shared', () => one.partitions.length === 1);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const killed = Date.now();
  await until('takeover', () => one.partitions.length === 2);
  const waitedMs = Date.now() - killed;
  await one.consumer.disconnect();
  // The last heartbeat of the dead member came up to one interval before it was killed.
  return { alone, takeover: 2, 'after its session': waitedMs > shortSessionMs - 600 };
}

/** The one that is killed: says what it was given, and goes on. */
export async function surviveUntilKilled(group: string, topic: string): Promise<void> {
  const one = await startMember(group, topic, shortSessionMs);
  await until('alone', () => one.partitions.length === 2);
  process.send?.(one.partitions.length);
}

async function positions(): Promise<unknown> {
  const topic = await create('positions');
  const group = name('positions');
  await send(await shared(), topic, 'a', 'b', 'c', 'd', 'e', 'f');
  const seen: unknown[] = [];
  for (const offset of ['3', '6']) {
    const one = await startMember(group, topic);
    await until('three', () => one.seen.length >= 3);
    await one.consumer.commitOffsets([{ topic, partition: 0, offset }]);
    await one.consumer.disconnect();
    seen.push(one.seen.slice(0, 3), await committed(group, topic));
  }
  return seen;
}

/** An operator sets a position by a member of its own, which a group in use refuses. */
async function lateCommit(): Promise<unknown> {
  const topic = await create('late-commit');
  const group = name('late-commit');
  const one = await startMember(group, topic);
  await until('alone', () => one.partitions.length === 1);
  const wanted = { groupId: group, topic, partitions: [{ partition: 0, offset: '5' }] };
  const inUse = await errorOf(() => admin.setOffsets(wanted), nameOf);
  await one.consumer.disconnect();
  return { 'set while in use': inUse, committed: await committed(group, topic) };
}

export const groupChecks: Checks = {
  'groups: rebalance and close': rebalance,
  'groups: static member': unsupported('kafkajs has no group.instance.id'),
  'groups: crash': crash,
  'groups: positions': positions,
  'groups: late commit': lateCommit,
};
