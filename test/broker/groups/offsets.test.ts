import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ErrorCode } from '../../../src/broker/protocol/errors.js';
import type { MemberIdentity } from '../../../src/broker/state/groups/exchange.js';
import { GroupWorld, identityOf, subscription } from './group-world.js';

const nobody: MemberIdentity = { memberId: '', generationId: -1, groupInstanceId: null };
const orders = { topic: 'orders', partition: 0 };
const at = (offset: bigint) => [{ ...orders, offset, leaderEpoch: -1, metadata: null }];

function committed(world: GroupWorld, requireStable = false) {
  const [found] = world.groups.fetchOffsets('g', [orders], requireStable);
  return { offset: found?.offset, errorCode: found?.errorCode };
}

describe('a plain commit', () => {
  it('needs no membership while the group has no members', () => {
    const world = new GroupWorld();
    assert.equal(world.groups.commitOffsets('g', nobody, at(5n)), ErrorCode.NONE);
    assert.deepEqual(committed(world), { offset: 5n, errorCode: ErrorCode.NONE });
    assert.equal(world.state, 'Empty');
  });

  it('needs membership as soon as it has some', async () => {
    const world = new GroupWorld();
    const joined = await world.alone();
    assert.equal(world.groups.commitOffsets('g', nobody, at(5n)), ErrorCode.UNKNOWN_MEMBER_ID);
    assert.equal(world.groups.commitOffsets('g', identityOf(joined), at(5n)), ErrorCode.NONE);
  });

  it('of an old generation is refused with 22, of an evicted member with 25', async () => {
    const world = new GroupWorld();
    const joined = await world.alone();
    const old = { ...identityOf(joined), generationId: 0 };
    assert.equal(world.groups.commitOffsets('g', old, at(1n)), ErrorCode.ILLEGAL_GENERATION);
    world.clock.advance(1000);
    assert.equal(world.groups.commitOffsets('g', identityOf(joined), at(1n)), ErrorCode.UNKNOWN_MEMBER_ID);
    assert.equal(world.groups.commitOffsets('elsewhere', old, at(1n)), ErrorCode.ILLEGAL_GENERATION);
    assert.deepEqual(committed(world), { offset: -1n, errorCode: ErrorCode.NONE });
  });

  it('still passes while a rebalance gathers members, and is told 27 while it completes', async () => {
    const world = new GroupWorld();
    const first = await world.alone();
    const joining = world.join();
    assert.equal(world.state, 'PreparingRebalance');
    assert.equal(world.groups.commitOffsets('g', identityOf(first), at(3n)), ErrorCode.NONE);
    const [again] = await Promise.all([world.join({ memberId: first.memberId }), joining]);
    assert.equal(world.state, 'CompletingRebalance');
    assert.equal(world.groups.commitOffsets('g', identityOf(again), at(4n)), ErrorCode.REBALANCE_IN_PROGRESS);
    assert.deepEqual(committed(world), { offset: 3n, errorCode: ErrorCode.NONE });
  });

  it('prolongs the session', async () => {
    const world = new GroupWorld();
    const joined = await world.alone();
    world.clock.advance(900);
    world.groups.commitOffsets('g', identityOf(joined), at(1n));
    world.clock.advance(900);
    assert.equal(world.heartbeat(joined), ErrorCode.NONE);
  });
});

describe('offsets in a transaction', () => {
  it('count from its commit on, and are forgotten when it aborts', () => {
    const world = new GroupWorld();
    world.groups.commitOffsets('g', nobody, at(1n));
    assert.equal(world.groups.storePendingOffsets('g', 7n, 0, undefined, at(5n)), ErrorCode.NONE);
    assert.deepEqual(committed(world), { offset: 1n, errorCode: ErrorCode.NONE });
    world.groups.completeTransaction('g', 7n, false);
    assert.deepEqual(committed(world), { offset: 1n, errorCode: ErrorCode.NONE });
    world.groups.storePendingOffsets('g', 7n, 0, undefined, at(6n));
    world.groups.completeTransaction('g', 7n, true);
    assert.deepEqual(committed(world), { offset: 6n, errorCode: ErrorCode.NONE });
  });

  it('make a stable fetch wait with 88 and offset −1 (KIP-447)', () => {
    const world = new GroupWorld();
    world.groups.commitOffsets('g', nobody, at(1n));
    world.groups.storePendingOffsets('g', 7n, 0, undefined, at(5n));
    assert.deepEqual(committed(world, true), { offset: -1n, errorCode: ErrorCode.UNSTABLE_OFFSET_COMMIT });
    world.groups.completeTransaction('g', 7n, true);
    assert.deepEqual(committed(world, true), { offset: 5n, errorCode: ErrorCode.NONE });
  });

  it('yield to a plain commit that came later, and win over one that came before', () => {
    const world = new GroupWorld();
    world.groups.storePendingOffsets('g', 7n, 0, undefined, at(5n));
    world.groups.commitOffsets('g', nobody, at(2n));
    world.groups.completeTransaction('g', 7n, true);
    assert.deepEqual(committed(world), { offset: 2n, errorCode: ErrorCode.NONE });
  });

  it('of two producers are kept apart', () => {
    const world = new GroupWorld();
    world.groups.storePendingOffsets('g', 7n, 0, undefined, at(5n));
    world.groups.storePendingOffsets('g', 8n, 0, undefined, at(9n));
    world.groups.completeTransaction('g', 8n, false);
    world.groups.completeTransaction('g', 7n, true);
    assert.deepEqual(committed(world), { offset: 5n, errorCode: ErrorCode.NONE });
  });

  it('are checked against the member that is named: 22, 25 (measured on Kafka 3.9.1)', async () => {
    const world = new GroupWorld();
    const joined = await world.alone();
    const as = (member: MemberIdentity | undefined) =>
      world.groups.storePendingOffsets('g', 7n, 0, member, at(1n));
    assert.equal(as(identityOf(joined)), ErrorCode.NONE);
    assert.equal(as(nobody), ErrorCode.NONE);
    assert.equal(as(undefined), ErrorCode.NONE);
    assert.equal(as({ ...identityOf(joined), generationId: 9 }), ErrorCode.ILLEGAL_GENERATION);
    assert.equal(as({ ...identityOf(joined), generationId: -1 }), ErrorCode.ILLEGAL_GENERATION);
    assert.equal(as({ ...identityOf(joined), memberId: 'stranger' }), ErrorCode.UNKNOWN_MEMBER_ID);
    assert.equal(as({ ...nobody, generationId: joined.generationId }), ErrorCode.UNKNOWN_MEMBER_ID);
  });

  it('pass in both halves of a rebalance', async () => {
    const world = new GroupWorld();
    const first = await world.alone();
    const joining = world.join();
    assert.equal(world.groups.storePendingOffsets('g', 7n, 0, identityOf(first), at(1n)), ErrorCode.NONE);
    const [again] = await Promise.all([world.join({ memberId: first.memberId }), joining]);
    assert.equal(world.state, 'CompletingRebalance');
    assert.equal(world.groups.storePendingOffsets('g', 7n, 0, identityOf(again), at(1n)), ErrorCode.NONE);
  });
});

