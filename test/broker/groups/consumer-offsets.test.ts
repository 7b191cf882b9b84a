import assert from 'node:assert/strict';
import { offsetCommitHandler } from '../../../src/broker/requests/08-offset-commit.js';
import { offsetFetchHandler } from '../../../src/broker/requests/09-offset-fetch.js';
import { joinGroupHandler } from '../../../src/broker/requests/11-join-group.js';
import { heartbeatHandler } from '../../../src/broker/requests/12-heartbeat.js';
import { leaveGroupHandler } from '../../../src/broker/requests/13-leave-group.js';
import { syncGroupHandler } from '../../../src/broker/requests/14-sync-group.js';
import { describeGroupsHandler } from '../../../src/broker/requests/15-describe-groups.js';
import { listGroupsHandler } from '../../../src/broker/requests/16-list-groups.js';
import { deleteGroupsHandler } from '../../../src/broker/requests/42-delete-groups.js';
import { offsetDeleteHandler } from '../../../src/broker/requests/47-offset-delete.js';
import { ProducerV2 } from '../requests/producer-v2.js';
import { ConsumerLab } from './consumer-lab.js';

const classicJoin = {
  ...{ groupId: 'g', sessionTimeoutMs: 6000, rebalanceTimeoutMs: 6000, memberId: '' },
  ...{ protocolType: 'consumer', protocols: [{ name: 'range', metadata: Buffer.from('m') }] },
};

/** The answers are those that Apache Kafka 4.2.0 gave to the same requests (KIP-848). */
describe('offsets of a consumer-protocol group', () => {
  let lab: ConsumerLab;
  beforeEach(async () => {
    lab = new ConsumerLab();
    await lab.join('one');
  });

  it('are committed by members in their epoch: 113 another, 25 a stranger, 35 the old way', async () => {
    assert.equal(await lab.commit('one', 1), 0);
    assert.deepEqual(
      [await lab.commit('one', 0), await lab.commit('one', 2), await lab.commit('one', -1)],
      [113, 113, 113],
    );
    assert.deepEqual([await lab.commit('two', 1), await lab.commit('', -1)], [25, 25]);
    assert.equal(await lab.commit('one', 1, 8), 35);
  });

  it('are committed by anybody while the group is empty, not in the name of a member', async () => {
    await lab.beat('one', -1);
    assert.equal(await lab.commit('', -1), 0);
    assert.equal(await lab.commit('one', 1), 25);
  });

  it('are read by members in their epoch, and by who names none', async () => {
    await lab.commit('one', 1);
    assert.deepEqual(await fetchOffset(lab, 'one', 1), [0, 7n]);
    assert.deepEqual(await fetchOffset(lab, null, -1), [0, 7n]);
    assert.deepEqual(await fetchOffset(lab, 'one', 2), [113, undefined]);
    assert.deepEqual(await fetchOffset(lab, 'two', 1), [25, undefined]);
    assert.deepEqual(await fetchOffset(lab, '', -1), [25, undefined]);
  });

  it('travel in transactions: a wrong epoch is a wrong generation there (22), who names no member passes', () => {
    const { groups } = lab.bench.services;
    const offsets = [{ topic: 'a', partition: 0, offset: 9n, leaderEpoch: -1, metadata: '' }];
    const store = (memberId: string, generationId: number) =>
      groups.storePendingOffsets('g', 5n, 0, { memberId, generationId, groupInstanceId: null }, offsets);
    assert.deepEqual([store('one', 1), store('', -1)], [0, 0]);
    assert.deepEqual([store('one', 2), store('one', -1), store('two', 1)], [22, 22, 25]);
    groups.completeTransaction('g', 5n, true);
    assert.equal(groups.fetchOffsets('g', null, true)[0]?.offset, 9n);
  });

  it('travel in transactions of version 2 too', async () => {
    const both = new ConsumerLab({ nodes: 1, groupVersion: 1, transactionVersion: 2 });
    both.bench.topic('t');
    await both.join('one', { topics: ['t'] });
    const producer = new ProducerV2(both.bench);
    await producer.init();
    assert.equal(await producer.commitOffset(), 0);
    await producer.end(true);
    assert.equal(both.bench.services.groups.fetchOffsets('g', null, true)[0]?.offset, 5n);
  });

  it('are deleted only for topics that nobody subscribes to (86)', async () => {
    const partitions = [{ partitionIndex: 0 }];
    const topics = [
      { name: 'a', partitions },
      { name: 'b', partitions },
    ];
    const remove = async () => {
      const response = await lab.bench.call(offsetDeleteHandler, 0, { groupId: 'g', topics });
      return [response.errorCode, ...response.topics.map((one) => one.partitions[0]?.errorCode)];
    };
    assert.deepEqual(await remove(), [0, 86, 0]);
    await lab.beat('one', -1);
    assert.deepEqual(await remove(), [0, 0, 0]);
  });

  it('go with their topic', async () => {
    await lab.commit('one', 1);
    lab.bench.services.groups.topicDeleted('a');
    assert.deepEqual(lab.bench.services.groups.fetchOffsets('g', null, true), []);
  });
});

