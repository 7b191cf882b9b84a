import assert from 'node:assert/strict';
import { DrivenClock } from '../../../src/broker/clock.js';
import { Cluster, type ClusterOptions } from '../../../src/broker/state/cluster.js';
import { javaStringHash } from '../../../src/broker/state/key-hash.js';
import { coordinatorPartition } from '../../../src/broker/state/key-hash.js';

describe('a cluster', () => {
  it('has three nodes unless it is told otherwise, and a controller that is one of them', () => {
    const cluster = clusterWith({});
    assert.deepEqual(
      cluster.nodes.map(({ nodeId }) => nodeId),
      [1, 2, 3],
    );
    assert.ok(cluster.node(cluster.controllerId));
  });

  it('spreads leaders over the nodes, with replicas on the next ones', () => {
    const cluster = clusterWith({});
    const { topic } = cluster.createTopic({ name: 't', partitions: 3, replicationFactor: 2 });
    assert.deepEqual(
      topic?.partitions.map(({ leader, replicas }) => [leader, replicas]),
      [
        [1, [1, 2]],
        [2, [2, 3]],
        [3, [3, 1]],
      ],
    );
    assert.equal(cluster.createTopic({ name: 'next' }).topic?.partitions[0]?.leader, 2);
  });

  it('goes on with the nodes when partitions are added', () => {
    const cluster = clusterWith({});
    cluster.createTopic({ name: 't', partitions: 2 });
    assert.equal(cluster.createPartitions('t', 4).errorCode, 0);
    assert.deepEqual(
      cluster.topic('t')?.partitions.map(({ leader }) => leader),
      [1, 2, 3, 1],
    );
    assert.equal(cluster.createPartitions('t', 4).errorCode, 37);
    assert.equal(cluster.createPartitions('nowhere', 2).errorCode, 3);
    assert.equal(cluster.createPartitions('t', 2_147_483_647).errorCode, 44);
  });

  const refusals: readonly [string, number, Parameters<Cluster['createTopic']>[0]][] = [
    ['an empty name', 17, { name: '' }],
    ['a dot as name', 17, { name: '.' }],
    ['a name with a slash', 17, { name: 'a/b' }],
    ['a name of 250 characters', 17, { name: 'a'.repeat(250) }],
    ['a name that differs by dot and underscore', 17, { name: 'there_already' }],
    ['a name that is taken', 36, { name: 'there.already' }],
    ['no partitions', 37, { name: 'new', partitions: 0 }],
    ['more partitions than any memory holds', 44, { name: 'new', partitions: 2_147_483_647 }],
    ['more replicas than nodes', 38, { name: 'new', replicationFactor: 4 }],
    ['an assignment to a missing node', 39, { name: 'new', assignments: [[9]] }],
    ['an assignment of unequal lengths', 39, { name: 'new', assignments: [[1, 2], [3]] }],
    ['an unknown configuration', 40, { name: 'new', configs: [{ name: 'no.such', value: '1' }] }],
    ['a senseless configuration', 40, { name: 'new', configs: [{ name: 'retention.ms', value: 'x' }] }],
  ];
  for (const [what, errorCode, wanted] of refusals) {
    it(`refuses ${what} with ${String(errorCode)}`, () => {
      const cluster = clusterWith({});
      cluster.createTopic({ name: 'there.already' });
      const result = cluster.createTopic(wanted);
      assert.equal(result.errorCode, errorCode);
      assert.equal(cluster.topics.length, 1);
    });
  }

  it('creates nothing when it is only asked to validate', () => {
    const cluster = clusterWith({});
    assert.equal(cluster.createTopic({ name: 't' }, true).errorCode, 0);
    assert.equal(cluster.topic('t'), undefined);
  });

  it('tells who listens that a topic is gone, and wakes those who wait on it', () => {
    const cluster = clusterWith({});
    const partition = cluster.createTopic({ name: 't' }).topic?.partitions[0];
    const heard: string[] = [];
    cluster.onTopicDeleted((topic) => heard.push(topic.name));
    partition?.onChange(() => heard.push('woken'));
    assert.equal(cluster.deleteTopic('t').errorCode, 0);
    assert.deepEqual(heard, ['woken', 't']);
    assert.equal(partition?.isClosed, true);
    assert.equal(cluster.deleteTopic('t').errorCode, 3);
  });

  it('finds a topic by its id, which is new at every creation', () => {
    const cluster = clusterWith({});
    const first = cluster.createTopic({ name: 't' }).topic;
    assert.ok(first);
    assert.equal(cluster.topicById(first.id), first);
    cluster.deleteTopic('t');
    assert.notEqual(cluster.createTopic({ name: 't' }).topic?.id, first.id);
  });

  it("hashes keys as Java does, so that a group has Kafka's own partition of its topic", () => {
    assert.equal(javaStringHash('hello'), 99_162_322);
    assert.equal(javaStringHash('polygenelubricants'), -2_147_483_648);
    assert.equal(coordinatorPartition('polygenelubricants'), 0);
    assert.equal(coordinatorPartition('hello'), 22);
  });

  it('moves a coordinator when a fault wants it', () => {
    const cluster = clusterWith({});
    const before = cluster.coordinatorFor('group', 'g').nodeId;
    const other = (before % 3) + 1;
    cluster.moveCoordinator('group', 'g', other);
    assert.equal(cluster.coordinatorFor('group', 'g').nodeId, other);
    assert.equal(cluster.coordinatorFor('transaction', 'g').nodeId, before);
  });
});

function clusterWith(options: ClusterOptions): Cluster {
  return new Cluster(options, new DrivenClock(), () => undefined);
}
