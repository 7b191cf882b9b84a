// What is read of a log with transactions of every kind in it, the same on whatever broker.
import assert from 'node:assert/strict';
import {
  CompressionTypes,
  Kafka,
  logLevel,
  Partitioners,
  type KafkaClient,
  type Transaction,
} from '../../src/clients/kafkajs.js';
import type { Cluster } from '../../src/cluster/cluster.js';
import { openCluster } from '../../src/cluster/connected-cluster.js';
import { isVisible, type LogPosition, type LogReading } from '../../src/core/log/log.js';
import { untilItSucceeds } from '../harness/processes.js';

const topic = 'ledger';
const firstMs = 1_700_000_000_000;

/** Each batch as `first–last state: values`, in the order of the log; c1 is open. */
const whileOpen = [
  '0–1 committed gzip: p0 p1',
  '2–3 committed transactional: a0 a1',
  '4–4 marker commit',
  '5–6 aborted transactional: b0 b1',
  '7–7 marker abort',
  '8–8 open transactional: c0',
  '9–9 beyond-stable: p2',
  '10–10 beyond-stable transactional: d0',
  '11–11 marker commit',
  '12–12 aborted transactional: e0',
  '13–13 marker abort',
];

const afterwards = [
  ...whileOpen.slice(0, 5),
  '8–8 committed transactional: c0',
  '9–9 committed: p2',
  '10–10 committed transactional: d0',
  ...whileOpen.slice(8),
  '14–14 marker commit',
];

interface Log {
  cluster: Cluster;
  kafka: KafkaClient;
  endOpen: () => Promise<void>;
}

/** @param servers asked when the tests run: the broker is started before */
export function logBehaviour(servers: () => readonly string[]): void {
  const log = {} as Log;
  before(async () => {
    const bootstrapServers = servers();
    log.kafka = new Kafka({ clientId: 'app', brokers: [...bootstrapServers], logLevel: logLevel.NOTHING });
    log.cluster = await openCluster({ connection: { bootstrapServers } });
    log.endOpen = await writeLedger(log.kafka, log.cluster);
  });
  after(() => log.cluster.close());

  it('tells of each batch what it is, and whether its transaction was committed, aborted, or is open', async () => {
    const reading = await read(log, { kind: 'offset', offset: 0n });
    assert.deepEqual(reading.batches.map(inOneLine), whileOpen);
    assert.deepEqual(reading.bounds, { start: 0n, lastStable: 8n, end: 14n });
    assert.deepEqual([reading.from, reading.next], [0n, 14n]);
  });

  it('knows an aborted transaction that begins before what is read', async () => {
    const reading = await read(log, { kind: 'offset', offset: 6n });
    assert.deepEqual(reading.batches.map(inOneLine), whileOpen.slice(3));
    assert.equal(reading.from, 6n);
  });

  it('begins at the tail, at an offset within the log, or at a time', async () => {
    const firstOf = async (from: LogPosition) => (await read(log, from)).batches[0]?.baseOffset;
    assert.equal(await firstOf({ kind: 'tail', count: 3 }), 11n);
    assert.equal(await firstOf({ kind: 'tail', count: 1000 }), 0n);
    assert.equal(await firstOf({ kind: 'offset', offset: 99n }), undefined);
    assert.equal(await firstOf({ kind: 'time', atMs: firstMs + 1 }), 2n);
    assert.equal(await firstOf({ kind: 'time', atMs: Date.now() + 3_600_000 }), undefined);
  });

  it('reads no more bytes than it may, a batch at least, and says where to go on', async () => {
    const { batches, next } = await read(log, { kind: 'offset', offset: 0n }, 1);
    assert.deepEqual(batches.map(inOneLine), whileOpen.slice(0, 1));
    const rest = await read(log, { kind: 'offset', offset: next });
    assert.deepEqual(rest.batches.map(inOneLine), whileOpen.slice(1));
  });

  it('gives keys, headers and times as the producer sent them', async () => {
    const { batches } = await read(log, { kind: 'offset', offset: 0n });
    const [first] = batches[0]?.records ?? [];
    assert.ok(first);
    assert.deepEqual([Buffer.from(first.key ?? []).toString(), first.timestamp], ['k', BigInt(firstMs)]);
    assert.deepEqual(
      first.headers.map(({ name, value }) => [name, Buffer.from(value ?? []).toString()]),
      [['trace', 't1']],
    );
  });
  endingBehaviour(log);
}

/** Makes the log that all this is about, and a group that has read three records. @returns what commits the open transaction */
export async function writeLedger(kafka: KafkaClient, cluster: Cluster): Promise<() => Promise<void>> {
  await cluster.createTopic({ name: topic, partitions: 1 });
  await untilItSucceeds('The topic is led', () => read({ cluster }, { kind: 'tail', count: 1 }), {
    timeoutMs: 20_000,
  });
  const endOpen = await writeAll(kafka, cluster);
  const admin = kafka.admin();
  await admin.connect();
  await admin.setOffsets({ groupId: 'half-way', topic, partitions: [{ partition: 0, offset: '3' }] });
  await admin.disconnect();
  return endOpen;
}

