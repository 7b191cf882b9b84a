import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FaultRule } from '../../src/broker/fault-rule.js';
import { Partitioners, type KafkaClient } from '../../src/clients/kafkajs.js';
import type { HistoryEvent } from '../../src/core/history/events.js';
import { parseHistory } from '../../src/core/history/jsonl.js';
import { ServedBroker } from './served-broker.js';
import { runLab } from './spawned.js';

let folder: string;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lab-broker-history-'));
});

after(() => rm(folder, { recursive: true, force: true }));

describe('a history of somebody else’s program', () => {
  it('shows that an answer lost after the append makes kafkajs write the message twice', async () => {
    const { broker, history } = await serve('lost-response', [
      {
        id: 'lost',
        api: 'Produce',
        topic: 'orders',
        nth: 3,
        phase: 'beforeReply',
        action: { kind: 'close' },
      },
    ]);
    await produceAndConsume(broker.kafka('my-app'));
    const { code, out } = await broker.stop();
    assert.equal(code, 0);
    assert.match(out, /^fault lost armed: close · beforeReply$/m);
    assert.match(out, /^fault lost struck: close · beforeReply · Produce · orders\/0$/m);
    const verdict = await checked(history);
    assert.deepEqual(
      { ...verdict, code: undefined, counts: undefined },
      {
        code: undefined,
        counts: undefined,
        conclusive: true,
        anomalies: [['duplicate', 1]],
        observer: 'broker',
        groups: [{ group: 'readers', topic: 'orders', partition: 0, committed: 6, end: 6, timesBack: 0 }],
      },
    );
    assert.equal(verdict.code, 1);
    const { sent, ok, unknown, readCommitted } = verdict.counts;
    assert.deepEqual({ sent, ok, unknown, readCommitted }, { sent: 6, ok: 5, unknown: 1, readCommitted: 6 });
    const told = await runLab(['check', history]);
    assert.match(told.out, /duplicate 1 \(m2 at offsets 2 and 3\)/);
    assert.match(told.out, /group readers: orders\/0 committed to 6 of 6/);
    assert.match(told.out, /The broker alone recorded this/);
    assert.doesNotMatch(told.out, /inconclusive/);
    const types = new Set((await eventsIn(history)).map(({ type }) => type));
    for (const type of ['append', 'rebalance', 'fault', 'watermarks', 'drain'] as const)
      assert.ok(types.has(type), type);
  }).timeout(60_000);

  it('finds nothing wrong where idempotence recognises the repeat, and says that it did', async () => {
    const { broker, history } = await serve('idempotent', [
      { api: 'Produce', topic: 'orders', nth: 3, phase: 'beforeReply', action: { kind: 'close' } },
    ]);
    await produceAndConsume(broker.kafka('my-app'), true);
    await broker.stop();
    const { code, conclusive, anomalies, counts } = await checked(history);
    assert.deepEqual([code, conclusive, anomalies, counts['deduplicated']], [0, true, [], 1]);
  }).timeout(60_000);

  it('proves nothing when a fault that was armed never struck', async () => {
    const { broker, history } = await serve('never-struck', [
      { api: 'Produce', topic: 'another', phase: 'beforeReply', action: { kind: 'close' } },
    ]);
    await produceAndConsume(broker.kafka('my-app'));
    await broker.stop();
    const { code, conclusive, anomalies } = await checked(history);
    assert.deepEqual([code, conclusive, anomalies], [1, false, []]);
  }).timeout(60_000);

  it('tells transactions: what was aborted is seen by read_uncommitted alone', async () => {
    const { broker, history } = await serve('transactions', []);
    await transact(broker.kafka('my-app'));
    await broker.stop();
    const { code, conclusive, anomalies, counts } = await checked(history);
    assert.deepEqual([code, conclusive, anomalies], [0, true, [['aborted-visible', 1]]]);
    assert.deepEqual([counts['readUncommitted'], counts['readCommitted']], [2, 1]);
    const events = await eventsIn(history);
    const told = events.flatMap((event) =>
      'transaction' in event && event.type === 'ok' ? [`${event.f} ${event.transaction ?? ''}`] : [],
    );
    assert.deepEqual(told, [
      ...['begin billing/1', 'send billing/1', 'commit billing/1'],
      ...['begin billing/2', 'send billing/2', 'abort billing/2'],
    ]);
  }).timeout(60_000);
});

async function serve(name: string, rules: readonly FaultRule[]) {
  const history = path.join(folder, `${name}.jsonl`);
  const faults = path.join(folder, `${name}.faults.json`);
  await writeFile(faults, JSON.stringify(rules));
  const words = ['--port', '0', '--auto-create', '--faults', faults, '--history', history];
  return { broker: await ServedBroker.start(words), history };
}

/** A program that knows nothing of the lab: five messages one after the other, read by a group that commits at its end. */
async function produceAndConsume(kafka: KafkaClient, idempotent = false): Promise<void> {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, idempotent });
  await producer.connect();
  for (const value of ['m0', 'm1', 'm2', 'm3', 'm4'])
    await producer.send({ topic: 'orders', acks: -1, messages: [{ value }] });
  await producer.disconnect();
  const consumer = kafka.consumer({ groupId: 'readers', maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics: ['orders'], fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    const eachMessage = ({ message }: { message: { value: Buffer | null } }) => {
      if (String(message.value) === 'm4') setImmediate(resolve);
      return Promise.resolve();
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.disconnect();
}

async function transact(kafka: KafkaClient): Promise<void> {
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    transactionalId: 'billing',
    maxInFlightRequests: 1,
    idempotent: true,
  });
  await producer.connect();
  for (const end of ['commit', 'abort'] as const) {
    const transaction = await producer.transaction();
    await transaction.send({ topic: 'bills', messages: [{ value: `to ${end}` }] });
    await transaction[end]();
  }
  await producer.disconnect();
}

interface Checked {
  readonly code: number | null;
  readonly conclusive: boolean;
  readonly counts: Readonly<Record<string, number>>;
  readonly anomalies: readonly (readonly [string, number])[];
}

async function checked(file: string): Promise<Checked> {
  const { code, out } = await runLab(['check', file, '--json']);
  const { conclusive, counts, anomalies, observer, groups } = JSON.parse(out) as Omit<
    Checked,
    'anomalies'
  > & {
    readonly anomalies: readonly { readonly name: string; readonly count: number }[];
    readonly observer: string;
    readonly groups: readonly unknown[];
  };
  const named = anomalies.map(({ name, count }) => [name, count] as const);
  return { code, conclusive, counts, anomalies: named, ...{ observer, groups } };
}

async function eventsIn(file: string): Promise<readonly HistoryEvent[]> {
  const parsed = parseHistory(await readFile(file, 'utf8'));
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.history;
}
