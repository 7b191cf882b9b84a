// What a connected cluster tells and does, the same on whatever broker.
import assert from 'node:assert/strict';
import { Kafka, logLevel, Partitioners, type KafkaClient } from '../../src/clients/kafkajs.js';
import type { Cluster, GroupState, ResetPlan } from '../../src/cluster/cluster.js';
import { openCluster } from '../../src/cluster/connected-cluster.js';
import { isLabError } from '../../src/core/lab-error.js';
import type { ResetTarget } from '../../src/core/lag/reset.js';
import { untilItSucceeds } from '../harness/processes.js';

const group = 'readers';
const topic = 'orders';
/** Milliseconds since 1970 of the first record; the others follow at a second each. */
const firstMs = 1_700_000_000_000;

interface Connected {
  cluster: Cluster;
  kafka: KafkaClient;
}

/** @param servers asked when the tests run: the broker is started before */
export function clusterBehaviour(servers: () => readonly string[]): void {
  const connected = {} as Connected;
  before(async () => {
    const bootstrapServers = servers();
    connected.kafka = new Kafka({
      clientId: 'app',
      brokers: [...bootstrapServers],
      logLevel: logLevel.NOTHING,
    });
    connected.cluster = await openCluster({ connection: { bootstrapServers } });
  });
  after(() => connected.cluster.close());
  topicBehaviour(connected);
  memberBehaviour(connected);
  planBehaviour(connected);
  resetBehaviour(connected);
  deleteBehaviour(connected);
}

function topicBehaviour(connected: Connected): void {
  it('creates a topic, and says in a word why it cannot', async () => {
    const { cluster } = connected;
    await cluster.createTopic({ name: topic, partitions: 2 });
    await refused('topic-exists', () => cluster.createTopic({ name: topic, partitions: 1 }));
    await refused('topic-not-created', () =>
      cluster.createTopic({ name: 'wide', partitions: 1, replicationFactor: 99 }),
    );
    await refused('topic-not-created', () => cluster.createTopic({ name: 'a/b', partitions: 1 }));
    const found = await eventually(async () => {
      const all = await cluster.topics();
      const one = all.find(({ name }) => name === topic);
      assert.equal(one?.leaderless, 0);
      return one;
    });
    assert.deepEqual(found, {
      ...{ name: topic, isInternal: false, partitionCount: 2, replicationFactor: 1 },
      ...{ underReplicated: 0, leaderless: 0 },
    });
  });

  it('tells of each partition its bounds, its replicas and its size', async () => {
    const { cluster, kafka } = connected;
    await eventually(async () => {
      for (const { bounds } of await cluster.partitions(topic)) assert.ok('end' in bounds);
    });
    await produce(kafka);
    const [first, second] = await cluster.partitions(topic);
    assert.ok(first && second);
    assert.deepEqual(first.bounds, { start: 0n, end: 5n, lastStable: 5n });
    assert.deepEqual(second.bounds, { start: 0n, end: 3n, lastStable: 3n });
    assert.ok(first.leader >= 0);
    assert.deepEqual([first.replicas, first.inSync], [[first.leader], [first.leader]]);
    assert.ok((first.sizeBytes ?? 0) > (second.sizeBytes ?? 0) && (second.sizeBytes ?? 0) > 0);
    await refused('topic-unreadable', () => cluster.partitions('nowhere'));
  });
}

function memberBehaviour(connected: Connected): void {
  it('tells who is in a group and who has which partition, and lets nobody change its offsets', async () => {
    const { cluster, kafka } = connected;
    const leave = await join(kafka);
    try {
      const state = await eventually(async () => {
        const found = await stateOf(cluster);
        assert.equal(found.state, 'Stable');
        assert.ok(found.rows.every(({ committed, owner }) => committed.kind === 'offset' && owner));
        return found;
      });
      const [member] = state.members ?? [];
      assert.ok(member);
      assert.deepEqual(
        [state.type === '' || state.type === 'classic', state.assignor],
        [true, 'RoundRobinAssigner'],
      );
      assert.deepEqual([member.clientId, member.host.replace('/', '')], ['app', '127.0.0.1']);
      assert.deepEqual(member.assignment, [
        { topic, partition: 0 },
        { topic, partition: 1 },
      ]);
      assert.deepEqual(
        state.rows.map(({ owner }) => owner),
        Array(2).fill({ memberId: member.memberId, clientId: 'app', host: member.host }),
      );
      assert.deepEqual(inOneLine(state), ['orders/0 5 lag 0', 'orders/1 3 lag 0']);
      // Whoever wants to reset must know which program to stop.
      await assert.rejects(
        cluster.planReset({ groupId: group, to: { kind: 'earliest' } }),
        (error) =>
          isLabError(error) && error.code === 'group-active' && error.args['members'] === 'app (127.0.0.1)',
      );
      const plan: ResetPlan = {
        groupId: group,
        rows: [{ topic, partition: 0, before: { kind: 'none' }, after: 1n, replays: 0n, skips: 0n }],
      };
      await refused('group-active', () => cluster.applyReset(plan, 'apply'));
      await refused('group-active', () => cluster.deleteGroup(group));
      await refused('group-active', () => cluster.deleteOffsets(group, [{ topic, partition: 0 }]));
      assert.deepEqual(inOneLine(await stateOf(cluster)), ['orders/0 5 lag 0', 'orders/1 3 lag 0']);
    } finally {
      await leave();
    }
  });
}