describe('a consumer-protocol group, asked the classic way', () => {
  let lab: ConsumerLab;
  beforeEach(async () => {
    lab = new ConsumerLab();
    await lab.join('one');
  });

  it('is dead to DescribeGroups, and 25 to heartbeats, syncs and leaves', async () => {
    const { bench } = lab;
    const described = await bench.call(describeGroupsHandler, 5, { groups: ['g'] });
    assert.deepEqual([described.groups[0]?.errorCode, described.groups[0]?.groupState], [0, 'Dead']);
    const identity = { groupId: 'g', memberId: 'one', generationId: 1 };
    assert.equal((await bench.call(heartbeatHandler, 3, identity)).errorCode, 25);
    assert.equal((await bench.call(syncGroupHandler, 3, identity)).errorCode, 25);
    const left = await bench.call(leaveGroupHandler, 4, { groupId: 'g', members: [{ memberId: 'one' }] });
    assert.equal(left.members[0]?.errorCode, 25);
  });

  it('takes no classic member while it has members (23), and becomes classic when it has none', async () => {
    assert.equal((await lab.bench.call(joinGroupHandler, 3, classicJoin)).errorCode, 23);
    await lab.commit('one', 1);
    await lab.beat('one', -1);
    const joined = await lab.bench.call(joinGroupHandler, 3, classicJoin);
    assert.deepEqual([joined.errorCode, joined.generationId], [0, 1]);
    assert.equal((await lab.describe()).errorMessage, 'Group g is not a consumer group.');
    assert.equal((await lab.heard('two', 0, { rebalanceTimeoutMs: 1, topics: ['a'], owned: {} }))[0], 69);
    assert.equal(lab.bench.services.groups.fetchOffsets('g', null, false)[0]?.offset, 7n);
  });

  it('is listed with its type and state, and can be found by them', async () => {
    await lab.bench.call(joinGroupHandler, 3, { ...classicJoin, groupId: 'h' });
    const list = async (filter: { typesFilter?: readonly string[]; statesFilter?: readonly string[] }) => {
      const { groups } = await lab.bench.call(listGroupsHandler, 5, filter);
      return groups.map(({ groupId, groupType, groupState }) => [groupId, groupType, groupState]);
    };
    const consumer = ['g', 'consumer', 'Stable'];
    assert.deepEqual(await list({}), [['h', 'classic', 'CompletingRebalance'], consumer]);
    assert.deepEqual(await list({ typesFilter: ['Consumer'] }), [consumer]);
    assert.deepEqual(await list({ statesFilter: ['stable'] }), [consumer]);
    assert.deepEqual(await list({ typesFilter: ['other'] }), []);
  });

  it('is deleted when nobody is in it (68)', async () => {
    const remove = async () =>
      (await lab.bench.call(deleteGroupsHandler, 2, { groupsNames: ['g'] })).results[0]?.errorCode;
    assert.equal(await remove(), 68);
    await lab.beat('one', -1);
    assert.equal(await remove(), 0);
    const { errorCode, errorMessage } = await lab.describe();
    assert.deepEqual([errorCode, errorMessage], [69, 'Group g not found.']);
  });
});

describe('ConsumerGroupDescribe', () => {
  it('tells what each member has and shall have', async () => {
    const lab = new ConsumerLab();
    await lab.join('one', { rackId: 'r', instanceId: 'i' });
    await lab.join('two');
    await lab.beat('one', 1, { instanceId: 'i' });
    const { groupState, groupEpoch, assignmentEpoch, assignorName, members } = await lab.describe();
    assert.deepEqual(
      [groupState, groupEpoch, assignmentEpoch, assignorName],
      ['Reconciling', 2, 2, 'uniform'],
    );
    const [one] = members;
    assert.deepEqual(
      [
        one?.memberId,
        one?.instanceId,
        one?.rackId,
        one?.memberEpoch,
        one?.clientId,
        one?.clientHost,
        one?.memberType,
      ],
      ['one', 'i', 'r', 1, 'test', '/127.0.0.1', 1],
    );
    const has = members.map((member) => member.assignment.topicPartitions.map((topic) => topic.partitions));
    const shallHave = members.map((member) => member.targetAssignment.topicPartitions);
    assert.deepEqual(has, [[[0, 1]], []]);
    assert.deepEqual(
      shallHave[1]?.map(({ topicName, partitions }) => [topicName, partitions]),
      [['a', [2, 3]]],
    );
  });

  it('answers 24 without a name, 16 at another node, 69 for a group that is not there or classic', async () => {
    const lab = new ConsumerLab({ nodes: 2, groupVersion: 1 });
    assert.equal((await lab.describe('')).errorCode, 24);
    lab.bench.services.cluster.moveCoordinator('group', 'g', 2);
    assert.equal((await lab.describe('g')).errorCode, 16);
    assert.equal((await lab.join('one')).errorCode, 16);
    lab.bench.services.cluster.moveCoordinator('group', 'g', 1);
    assert.equal((await lab.describe('g')).errorCode, 69);
  });

  it('finds a group that had only offsets before its first member came', async () => {
    const lab = new ConsumerLab();
    const partitions = [{ partitionIndex: 0, committedOffset: 3n, committedMetadata: '' }];
    const commit = { groupId: 'g', generationIdOrMemberEpoch: -1, topics: [{ name: 'a', partitions }] };
    await lab.bench.call(offsetCommitHandler, 7, commit);
    assert.equal((await lab.describe()).errorMessage, 'Group g is not a consumer group.');
    await lab.join('one');
    assert.equal((await lab.describe()).groupState, 'Stable');
    assert.deepEqual(await fetchOffset(lab, 'one', 1), [0, 3n]);
  });
});

async function fetchOffset(
  lab: ConsumerLab,
  memberId: string | null,
  memberEpoch: number,
): Promise<readonly [number | undefined, bigint | undefined]> {
  const topics = [{ name: 'a', partitionIndexes: [0] }];
  const groups = [{ groupId: 'g', memberId, memberEpoch, topics }];
  const answer = await lab.bench.call(offsetFetchHandler, 9, { groups });
  const [group] = answer.groups;
  return [group?.errorCode, group?.topics[0]?.partitions[0]?.committedOffset];
}
