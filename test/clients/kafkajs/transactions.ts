import { setTimeout as sleep } from 'node:timers/promises';
import type { KafkaMessage, Producer, Transaction } from 'kafkajs';
import { errorOf, name, prefix, until, type Check, type Checks } from '../node/checks.js';
import {
  admin,
  committed,
  create,
  nameOf,
  producer,
  read,
  send,
  shared,
  startReader,
  values,
} from './support.js';

async function transactional(check: string, more: object = {}, loses?: string): Promise<Producer> {
  const settings = { idempotent: true, maxInFlightRequests: 1, transactionalId: name(check), ...more };
  const made = await producer(settings, loses);
  // Its id and epoch, which it would ask for at the first transaction.
  await (await made.transaction()).abort();
  return made;
}

/** What this client calls `high` is the last stable offset. */
async function lastStable(topic: string): Promise<unknown> {
  return (await admin.fetchTopicOffsets(topic))[0]?.high;
}

async function views(topic: string): Promise<object> {
  return {
    'last stable offset': await lastStable(topic),
    committed: await values(read(topic, true)),
    uncommitted: await values(read(topic)),
  };
}

/** After the markers: Apache Kafka answers EndTxn before it writes them. */
async function settledViews(topic: string, end: number): Promise<object> {
  await until('markers', async () => (await lastStable(topic)) === String(end));
  return views(topic);
}

async function ends(): Promise<unknown> {
  const topic = await create('txn-ends');
  const target = await transactional('txn-ends');
  const run = async (texts: string[], end: (transaction: Transaction) => Promise<void>) => {
    const transaction = await target.transaction();
    await send(transaction, topic, ...texts);
    await end(transaction);
  };
  await run(['a', 'b'], (transaction) => transaction.commit());
  await run(['c'], (transaction) => transaction.abort());
  await run(['d'], (transaction) => transaction.commit());
  await run([], (transaction) => transaction.commit());
  return settledViews(topic, 7);
}

async function openTransaction(): Promise<unknown> {
  const topic = await create('txn-open');
  const transaction = await (await transactional('txn-open')).transaction();
  await send(transaction, topic, 'x');
  await send(await shared(), topic, 'y');
  const early: KafkaMessage[] = [];
  const reader = await startReader(topic, true, early);
  // That nothing comes can only be waited for.
  await sleep(500);
  await reader.disconnect();
  const result = { 'seen while open': early.length, 'last stable offset': await lastStable(topic) };
  await transaction.commit();
  return { ...result, ended: await settledViews(topic, 3) };
}

/** Two producers in one partition. This client can filter one aborted transaction after the other, not two at once. */
async function interleaved(): Promise<unknown> {
  const topic = await create('txn-interleaved');
  const [one, two] = [await transactional('txn-one'), await transactional('txn-two')];
  const [first, second] = [await one.transaction(), await two.transaction()];
  await send(first, topic, '1a');
  await send(second, topic, '2a');
  await send(first, topic, '1b');
  await first.commit();
  await second.abort();
  return settledViews(topic, 5);
}

async function offsets(): Promise<unknown> {
  const [source, output] = [await create('txn-source'), await create('txn-output')];
  const group = name('txn-offsets');
  await send(await shared(), source, 'a', 'b', 'c');
  const target = await transactional('txn-offsets');
  const three = {
    consumerGroupId: group,
    topics: [{ topic: source, partitions: [{ partition: 0, offset: '3' }] }],
  };
  const aborted = await target.transaction();
  await send(aborted, output, 'abort');
  await aborted.sendOffsets(three);
  await aborted.abort();
  const afterAbort = await committed(group, source);
  const transaction = await target.transaction();
  await send(transaction, output, 'commit');
  // It does not try again when the last transaction is not complete yet (51).
  await until('offsets', async () => (await errorOf(() => transaction.sendOffsets(three), nameOf)) === null);
  await transaction.commit();
  await until('the marker', async () => JSON.stringify(await committed(group, source)).includes('"3"'));
  return {
    'after abort': afterAbort,
    'after commit': await committed(group, source),
    output: await settledViews(output, 4),
  };
}

async function fencing(): Promise<unknown> {
  const topic = await create('txn-fencing');
  const zombie = await (await transactional('txn-fencing')).transaction();
  await send(zombie, topic, 'zombie');
  const successor = await transactional('txn-fencing');
  const late = await errorOf(() => zombie.commit(), nameOf);
  const transaction = await successor.transaction();
  await send(transaction, topic, 'successor');
  await transaction.commit();
  return { commit: late, views: await settledViews(topic, 4) };
}

async function fencingAtSend(): Promise<unknown> {
  const topic = await create('txn-fencing-send');
  const zombie = await (await transactional('txn-fencing-send')).transaction();
  await send(zombie, topic, 'zombie');
  await transactional('txn-fencing-send');
  const late = await errorOf(() => send(zombie, topic, 'late'), nameOf);
  return { send: late, views: await settledViews(topic, 2) };
}

async function timeOut(): Promise<unknown> {
  const topic = await create('txn-time-out');
  const target = await transactional('txn-time-out', { transactionTimeout: 3000 });
  const transaction = await target.transaction();
  await send(transaction, topic, 'late');
  await until('aborted by the coordinator', async () => (await lastStable(topic)) === '2');
  return {
    commit: await errorOf(() => transaction.commit(), nameOf),
    views: await settledViews(topic, 2),
  };
}

function lost(api: string): Check {
  return async () => {
    const topic = await create(`txn-lost-${api}`);
    const target = await transactional(`txn-lost-${api}`, {}, `lose-${api}-1.${prefix}`);
    const transaction = await target.transaction();
    await send(transaction, topic, 'a', 'b');
    const commit = await errorOf(() => transaction.commit(), nameOf);
    return { commit, views: await settledViews(topic, 3) };
  };
}

export const transactionChecks: Checks = {
  'transactions: commit and abort': ends,
  'transactions: open': openTransaction,
  'transactions: interleaved': interleaved,
  'transactions: offsets': offsets,
  'transactions: fencing at commit': fencing,
  'transactions: fencing at send': fencingAtSend,
  'transactions: time-out': timeOut,
  'transactions: lost response of Produce': lost('Produce'),
  'transactions: lost response of EndTxn': lost('EndTxn'),
};