function planBehaviour(connected: Connected): void {
  const plans: readonly (readonly [string, ResetTarget, readonly string[]])[] = [
    ['the start', { kind: 'earliest' }, ['5→0 +5', '3→0 +3']],
    ['the end', { kind: 'latest' }, ['5→5', '3→3']],
    ['an offset, as far as a partition reaches', { kind: 'offset', offset: 4n }, ['5→4 +1', '3→3']],
    ['a time', { kind: 'time', atMs: firstMs + 1_500 }, ['5→2 +3', '3→2 +1']],
    ['a time after the last record', { kind: 'time', atMs: firstMs + 3_500 }, ['5→4 +1', '3→3']],
    ['some offsets before', { kind: 'by', count: -4n }, ['5→1 +4', '3→0 +3']],
  ];
  for (const [what, to, expected] of plans)
    it(`plans a reset to ${what}, and changes nothing by that`, async () => {
      const { cluster } = connected;
      const plan = await cluster.planReset({ groupId: group, to });
      assert.deepEqual(plannedIn(plan), expected);
      assert.deepEqual(inOneLine(await stateOf(cluster)), ['orders/0 5 lag 0', 'orders/1 3 lag 0']);
    });
}

function resetBehaviour(connected: Connected): void {
  it('resets the chosen partition alone, and undoes it', async () => {
    const { cluster } = connected;
    const partitions = [{ topic, partition: 1 }];
    const plan = await cluster.planReset({ groupId: group, to: { kind: 'earliest' }, partitions });
    await cluster.applyReset(plan, 'apply');
    assert.deepEqual(inOneLine(await stateOf(cluster)), ['orders/0 5 lag 0', 'orders/1 0 lag 3']);
    await cluster.applyReset(plan, 'undo');
    assert.deepEqual(inOneLine(await stateOf(cluster)), ['orders/0 5 lag 0', 'orders/1 3 lag 0']);
  });

  it('gives back, with the offset, what a client had written beside it', async () => {
    const { cluster, kafka } = connected;
    const before = { kind: 'offset', offset: 3n, metadata: 'written by a client' } as const;
    const row = { topic, partition: 1, before, after: 3n, replays: 0n, skips: 0n };
    await cluster.applyReset({ groupId: group, rows: [row] }, 'undo');
    const plan = await cluster.planReset({ groupId: group, to: { kind: 'earliest' } });
    await cluster.applyReset(plan, 'apply');
    assert.deepEqual(await storedBy(kafka), ['0', null]);
    await cluster.applyReset(plan, 'undo');
    assert.deepEqual(await storedBy(kafka), ['3', 'written by a client']);
  });

  it('plans the start of a topic that the group has never read, and says which there is not', async () => {
    const { cluster } = connected;
    await cluster.createTopic({ name: 'unread', partitions: 1 });
    const partitions = ['unread', 'nowhere'].map((name) => ({ topic: name, partition: 0 }));
    const plan = await eventually(async () => {
      const found = await cluster.planReset({ groupId: group, to: { kind: 'latest' }, partitions });
      assert.equal(found.rows[0]?.problem, undefined);
      return found;
    });
    assert.deepEqual(plannedIn(plan), ['–→0', '–→undefined']);
    assert.equal(plan.rows[1]?.problem, 'UNKNOWN_TOPIC_OR_PARTITION');
    await cluster.applyReset(plan, 'apply');
    assert.deepEqual(inOneLine(await stateOf(cluster)), [
      ...['orders/0 5 lag 0', 'orders/1 3 lag 0', 'unread/0 0 lag 0'],
    ]);
    await cluster.applyReset(plan, 'undo');
    assert.deepEqual(inOneLine(await stateOf(cluster)), ['orders/0 5 lag 0', 'orders/1 3 lag 0']);
    await cluster.deleteTopic('unread');
  });

  it('skips what is not read, and an undo gives back that nothing was committed', async () => {
    const { cluster } = connected;
    await cluster.deleteOffsets(group, [{ topic, partition: 0 }]);
    assert.deepEqual(inOneLine(await stateOf(cluster)), ['orders/0 – none', 'orders/1 3 lag 0']);
    const plan = await cluster.planReset({ groupId: group, to: { kind: 'offset', offset: 2n } });
    assert.deepEqual(plannedIn(plan), ['–→2', '3→2 +1']);
    await cluster.applyReset(plan, 'apply');
    const back = await cluster.planReset({ groupId: group, to: { kind: 'by', count: 1n } });
    assert.deepEqual(plannedIn(back), ['2→3 -1', '2→3 -1']);
    await cluster.applyReset(plan, 'undo');
    assert.deepEqual(inOneLine(await stateOf(cluster)), ['orders/0 – none', 'orders/1 3 lag 0']);
  });

  it('leaves alone, also when it is undone, what a plan could not change', async () => {
    const { cluster } = connected;
    const before = { kind: 'offset', offset: 1n } as const;
    const row = { topic, partition: 1, before, replays: 0n, skips: 0n, problem: 'LEADER_NOT_AVAILABLE' };
    for (const direction of ['apply', 'undo'] as const)
      await cluster.applyReset({ groupId: group, rows: [row] }, direction);
    assert.deepEqual(inOneLine(await stateOf(cluster)), ['orders/0 – none', 'orders/1 3 lag 0']);
  });
}

