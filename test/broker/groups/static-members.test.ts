import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ErrorCode } from '../../../src/broker/protocol/errors.js';
import { GroupWorld, isWaiting, subscription } from './group-world.js';

const a = { groupInstanceId: 'a' };

describe('a static member (KIP-345)', () => {
  it('that restarts gets a new id and its old assignment, and the generation stays', async () => {
    const world = new GroupWorld();
    const leader = await world.alone();
    const joining = world.join(a);
    const [again, follower] = await Promise.all([world.join({ memberId: leader.memberId }), joining]);
    assert.match(follower.memberId, /^a-/);
    const syncing = syncAs(world, follower, 'a');
    await world.sync(again, { [again.memberId]: 'x', [follower.memberId]: 'y' });
    await syncing;

    const restarted = await world.join(a);
    assert.equal(restarted.generationId, follower.generationId);
    assert.notEqual(restarted.memberId, follower.memberId);
    assert.equal(world.state, 'Stable');
    assert.equal((await syncAs(world, restarted, 'a')).assignment.toString(), 'y');
  });

  it('shuts its former self out with FENCED_INSTANCE_ID', async () => {
    const world = new GroupWorld();
    const first = await world.join(a);
    await syncAs(world, first, 'a', first.memberId);
    await world.join(a);
    const former = { memberId: first.memberId, generationId: first.generationId, ...a };
    assert.equal(world.groups.heartbeat('g', former), ErrorCode.FENCED_INSTANCE_ID);
    assert.equal(world.groups.commitOffsets('g', former, []), ErrorCode.FENCED_INSTANCE_ID);
    assert.equal(
      (await world.join({ ...a, memberId: first.memberId })).errorCode,
      ErrorCode.FENCED_INSTANCE_ID,
    );
  });

  it('takes the place of a former self that still waits for a rebalance', async () => {
    const world = new GroupWorld();
    await world.alone({ sessionTimeoutMs: 60_000 });
    const former = world.join(a);
    assert.ok(await isWaiting(former));
    void world.join(a);
    assert.equal((await former).errorCode, ErrorCode.FENCED_INSTANCE_ID);
  });

  it('that leads is told to skip the assignment from v9, and below that somebody else leads', async () => {
    const world = new GroupWorld();
    const first = await world.join(a);
    await syncAs(world, first, 'a', first.memberId);
    const below = await world.join(a);
    assert.equal(below.leader, first.memberId);
    assert.deepEqual(below.members, []);
    const modern = await world.join({ ...a, supportsSkippingAssignment: true });
    assert.equal(modern.leader, modern.memberId);
    assert.equal(modern.skipAssignment, true);
    assert.equal(modern.members.length, 1);
  });

  it('that comes back with other protocols makes the group rebalance', async () => {
    const world = new GroupWorld();
    const first = await world.join(a);
    await syncAs(world, first, 'a', first.memberId);
    const changed = await world.join({
      ...a,
      protocols: [{ name: 'roundrobin', metadata: subscription('x') }],
    });
    assert.equal(changed.errorCode, ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    const protocols = ['roundrobin', 'range'].map((name) => ({ name, metadata: subscription('x') }));
    const rejoined = await world.join({ ...a, protocols });
    assert.equal(rejoined.generationId, first.generationId + 1);
    assert.equal(rejoined.protocolName, 'roundrobin');
  });

  it('stays the leader after its restart', async () => {
    const world = new GroupWorld();
    const first = await world.join(a);
    const joining = world.join();
    const [leader, follower] = await Promise.all([world.join({ ...a, memberId: first.memberId }), joining]);
    await syncAs(world, leader, 'a', leader.memberId);
    const restarted = await world.join(a);
    const protocols = [{ name: 'range', metadata: subscription('invoices') }];
    const [rejoined, led] = await Promise.all([
      world.join({ memberId: follower.memberId, protocols }),
      world.join({ ...a, memberId: restarted.memberId }),
    ]);
    assert.equal(led.generationId, leader.generationId + 1);
    assert.deepEqual([led.leader, rejoined.leader], [restarted.memberId, restarted.memberId]);
  });

  it('has the session of its old id once more when it comes back with another', async () => {
    const world = new GroupWorld();
    await world.alone();
    const joining = world.join({
      groupInstanceId: 'i',
      sessionTimeoutMs: 30_000,
      rebalanceTimeoutMs: 60_000,
    });
    const again = world.join({ groupInstanceId: 'i', sessionTimeoutMs: 900, rebalanceTimeoutMs: 60_000 });
    assert.equal((await joining).errorCode, ErrorCode.FENCED_INSTANCE_ID);
    world.clock.advance(950);
    assert.ok(await isWaiting(again));
  });

  it('leaves by its instance id alone; a wrong pair is fenced', async () => {
    const world = new GroupWorld();
    await world.join(a);
    const answer = world.groups.leave('g', [
      { memberId: 'other', groupInstanceId: 'a' },
      { memberId: '', groupInstanceId: 'nobody' },
      { memberId: '', groupInstanceId: 'a' },
    ]);
    assert.deepEqual(
      answer.members.map(({ errorCode }) => errorCode),
      [ErrorCode.FENCED_INSTANCE_ID, ErrorCode.UNKNOWN_MEMBER_ID, ErrorCode.NONE],
    );
    assert.equal(world.state, 'Empty');
  });

  it('is not dropped at the rebalance time-out, only when its session ends', async () => {
    const world = new GroupWorld();
    const first = await world.join({ ...a, sessionTimeoutMs: 20_000 });
    await syncAs(world, first, 'a', first.memberId);
    const joining = world.join({ sessionTimeoutMs: 60_000 });
    world.clock.advance(5000);
    assert.equal((await joining).errorCode, ErrorCode.NONE);
    assert.equal(world.groups.describe('g').members.length, 2);
    world.clock.advance(15_000);
    assert.deepEqual(
      world.groups.describe('g').members.map(({ groupInstanceId }) => groupInstanceId),
      [],
      'the other one never sent SyncGroup and is out as well',
    );
  });
});

function syncAs(
  world: GroupWorld,
  joined: { readonly generationId: number; readonly memberId: string },
  groupInstanceId: string,
  assignTo?: string,
) {
  return world.groups.sync({
    groupId: 'g',
    generationId: joined.generationId,
    memberId: joined.memberId,
    groupInstanceId,
    protocolType: null,
    protocolName: null,
    assignments: assignTo === undefined ? [] : [{ memberId: assignTo, assignment: Buffer.from('all') }],
  });
}
