import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ErrorCode } from '../../../src/broker/protocol/errors.js';
import { zeroUuid } from '../../../src/broker/protocol/uuid.js';
import { metadataHandler } from '../../../src/broker/requests/03-metadata.js';
import { Bench } from './broker-bench.js';

const asked = (...names: string[]) => ({ topics: names.map((name) => ({ name, topicId: zeroUuid })) });

describe('Metadata', () => {
  it('names all nodes, a controller among them, and where partitions are led and kept', async () => {
    const bench = new Bench({ nodes: 3, host: '127.0.0.1', clusterId: 'lab' });
    bench.services.cluster.setPort(2, 9095);
    bench.topic('t', { partitions: 2, replicationFactor: 3 });
    for (let version = 0; version <= 12; version++) {
      const answer = await bench.call(metadataHandler, version, asked('t'));
      assert.deepEqual(
        answer.brokers.map(({ nodeId, port }) => [nodeId, port]),
        [
          [1, 0],
          [2, 9095],
          [3, 0],
        ],
      );
      if (version >= 1) assert.equal(answer.controllerId, 1);
      if (version >= 2) assert.equal(answer.clusterId, 'lab');
      const partitions = answer.topics[0]?.partitions ?? [];
      assert.deepEqual(
        partitions.map(({ partitionIndex, leaderId }) => [partitionIndex, leaderId]),
        [
          [0, 1],
          [1, 2],
        ],
      );
      assert.deepEqual(partitions[1]?.isrNodes, [2, 3, 1]);
    }
  });

  it('means all topics by null, and in version 0 by an empty list', async () => {
    const bench = new Bench();
    bench.topic('a');
    bench.topic('b');
    const all = await bench.call(metadataHandler, 1, { topics: null });
    const old = await bench.call(metadataHandler, 0, { topics: [] });
    const none = await bench.call(metadataHandler, 1, { topics: [] });
    assert.deepEqual(
      [all, old, none].map(({ topics }) => topics.map(({ name }) => name)),
      [['a', 'b'], ['a', 'b'], []],
    );
  });

  it('refuses names that are null, and ids, below version 12 with 42', async () => {
    const bench = new Bench();
    const { topic } = bench.topic('t');
    for (const asked of [
      { topicId: topic.id, name: null },
      { topicId: topic.id, name: 't' },
    ]) {
      const { topics, brokers } = await bench.call(metadataHandler, 11, { topics: [asked] });
      assert.equal(topics[0]?.errorCode, ErrorCode.INVALID_REQUEST);
      assert.deepEqual(brokers, []);
    }
  });

  it('finds topics by id from version 12', async () => {
    const bench = new Bench();
    const { topic } = bench.topic('t');
    const byId = (topicId: string) => ({ topics: [{ topicId, name: null }] });
    const found = await bench.call(metadataHandler, 12, byId(topic.id));
    assert.equal(found.topics[0]?.name, 't');
    const missing = await bench.call(metadataHandler, 12, byId('AQEBAQEBAQEBAQEBAQEBAQ'));
    assert.equal(missing.topics[0]?.errorCode, ErrorCode.UNKNOWN_TOPIC_ID);
  });

  it('creates a topic only when both the broker and the client want it', async () => {
    const wanting = { ...asked('new'), allowAutoTopicCreation: true };
    const strict = await new Bench().call(metadataHandler, 6, wanting);
    assert.equal(strict.topics[0]?.errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    const bench = new Bench({ nodes: 1, autoCreateTopics: true, defaultPartitions: 4 });
    const refused = await bench.call(metadataHandler, 6, { ...asked('new'), allowAutoTopicCreation: false });
    assert.equal(refused.topics[0]?.errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    const creating = await bench.call(metadataHandler, 6, wanting);
    assert.equal(
      creating.topics[0]?.errorCode,
      ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
      'as Kafka answers first',
    );
    const created = await bench.call(metadataHandler, 6, wanting);
    assert.equal(created.topics[0]?.errorCode, ErrorCode.NONE);
    assert.equal(created.topics[0].partitions.length, 4);
    const invalid = await bench.call(metadataHandler, 6, {
      ...asked('no/name'),
      allowAutoTopicCreation: true,
    });
    assert.equal(invalid.topics[0]?.errorCode, ErrorCode.INVALID_TOPIC_EXCEPTION);
  });

  it('says LEADER_NOT_AVAILABLE for a partition that nobody leads', async () => {
    const bench = new Bench();
    bench.topic('t').moveLeader(-1);
    const answer = await bench.call(metadataHandler, 6, asked('t'));
    const partition = answer.topics[0]?.partitions[0];
    assert.deepEqual([partition?.errorCode, partition?.leaderId], [ErrorCode.LEADER_NOT_AVAILABLE, -1]);
  });

  it('tells what one may do only when it is asked (KIP-430)', async () => {
    const bench = new Bench();
    bench.topic('t');
    const silent = await bench.call(metadataHandler, 8, asked('t'));
    assert.equal(silent.topics[0]?.topicAuthorizedOperations, -2_147_483_648);
    const telling = await bench.call(metadataHandler, 8, {
      ...asked('t'),
      includeTopicAuthorizedOperations: true,
    });
    assert.equal(telling.topics[0]?.topicAuthorizedOperations, 3576);
  });
});