function deleteBehaviour(connected: Connected): void {
  it('deletes a group and a topic, and then there is none', async () => {
    const { cluster } = connected;
    await cluster.deleteGroup(group);
    assert.equal(await cluster.group(group), undefined);
    await refused('group-missing', () => cluster.planReset({ groupId: group, to: { kind: 'latest' } }));
    await cluster.deleteTopic(topic);
    await eventually(async () => {
      const names = (await cluster.topics()).map(({ name }) => name);
      assert.ok(!names.includes(topic));
    });
    await refused('topic-not-deleted', () => cluster.deleteTopic(topic));
  });
}

/** Offset and metadata of the second partition, as another client reads them. */
async function storedBy(kafka: KafkaClient): Promise<readonly (string | null | undefined)[]> {
  const admin = kafka.admin();
  await admin.connect();
  const [offsets] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
  await admin.disconnect();
  const found = offsets?.partitions.find(({ partition }) => partition === 1);
  return [found?.offset, found?.metadata];
}

async function refused(code: string, act: () => Promise<unknown>): Promise<void> {
  await assert.rejects(act, (error) => isLabError(error) && error.code === code, code);
}

function eventually<Value>(attempt: () => Promise<Value>): Promise<Value> {
  return untilItSucceeds('The cluster tells it', attempt, { timeoutMs: 20_000, everyMs: 50 });
}

async function stateOf(cluster: Cluster): Promise<GroupState> {
  const [one, listed] = await Promise.all([cluster.group(group), cluster.groups()]);
  const inList = listed.groups.find(({ groupId }) => groupId === group);
  assert.ok(one && inList);
  assert.deepEqual(inOneLine(one), inOneLine(inList));
  return one;
}

function inOneLine({ rows }: GroupState): readonly string[] {
  return rows.map(({ topic: name, partition, committed, lag }) => {
    const at = committed.kind === 'offset' ? String(committed.offset) : '–';
    const left = lag.kind === 'known' ? `lag ${lag.lag}` : lag.kind;
    return `${name}/${partition} ${at} ${left}`;
  });
}

/** `before→after`, and `+replays` or `-skips` where there are any. */
function plannedIn({ rows }: ResetPlan): readonly string[] {
  return rows.map(({ before, after, replays, skips }) => {
    const at = before.kind === 'offset' ? String(before.offset) : '–';
    const effect = replays > 0n ? ` +${replays}` : skips > 0n ? ` -${skips}` : '';
    return `${at}→${String(after)}${effect}`;
  });
}

/** Five records to the first partition and three to the second, a second apart. */
async function produce(kafka: KafkaClient): Promise<void> {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  for (const [partition, count] of [5, 3].entries()) {
    const messages = Array.from({ length: count }, (_, index) => ({
      partition,
      value: `m${index}`,
      timestamp: String(firstMs + index * 1000),
    }));
    await producer.send({ topic, messages });
  }
  await producer.disconnect();
}

/** A consumer that has read all and committed. @returns what lets it leave */
async function join(kafka: KafkaClient): Promise<() => Promise<void>> {
  const consumer = kafka.consumer({ groupId: group, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({ autoCommitInterval: 50, eachMessage: async () => undefined });
  return () => consumer.disconnect();
}
