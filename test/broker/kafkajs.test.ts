import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { ConfigResourceTypes } from '../../src/clients/kafkajs.js';
import { KafkajsLab, sendOne } from './wire/kafkajs-lab.js';

describe('kafkajs on the embedded broker', () => {
  let lab: KafkajsLab;
  beforeEach(async () => (lab = await KafkajsLab.open()));
  afterEach(async () => {
    await lab.close();
    assert.deepEqual(lab.mistakes, []);
  });

  it('sends with every acks and reads back what it sent', async () => {
    await lab.createTopic('t');
    const producer = await lab.producer();
    for (const acks of [-1, 1, 0]) {
      const messages = [{ value: `acks ${acks}`, partition: 0, key: 'k', headers: { h: 'v' } }];
      await producer.send({ topic: 't', acks, messages });
    }
    const reading = await lab.consumer('g', 't');
    await reading.until(({ seen }) => seen.length === 3);
    assert.deepEqual(reading.values, ['acks -1', 'acks 1', 'acks 0']);
  });

  it('shares partitions in a group of two, and one takes over when the other leaves', async () => {
    await lab.createTopic('t', 2);
    const first = await lab.consumer('g', 't');
    assert.deepEqual(first.assigned, [0, 1]);
    const second = await lab.consumer('g', 't');
    await first.until(({ assigned }) => assigned.length === 1);
    assert.deepEqual([...first.assigned, ...second.assigned].sort(), [0, 1]);
    await first.consumer.disconnect();
    await second.until(({ assigned }) => assigned.length === 2);
    const producer = await lab.producer();
    await sendOne(producer, 't', 'left', 0);
    await sendOne(producer, 't', 'right', 1);
    await second.until(({ seen }) => seen.length === 2);
  });

  it('goes on at the committed offset after a restart', async () => {
    await lab.createTopic('t');
    const producer = await lab.producer();
    for (const value of ['a', 'b', 'c']) await sendOne(producer, 't', value);
    const first = await lab.consumer('g', 't');
    await first.until(({ seen }) => seen.length === 3);
    await first.consumer.commitOffsets([{ topic: 't', partition: 0, offset: '2' }]);
    await first.consumer.disconnect();
    const second = await lab.consumer('g', 't');
    await second.until(({ seen }) => seen.length === 1);
    assert.deepEqual(second.values, ['c']);
  });

  it('hides an aborted transaction from read_committed, and nothing from read_uncommitted', async () => {
    await lab.createTopic('t');
    const producer = await lab.producer({ transactionalId: 'tx', idempotent: true });
    const aborted = await producer.transaction();
    await sendOne(aborted, 't', 'aborted');
    await aborted.abort();
    const committed = await producer.transaction();
    await sendOne(committed, 't', 'committed');
    await committed.commit();
    const careful = await lab.consumer('careful', 't');
    const curious = await lab.consumer('curious', 't', true);
    await careful.until(({ seen }) => seen.length === 1);
    await curious.until(({ seen }) => seen.length === 2);
    assert.deepEqual(careful.seen, [{ partition: 0, offset: '2', value: 'committed' }]);
    assert.deepEqual(curious.values, ['aborted', 'committed']);
  });

  it('moves committed offsets with a transaction: not before its commit, not at its abort', async () => {
    await lab.createTopic('t');
    const admin = await lab.admin();
    const offset = async () => {
      const [topic] = await admin.fetchOffsets({ groupId: 'g', topics: ['t'] });
      return topic?.partitions[0]?.offset;
    };
    const producer = await lab.producer({ transactionalId: 'tx', idempotent: true });
    const sendOffsets = async (position: string) => {
      const transaction = await producer.transaction();
      const topics = [{ topic: 't', partitions: [{ partition: 0, offset: position }] }];
      await transaction.sendOffsets({ consumerGroupId: 'g', topics });
      return transaction;
    };
    const first = await sendOffsets('5');
    assert.equal(await offset(), '-1');
    await first.commit();
    assert.equal(await offset(), '5');
    await (await sendOffsets('9')).abort();
    assert.equal(await offset(), '5');
  });

  it('is fenced by a newer producer with its transactional id', async () => {
    await lab.createTopic('t');
    const zombie = await lab.producer({ transactionalId: 'tx', idempotent: true });
    const open = await zombie.transaction();
    await sendOne(open, 't', 'zombie');
    const successor = await lab.producer({ transactionalId: 'tx', idempotent: true });
    const transaction = await successor.transaction();
    await sendOne(transaction, 't', 'successor');
    await transaction.commit();
    await assert.rejects(open.commit(), { type: 'INVALID_PRODUCER_EPOCH' });
    const reading = await lab.consumer('g', 't');
    await reading.until(({ seen }) => seen.length === 1);
    assert.deepEqual(reading.values, ['successor']);
    assert.ok(lab.events.some(({ type }) => type === 'fenced'));
  });

  it('stores a record twice when a response is lost, and once when it is idempotent', async () => {
    for (const idempotent of [false, true]) {
      const topic = `idempotent-${idempotent}`;
      await lab.createTopic(topic);
      const producer = await lab.producer({ idempotent });
      await sendOne(producer, topic, 'a');
      lab.broker.arm({ api: 'Produce', topic, phase: 'beforeReply', action: { kind: 'close' } });
      await sendOne(producer, topic, 'b');
      const end = lab.broker.services.cluster.partition(topic, 0)?.log.endOffset;
      assert.equal(end, idempotent ? 2n : 3n);
    }
    assert.equal(lab.events.filter(({ type }) => type === 'deduplicated').length, 1);
  });

  it('finds the new coordinator and the new leader when they move', async () => {
    await lab.createTopic('t');
    const producer = await lab.producer();
    await sendOne(producer, 't', 'a');
    const reading = await lab.consumer('g', 't');
    const { cluster } = lab.broker.services;
    const { nodeId } = cluster.coordinatorFor('group', 'g');
    cluster.moveCoordinator('group', 'g', (nodeId % 3) + 1);
    await reading.until(({ seen }) => seen.length === 1);
    await reading.consumer.commitOffsets([{ topic: 't', partition: 0, offset: '1' }]);
    assert.equal(lab.broker.services.groups.fetchOffsets('g', null, false)[0]?.offset, 1n);
    const partition = cluster.partition('t', 0);
    partition?.moveLeader(((partition.leader + 1) % 3) + 1);
    assert.equal(await sendOne(producer, 't', 'b'), '1');
    await reading.until(({ seen }) => seen.length === 2);
  });
});

