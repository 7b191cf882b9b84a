import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseFaultFile } from '../../src/broker/fault-file.js';
import { faultPhases } from '../../src/broker/fault-rule.js';
import { actionFields, ruleFields } from '../../src/broker/fault-shape.js';
import { registeredApis } from '../../src/broker/registry.js';
import { Partitioners, type KafkaClient } from '../../src/clients/kafkajs.js';
import { ServedBroker } from './served-broker.js';
import { runLab } from './spawned.js';

const page = readFileSync('docs/faults.md', 'utf8');
const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');
let folder: string;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lab-docs-faults-'));
});

after(() => rm(folder, { recursive: true, force: true }));

describe('docs/faults.md', () => {
  it('names every field, phase and action, and every field of each action', () => {
    for (const name of [...Object.keys(ruleFields), ...faultPhases])
      assert.ok(page.includes(`\`${name}\``), name);
    for (const [kind, { must, may }] of Object.entries(actionFields)) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${kind}\` |`)) ?? '';
      const fields = [...Object.keys(must), ...Object.keys(may).map((field) => `${field}?`)];
      assert.deepEqual(
        [...(row.split('|')[2] ?? '').matchAll(/`([\w?]+)`/g)].map(([, name]) => name),
        fields,
        kind,
      );
    }
  });

  it('has three examples that the broker takes', () => {
    assert.equal(examples.length, 3);
    for (const example of examples)
      assert.ok(parseFaultFile(example, { nodeIds: [1, 2, 3], apis: registeredApis }).ok);
  });

  it('is followed strictly: exit 2 and one sentence with file, rule and field, in both languages', async () => {
    const file = path.join(folder, 'wrong.json');
    const rule = { api: 'Produce', phase: 'received', action: { kind: 'drop-reply' } };
    const said = async (content: string, ...words: string[]) => {
      await writeFile(file, content);
      const { code, out, error } = await runLab(['broker', '--port', '0', '--faults', file, ...words]);
      assert.deepEqual([code, out], [2, '']);
      return error.replace(file, 'FILE');
    };
    assert.equal(
      await said(JSON.stringify([rule])),
      'FILE, rule 1: “phase”: drop-reply can only strike at afterAppend, beforeReply.\n',
    );
    assert.match(await said(JSON.stringify([{ ...rule, nht: 2 }])), /^FILE, rule 1: “nht” is no field here/);
    assert.match(
      await said(JSON.stringify([{ ...rule, node: 2, phase: 'beforeReply' }]), '--lang', 'fr'),
      /^FILE, règle 1\u00A0: «\u00A0node\u00A0»\u00A0: il n’y a pas de nœud 2\u00A0; il y a 1\.\n$/,
    );
    assert.match(await said('[{'), /^FILE is not JSON: /);
    assert.match(await said('{}'), /^FILE must hold a list of fault rules/);
    const missing = await runLab(['broker', '--faults', path.join(folder, 'no.json')]);
    assert.match(
      missing.error,
      /^The fault rules .*no\.json cannot be read: there is no such file or folder\.\n$/,
    );
    const unwritable = await runLab(['broker', '--port', '0', '--history', path.join(file, 'run.jsonl')]);
    assert.deepEqual([unwritable.code, unwritable.out], [2, '']);
    assert.match(unwritable.error, /run\.jsonl cannot be written/);
  }).timeout(60_000);

  it('an answer is lost: a duplicate, and none with idempotence', async () => {
    const plain = await verdictOf(0, [], (kafka) => produce(kafka, {}));
    assert.match(plain, /^duplicate 1 \(m2 at offsets 2 and 3\)$/m);
    const idempotent = await verdictOf(0, [], (kafka) => produce(kafka, { idempotent: true }));
    assert.match(idempotent, /^nothing lost, nothing doubled: the broker recognised one repeat$/m);
  }).timeout(60_000);

  it('a leader dies: a silent loss with acks=1, none with acks=all', async () => {
    const replicated = ['--replication', '3'];
    const one = await verdictOf(1, replicated, (kafka) => produce(kafka, { acks: 1 }));
    assert.match(one, /^lost 1 \(m2\), silent: the producer was told “ok”/m);
    const all = await verdictOf(1, replicated, (kafka) => produce(kafka, { acks: -1 }));
    assert.match(all, /^nothing lost, nothing doubled$/m);
  }).timeout(60_000);

  it('a consumer loses its place: it reads again what it has worked on', async () => {
    const seen: string[] = [];
    const told = await verdictOf(2, [], async (kafka) => {
      await produce(kafka, {});
      await consume(kafka, seen);
    });
    assert.equal(seen.filter((value) => value === 'm0').length, 2);
    assert.match(told, /group readers: orders\/0 committed to 5 of 5/);
  }).timeout(60_000);
});

/** What `check` says of a program that ran against the broker with one of the examples. */
async function verdictOf(
  example: number,
  words: readonly string[],
  program: (kafka: KafkaClient) => Promise<void>,
): Promise<string> {
  const faults = path.join(folder, 'faults.json');
  const history = path.join(folder, 'run.jsonl');
  await writeFile(faults, examples[example] ?? '');
  const files = ['--faults', faults, '--history', history];
  const broker = await ServedBroker.start(['--port', '0', '--auto-create', ...words, ...files]);
  await program(broker.kafka('my-app'));
  const { code } = await broker.stop();
  assert.equal(code, 0);
  return (await runLab(['check', history])).out;
}

async function produce(
  kafka: KafkaClient,
  { idempotent = false, acks = -1 }: { readonly idempotent?: boolean; readonly acks?: number },
): Promise<void> {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, idempotent });
  await producer.connect();
  for (const value of ['m0', 'm1', 'm2', 'm3', 'm4'])
    await producer.send({ topic: 'orders', acks, timeout: 500, messages: [{ value }] });
  await producer.disconnect();
}

/** Commits after each message, and ends when the last one is committed. */
async function consume(kafka: KafkaClient, seen: string[]): Promise<void> {
  const consumer = kafka.consumer({ groupId: 'readers', maxWaitTimeInMs: 100, heartbeatInterval: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics: ['orders'], fromBeginning: true });
  const committed = new Promise<void>((resolve) => {
    consumer.on(consumer.events.COMMIT_OFFSETS, ({ payload }) => {
      const offsets = payload.topics.flatMap(({ partitions }) => partitions.map(({ offset }) => offset));
      if (offsets.includes('5')) resolve();
    });
  });
  await consumer.run({
    autoCommitThreshold: 1,
    eachMessage: ({ message }) => {
      seen.push(String(message.value));
      return Promise.resolve();
    },
  });
  await committed;
  await consumer.disconnect();
}
