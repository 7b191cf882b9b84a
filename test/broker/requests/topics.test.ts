import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ErrorCode } from '../../../src/broker/protocol/errors.js';
import { zeroUuid } from '../../../src/broker/protocol/uuid.js';
import { offsetCommitHandler } from '../../../src/broker/requests/08-offset-commit.js';
import { createTopicsHandler } from '../../../src/broker/requests/19-create-topics.js';
import { deleteTopicsHandler } from '../../../src/broker/requests/20-delete-topics.js';
import { createPartitionsHandler } from '../../../src/broker/requests/37-create-partitions.js';
import { Bench } from './broker-bench.js';

const wanted = { name: 't', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };

async function create(bench: Bench, change: object, version = 3, validateOnly = false) {
  const answer = await bench.call(createTopicsHandler, version, {
    topics: [{ ...wanted, ...change }],
    validateOnly,
  });
  const [topic] = answer.topics;
  assert.ok(topic);
  return topic;
}

describe('CreateTopics', () => {
  it('answers each mistake with its own error', async () => {
    const bench = new Bench({ nodes: 3 });
    bench.topic('there');
    const codes: readonly [object, number][] = [
      [{ name: 'there' }, ErrorCode.TOPIC_ALREADY_EXISTS],
      [{ name: 'a b' }, ErrorCode.INVALID_TOPIC_EXCEPTION],
      [{ name: '' }, ErrorCode.INVALID_TOPIC_EXCEPTION],
      [{ name: '..' }, ErrorCode.INVALID_TOPIC_EXCEPTION],
      [{ name: 'x'.repeat(250) }, ErrorCode.INVALID_TOPIC_EXCEPTION],
      [{ numPartitions: 0 }, ErrorCode.INVALID_PARTITIONS],
      [{ replicationFactor: 4 }, ErrorCode.INVALID_REPLICATION_FACTOR],
      [{ replicationFactor: 0 }, ErrorCode.INVALID_REPLICATION_FACTOR],
      [{ configs: [{ name: 'retention.ms', value: 'soon' }] }, ErrorCode.INVALID_CONFIG],
      [{ configs: [{ name: 'retention.years', value: '1' }] }, ErrorCode.INVALID_CONFIG],
      [{ assignments: [{ partitionIndex: 0, brokerIds: [1] }] }, ErrorCode.INVALID_REQUEST],
    ];
    for (const [change, code] of codes) {
      const { errorCode, errorMessage } = await create(bench, change);
      assert.equal(errorCode, code, JSON.stringify(change));
      assert.notEqual(errorMessage, null);
    }
    assert.deepEqual(
      bench.services.cluster.topics.map(({ name }) => name),
      ['there'],
    );
  });

  it('takes −1 for the defaults, and manual assignments as they are', async () => {
    const bench = new Bench({ nodes: 3, defaultPartitions: 4, defaultReplicationFactor: 2 });
    const standard = await create(bench, { numPartitions: -1, replicationFactor: -1 }, 5);
    assert.deepEqual([standard.numPartitions, standard.replicationFactor], [4, 2]);
    const manual = { name: 'm', numPartitions: -1, replicationFactor: -1 };
    const lists = [
      { partitionIndex: 1, brokerIds: [3, 1] },
      { partitionIndex: 0, brokerIds: [2, 3] },
    ];
    assert.equal((await create(bench, { ...manual, assignments: lists })).errorCode, ErrorCode.NONE);
    const partitions = bench.services.cluster.topic('m')?.partitions ?? [];
    assert.deepEqual(
      partitions.map(({ replicas }) => replicas),
      [
        [2, 3],
        [3, 1],
      ],
    );
    const gap = [{ partitionIndex: 1, brokerIds: [1] }];
    const unknown = [{ partitionIndex: 0, brokerIds: [9] }];
    for (const assignments of [gap, unknown]) {
      const refused = await create(bench, { ...manual, name: 'n', assignments });
      assert.equal(refused.errorCode, ErrorCode.INVALID_REPLICA_ASSIGNMENT);
    }
  });

  it('only looks when it is to validate, and tells the topic from version 5, its id from 7', async () => {
    const bench = new Bench();
    assert.equal((await create(bench, {}, 3, true)).errorCode, ErrorCode.NONE);
    assert.equal(bench.services.cluster.topic('t'), undefined);
    const configs = [{ name: 'min.insync.replicas', value: '1' }];
    const told = await create(bench, { configs }, 7);
    assert.equal(told.topicId, bench.services.cluster.topic('t')?.id);
    const set = told.configs?.find(({ name }) => name === 'min.insync.replicas');
    assert.deepEqual([set?.value, set?.configSource], ['1', 1]);
  });

  it('refuses a name that occurs twice, and creates the others', async () => {
    const bench = new Bench();
    const topics = ['a', 'b', 'a'].map((name) => ({ ...wanted, name }));
    const answer = await bench.call(createTopicsHandler, 3, { topics });
    assert.deepEqual(
      answer.topics.map(({ name, errorCode }) => [name, errorCode]),
      [
        ['b', ErrorCode.NONE],
        ['a', ErrorCode.INVALID_REQUEST],
      ],
    );
  });
});