describe('the admin client of kafkajs on the embedded broker', () => {
  let lab: KafkajsLab;
  beforeEach(async () => (lab = await KafkajsLab.open()));
  afterEach(async () => {
    await lab.close();
    assert.deepEqual(lab.mistakes, []);
  });

  it('manages topics, partitions and configurations', async () => {
    const admin = await lab.admin();
    const configEntries = [{ name: 'retention.ms', value: '1000' }];
    const wanted = { topic: 't', numPartitions: 2, replicationFactor: 3, configEntries };
    assert.equal(await admin.createTopics({ topics: [wanted], waitForLeaders: true }), true);
    assert.equal(await admin.createTopics({ topics: [wanted] }), false);
    assert.deepEqual(await admin.listTopics(), ['t']);
    assert.equal((await admin.describeCluster()).brokers.length, 3);
    await admin.createPartitions({ topicPartitions: [{ topic: 't', count: 3 }] });
    const { topics } = await admin.fetchTopicMetadata({ topics: ['t'] });
    assert.deepEqual(
      topics[0]?.partitions.map(({ isr }) => isr.length),
      [3, 3, 3],
    );
    const resource = { type: ConfigResourceTypes.TOPIC, name: 't' };
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ ...resource, configEntries: [{ name: 'max.message.bytes', value: '2000' }] }],
    });
    const configNames = ['max.message.bytes', 'retention.ms'];
    const described = await admin.describeConfigs({
      resources: [{ ...resource, configNames }],
      includeSynonyms: false,
    });
    assert.deepEqual(
      described.resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue]),
      [
        ['max.message.bytes', '2000'],
        ['retention.ms', '604800000'],
      ],
    );
    await admin.deleteTopics({ topics: ['t'] });
    assert.deepEqual(await admin.listTopics(), []);
  });

  it('reads, finds and deletes records by offset and by time', async () => {
    await lab.createTopic('t');
    const admin = await lab.admin();
    const producer = await lab.producer();
    for (const timestamp of ['1000', '2000', '3000']) {
      await producer.send({ topic: 't', messages: [{ value: timestamp, timestamp, partition: 0 }] });
    }
    const byTime = await admin.fetchTopicOffsetsByTimestamp('t', 1500);
    assert.equal(byTime[0]?.offset, '1');
    await admin.deleteTopicRecords({ topic: 't', partitions: [{ partition: 0, offset: '2' }] });
    const [{ low, high } = { low: '', high: '' }] = await admin.fetchTopicOffsets('t');
    assert.deepEqual([low, high], ['2', '3']);
  });

  it('describes, lists, resets and deletes groups', async function () {
    // Its resetOffsets joins the group as a consumer whose last fetch waits for five seconds.
    this.timeout(20_000);
    await lab.createTopic('t');
    const admin = await lab.admin();
    await sendOne(await lab.producer(), 't', 'a');
    const reading = await lab.consumer('g', 't');
    await reading.until(({ seen }) => seen.length === 1);
    const { groups } = await admin.describeGroups(['g', 'unknown']);
    assert.deepEqual(
      groups.map(({ groupId, state, members }) => [groupId, state, members.length]),
      [
        ['g', 'Stable', 1],
        ['unknown', 'Dead', 0],
      ],
    );
    await assert.rejects(admin.deleteGroups(['g']), { name: 'KafkaJSDeleteGroupsError' });
    await reading.consumer.disconnect();
    await admin.resetOffsets({ groupId: 'g', topic: 't', earliest: true });
    const [topic] = await admin.fetchOffsets({ groupId: 'g', topics: ['t'] });
    // kafkajs commits its own sign for "earliest", and Kafka takes any number.
    assert.equal(topic?.partitions[0]?.offset, '-2');
    assert.deepEqual(
      (await admin.listGroups()).groups.map(({ groupId }) => groupId),
      ['g'],
    );
    await admin.deleteGroups(['g']);
    assert.deepEqual((await admin.listGroups()).groups, []);
  });
});