describe('a group as an administrator sees it', () => {
  it('is deleted only without members: 68, then 0, then 69', async () => {
    const world = new GroupWorld();
    const joined = await world.alone();
    world.groups.commitOffsets('g', identityOf(joined), at(1n));
    assert.equal(world.groups.delete('g'), ErrorCode.NON_EMPTY_GROUP);
    world.groups.leave('g', [{ memberId: joined.memberId, groupInstanceId: null }]);
    assert.equal(world.groups.delete('g'), ErrorCode.NONE);
    assert.equal(world.groups.delete('g'), ErrorCode.GROUP_ID_NOT_FOUND);
    assert.deepEqual(committed(world), { offset: -1n, errorCode: ErrorCode.NONE });
  });

  it('shows protocol and assignments only when it is stable; an unknown one is Dead', async () => {
    const world = new GroupWorld();
    const joined = await world.join();
    assert.equal(world.groups.describe('g').protocolName, '');
    await world.sync(joined, { [joined.memberId]: 'all' });
    const { state, protocolName, members } = world.groups.describe('g');
    assert.deepEqual([state, protocolName, members.length], ['Stable', 'range', 1]);
    assert.equal(members[0]?.assignment.toString(), 'all');
    assert.deepEqual(members[0].metadata, subscription('orders'));
    assert.equal(world.groups.describe('nothing').state, 'Dead');
  });

  it('keeps positions in topics that its members read, and lets others go (KIP-496)', async () => {
    const world = new GroupWorld();
    world.groups.commitOffsets('g', nobody, [
      ...at(1n),
      { topic: 'other', partition: 0, offset: 1n, leaderEpoch: -1, metadata: null },
    ]);
    await world.alone();
    assert.equal(world.groups.deleteOffset('g', orders), ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC);
    assert.equal(world.groups.deleteOffset('g', { topic: 'other', partition: 0 }), ErrorCode.NONE);
    assert.deepEqual(
      world.groups.fetchOffsets('g', null, false).map(({ topic }) => topic),
      ['orders'],
    );
    assert.equal(world.groups.deleteOffsetsError('nothing'), ErrorCode.GROUP_ID_NOT_FOUND);
  });

  it('loses the positions in a deleted topic, held back ones too', () => {
    const world = new GroupWorld();
    world.groups.commitOffsets('g', nobody, at(1n));
    world.groups.storePendingOffsets('g', 7n, 0, undefined, at(5n));
    world.groups.topicDeleted('orders');
    world.groups.completeTransaction('g', 7n, true);
    assert.deepEqual(world.groups.fetchOffsets('g', null, false), []);
  });

  it('is gone with its last position when it has no member, as in Kafka 3.9', () => {
    const world = new GroupWorld();
    world.groups.commitOffsets('g', nobody, at(1n));
    assert.equal(world.groups.deleteOffset('g', orders), ErrorCode.NONE);
    assert.equal(world.groups.delete('g'), ErrorCode.GROUP_ID_NOT_FOUND);
    world.groups.commitOffsets('g', nobody, at(1n));
    world.groups.topicDeleted('another');
    assert.equal(world.groups.list().length, 1);
    world.groups.topicDeleted('orders');
    assert.deepEqual(world.groups.list(), []);
  });

  it('loses the members that a fault evicts', async () => {
    const world = new GroupWorld();
    const [leader, follower] = await world.pair();
    assert.equal(
      world.groups.evict('g', ({ memberId }) => memberId === leader.memberId),
      1,
    );
    assert.equal(world.heartbeat(leader), ErrorCode.UNKNOWN_MEMBER_ID);
    assert.equal(world.heartbeat(follower), ErrorCode.REBALANCE_IN_PROGRESS);
    assert.equal(
      world.groups.evict('nothing', () => true),
      0,
    );
  });
});