describe('DeleteTopics', () => {
  it('deletes by name, from version 6 by id, and takes committed offsets along', async () => {
    const bench = new Bench();
    bench.topic('a');
    const { topic: second } = bench.topic('b');
    const partition = { partitionIndex: 0, committedOffset: 1n, committedMetadata: null };
    const commit = {
      groupId: 'g',
      generationIdOrMemberEpoch: -1,
      topics: [{ name: 'a', partitions: [partition] }],
    };
    await bench.call(offsetCommitHandler, 5, commit);
    const byName = await bench.call(deleteTopicsHandler, 1, { topicNames: ['a', 'missing'] });
    assert.deepEqual(
      byName.responses.map(({ errorCode }) => errorCode),
      [ErrorCode.NONE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
    );
    const byId = await bench.call(deleteTopicsHandler, 6, {
      topics: [
        { name: null, topicId: second.id },
        { name: null, topicId: second.id },
        { name: 'b', topicId: second.id },
      ],
    });
    assert.deepEqual(
      byId.responses.map(({ errorCode }) => errorCode),
      [ErrorCode.NONE, ErrorCode.UNKNOWN_TOPIC_ID, ErrorCode.INVALID_REQUEST],
    );
    assert.equal(byId.responses[0]?.name, 'b');
    assert.equal(byName.responses[0]?.topicId, zeroUuid);
    assert.deepEqual(bench.services.cluster.topics, []);
  });
});

describe('CreatePartitions', () => {
  it('lets a topic grow, never shrink', async () => {
    const bench = new Bench({ nodes: 3 });
    bench.topic('t', { partitions: 2 });
    const grow = async (change: object, validateOnly = false) => {
      const topics = [{ name: 't', count: 3, assignments: null, ...change }];
      const answer = await bench.call(createPartitionsHandler, 1, { topics, validateOnly });
      return answer.results[0]?.errorCode;
    };
    assert.equal(await grow({}, true), ErrorCode.NONE);
    assert.equal(bench.services.cluster.topic('t')?.partitions.length, 2);
    assert.equal(await grow({ count: 2 }), ErrorCode.INVALID_PARTITIONS);
    assert.equal(await grow({ name: 'missing' }), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assert.equal(await grow({ assignments: [{ brokerIds: [9] }] }), ErrorCode.INVALID_REPLICA_ASSIGNMENT);
    assert.equal(await grow({ assignments: [{ brokerIds: [3] }] }), ErrorCode.NONE);
    assert.equal(bench.services.cluster.topic('t')?.partitions[2]?.leader, 3);
  });
});