function endingBehaviour(log: Log): void {
  it('says the same when the open transaction has ended, and what both kinds of readers are given', async () => {
    await log.endOpen();
    const reading = await untilItSucceeds(
      'The marker is written',
      async () => {
        const found = await read(log, { kind: 'offset', offset: 0n });
        assert.equal(found.bounds.lastStable, 15n);
        return found;
      },
      { timeoutMs: 10_000 },
    );
    assert.deepEqual(reading.batches.map(inOneLine), afterwards);
    for (const isolation of ['read_committed', 'read_uncommitted'] as const) {
      const visible = reading.batches.filter(({ state }) => isVisible(state, isolation));
      assert.deepEqual(await consumed(log.kafka, isolation), visible.flatMap(valuesOf), isolation);
    }
  });

  it('begins where the log begins when older records are gone', async () => {
    const admin = log.kafka.admin();
    await admin.connect();
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '8' }] });
    await admin.disconnect();
    const reading = await read(log, { kind: 'offset', offset: 0n });
    assert.deepEqual([reading.from, reading.bounds.start], [8n, 8n]);
    assert.equal(reading.batches.map(inOneLine)[0], '8–8 committed transactional: c0');
  });
}

function read(
  { cluster }: Pick<Log, 'cluster'>,
  from: LogPosition,
  maxBytes = 1_000_000,
): Promise<LogReading> {
  return cluster.readLog({ topic, partition: 0, from, maxBytes });
}

function inOneLine(batch: LogReading['batches'][number]): string {
  const { baseOffset, lastOffset, state, isTransactional, compression, marker } = batch;
  if (state === 'marker') return `${baseOffset}–${lastOffset} marker ${marker ?? '?'}`;
  const kinds = [
    ...(isTransactional ? ['transactional'] : []),
    ...(compression === 'none' ? [] : [compression]),
  ];
  return `${[`${baseOffset}–${lastOffset}`, state, ...kinds].join(' ')}: ${valuesOf(batch).join(' ')}`;
}

function valuesOf({ records }: LogReading['batches'][number]): readonly string[] {
  return records.map(({ value }) => Buffer.from(value ?? []).toString());
}

/** @returns what commits the transaction that is left open */
async function writeAll(kafka: KafkaClient, cluster: Cluster): Promise<() => Promise<void>> {
  const plain = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await plain.connect();
  const headers = { trace: 't1' };
  const first = ['p0', 'p1'].map((value) => ({ key: 'k', value, headers, timestamp: String(firstMs) }));
  await plain.send({ topic, messages: first, compression: CompressionTypes.GZIP });
  await inTransaction(kafka, 'a', 2, (transaction) => transaction.commit());
  await untilEnd(cluster, 5n);
  await inTransaction(kafka, 'b', 2, (transaction) => transaction.abort());
  await untilEnd(cluster, 8n);
  const open = await begun(kafka, 'c', 1);
  await plain.send({ topic, messages: [{ value: 'p2' }] });
  await inTransaction(kafka, 'd', 1, (transaction) => transaction.commit());
  await untilEnd(cluster, 12n);
  await inTransaction(kafka, 'e', 1, (transaction) => transaction.abort());
  await untilEnd(cluster, 14n);
  await plain.disconnect();
  return () => open.end((transaction) => transaction.commit());
}

/** Kafka answers EndTxn before the coordinator has written the markers (TransactionMarkerChannelManager). */
async function untilEnd(cluster: Cluster, end: bigint): Promise<void> {
  const isWritten = async () =>
    assert.equal((await read({ cluster }, { kind: 'tail', count: 1 })).bounds.end, end);
  await untilItSucceeds('The marker is written', isWritten, { timeoutMs: 20_000, everyMs: 10 });
}

type Ending = (transaction: Transaction) => Promise<void>;

async function inTransaction(kafka: KafkaClient, name: string, count: number, end: Ending): Promise<void> {
  await (await begun(kafka, name, count)).end(end);
}

async function begun(kafka: KafkaClient, name: string, count: number) {
  const producer = kafka.producer({
    transactionalId: `${topic}.${name}`,
    idempotent: true,
    maxInFlightRequests: 1,
  });
  await producer.connect();
  const transaction = await producer.transaction();
  await transaction.send({
    topic,
    messages: Array.from({ length: count }, (_, index) => ({ value: `${name}${index}` })),
  });
  return {
    end: async (ending: Ending) => {
      await ending(transaction);
      await producer.disconnect();
    },
  };
}

/** What a reader from the beginning is given until a second has brought nothing more. */
async function consumed(
  kafka: KafkaClient,
  isolation: 'read_committed' | 'read_uncommitted',
): Promise<readonly string[]> {
  const consumer = kafka.consumer({
    groupId: `${topic}.${isolation}`,
    readUncommitted: isolation === 'read_uncommitted',
    maxWaitTimeInMs: 100,
  });
  const values: string[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ message }) => void values.push(String(message.value)),
  });
  const isQuiet = async () => {
    const before = values.length;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.ok(before > 0 && values.length === before, `${values.length}`);
  };
  await untilItSucceeds('Nothing more comes', isQuiet, { timeoutMs: 20_000 });
  await consumer.disconnect();
  return values;
}
