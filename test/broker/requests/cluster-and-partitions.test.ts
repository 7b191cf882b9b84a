import assert from 'node:assert/strict';
import { describeLogDirsHandler } from '../../../src/broker/requests/35-describe-log-dirs.js';
import { describeClusterHandler } from '../../../src/broker/requests/60-describe-cluster.js';
import { describeTopicPartitionsHandler } from '../../../src/broker/requests/75-describe-topic-partitions.js';
import { Bench } from './broker-bench.js';

describe('DescribeCluster', () => {
  it('names the nodes, the controller and the cluster, and the operations when they are asked for', async () => {
    const bench = new Bench({ nodes: 2 });
    const { cluster } = bench.services;
    cluster.setPort(2, 9095);
    for (const version of [0, 1]) {
      const answer = await bench.call(describeClusterHandler, version, {});
      assert.deepEqual([answer.errorCode, answer.clusterId], [0, cluster.clusterId]);
      assert.equal(answer.controllerId, cluster.controllerId);
      assert.deepEqual(
        answer.brokers.map(({ brokerId, port }) => [brokerId, port]),
        [
          [1, 0],
          [2, 9095],
        ],
      );
      assert.equal(answer.clusterAuthorizedOperations, -2_147_483_648);
    }
    const asked = { includeClusterAuthorizedOperations: true };
    const answer = await bench.call(describeClusterHandler, 1, asked);
    assert.equal(answer.clusterAuthorizedOperations, 8096);
  });

  it('is no controller (114), nor anything else (115)', async () => {
    const bench = new Bench();
    const ask = (endpointType: number) => bench.call(describeClusterHandler, 1, { endpointType });
    const controller = await ask(2);
    assert.deepEqual([controller.errorCode, controller.clusterId, controller.brokers], [114, '', []]);
    assert.equal((await ask(9)).errorMessage, 'Unsupported endpoint type 9');
    assert.equal((await ask(9)).errorCode, 115);
  });
});

describe('DescribeTopicPartitions', () => {
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench({ nodes: 1 });
    bench.topic('b', { partitions: 3 });
    bench.topic('a', { partitions: 3 });
  });

  async function ask(
    names: readonly string[],
    rest: {
      readonly responsePartitionLimit?: number;
      readonly cursor?: { readonly topicName: string; readonly partitionIndex: number };
    } = {},
  ) {
    const topics = names.map((name) => ({ name }));
    const answer = await bench.call(describeTopicPartitionsHandler, 0, { topics, ...rest });
    const page = answer.topics.map(({ name, errorCode, partitions }) => [
      name,
      errorCode,
      partitions.map(({ partitionIndex }) => partitionIndex),
    ]);
    const { nextCursor } = answer;
    return { page, next: nextCursor && [nextCursor.topicName, nextCursor.partitionIndex] };
  }

  it('gives topics in the order of their names, each once, with what is not there (3) and cannot be (17)', async () => {
    assert.deepEqual(await ask(['b', 'nope', 'a', 'b', 'a b']), {
      page: [
        ['a', 0, [0, 1, 2]],
        ['a b', 17, []],
        ['b', 0, [0, 1, 2]],
        ['nope', 3, []],
      ],
      next: null,
    });
  });

  it('gives all topics when none is named', async () => {
    const { page } = await ask([]);
    assert.deepEqual(
      page.map(([name]) => name),
      ['a', 'b'],
    );
  });

  it('ends a page in the middle of a topic and goes on where the cursor says', async () => {
    const first = await ask(['b', 'a'], { responsePartitionLimit: 4 });
    assert.deepEqual(first.page.at(-1), ['b', 0, [0]]);
    assert.deepEqual(first.next, ['b', 1]);
    const cursor = { topicName: 'b', partitionIndex: 1 };
    assert.deepEqual(await ask(['b', 'a'], { cursor }), { page: [['b', 0, [1, 2]]], next: null });
    assert.deepEqual((await ask(['a'], { responsePartitionLimit: 0 })).next, ['a', 1]);
    const beyond = { topicName: 'a', partitionIndex: 7 };
    assert.deepEqual((await ask(['a'], { cursor: beyond })).page, [['a', 0, []]]);
    const vanished = { topicName: 'aa', partitionIndex: 7 };
    assert.deepEqual((await ask([], { cursor: vanished })).page, [['b', 0, [0, 1, 2]]]);
  });

  it('refuses a cursor that cannot be one (42) and an empty name (−1), for every topic', async () => {
    const elsewhere = { topicName: 'b', partitionIndex: 1 };
    assert.deepEqual((await ask(['a'], { cursor: elsewhere })).page, [['a', 42, []]]);
    const negative = { topicName: 'a', partitionIndex: -1 };
    assert.deepEqual((await ask(['a'], { cursor: negative })).page, [['a', 42, []]]);
    assert.deepEqual((await ask(['a', ''])).page, [
      ['a', -1, []],
      ['', -1, []],
    ]);
  });

  it('tells of leaders, epochs and replicas', async () => {
    const wide = new Bench({ nodes: 3 });
    const partition = wide.topic('t', { replicationFactor: 3 });
    partition.setInSyncReplicas([1, 2]);
    const answer = await wide.call(describeTopicPartitionsHandler, 0, { topics: [{ name: 't' }] });
    const [described] = answer.topics[0]?.partitions ?? [];
    assert.deepEqual(
      [described?.leaderId, described?.leaderEpoch, described?.replicaNodes, described?.isrNodes],
      [1, 0, [1, 2, 3], [1, 2]],
    );
    assert.deepEqual([described?.eligibleLeaderReplicas, described?.lastKnownElr], [[], []]);
    assert.equal(answer.topics[0]?.topicId, partition.topic.id);
    partition.moveLeader(-1);
    const leaderless = await wide.call(describeTopicPartitionsHandler, 0, { topics: [{ name: 't' }] });
    assert.equal(leaderless.topics[0]?.partitions[0]?.errorCode, 5);
  });
});

describe('DescribeLogDirs', () => {
  it('tells the bytes of the partitions of which the node has a replica, of those asked for or of all', async () => {
    const bench = new Bench({ nodes: 2 });
    const partition = bench.topic('sized', { partitions: 2, replicationFactor: 1 });
    const sizes = async (
      topics: readonly { readonly topic: string; readonly partitions: number[] }[] | null,
    ) => {
      const { results } = await bench.call(
        describeLogDirsHandler,
        4,
        { topics },
        { nodeId: partition.leader },
      );
      return results.flatMap(({ topics: found }) =>
        found.flatMap(({ name, partitions }) =>
          partitions.map((one) => `${name}/${one.partitionIndex} ${one.partitionSize}`),
        ),
      );
    };
    assert.deepEqual(await sizes(null), ['sized/0 0']);
    const marker = { producerId: 1n, producerEpoch: 0, commit: true, coordinatorEpoch: 0, timestamp: 0n };
    partition.log.appendMarker(marker, 0);
    const bytes = partition.log.sizeBytes;
    assert.ok(bytes > 0n);
    assert.deepEqual(await sizes([{ topic: 'sized', partitions: [0, 1] }]), [`sized/0 ${bytes}`]);
    assert.deepEqual(await sizes([{ topic: 'nowhere', partitions: [0] }]), []);
  });
});
