import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ErrorCode } from '../../../src/broker/protocol/errors.js';
import { GroupWorld, isWaiting, subscription } from './group-world.js';

describe('a rebalance of a classic group', () => {
  it('gives a new member an id first, and takes it when it comes back with it (KIP-394)', async () => {
    const world = new GroupWorld();
    const told = await world.join({ requireKnownMemberId: true });
    assert.equal(told.errorCode, ErrorCode.MEMBER_ID_REQUIRED);
    assert.match(told.memberId, /^client-/);
    const joined = await world.join({ memberId: told.memberId, requireKnownMemberId: true });
    assert.equal(joined.errorCode, ErrorCode.NONE);
    assert.equal(joined.generationId, 1);
    assert.equal(joined.leader, told.memberId);
    assert.deepEqual(
      joined.members.map((member) => member.memberId),
      [told.memberId],
    );
    assert.equal(world.state, 'CompletingRebalance');
  });

  it('forgets an id that nobody came back with', async () => {
    const world = new GroupWorld();
    const told = await world.join({ requireKnownMemberId: true });
    world.clock.advance(1000);
    const late = await world.join({ memberId: told.memberId, requireKnownMemberId: true });
    assert.equal(late.errorCode, ErrorCode.UNKNOWN_MEMBER_ID);
  });

  it('waits for an id that was given out before it completes', async () => {
    const world = new GroupWorld();
    const first = await world.alone();
    await world.join({ requireKnownMemberId: true });
    const again = world.join({ memberId: first.memberId });
    assert.ok(await isWaiting(again));
    world.clock.advance(1000);
    assert.equal((await again).members.length, 1);
  });

  it('does not wait for an id that was given out when the last member has left: the group is empty at once', async () => {
    const world = new GroupWorld();
    await world.join({ requireKnownMemberId: true });
    const only = await world.join();
    world.groups.leave('g', [{ memberId: only.memberId, groupInstanceId: null }]);
    assert.equal(world.state, 'Empty');
    assert.equal(world.groups.delete('g'), ErrorCode.NONE);
  });

  it('lets a follower wait for the assignment of the leader', async () => {
    const world = new GroupWorld();
    const first = await world.alone();
    const joining = world.join();
    assert.equal(world.heartbeat(first), ErrorCode.REBALANCE_IN_PROGRESS);
    const [leader, follower] = await Promise.all([world.join({ memberId: first.memberId }), joining]);
    assert.equal(leader.generationId, 2);
    assert.equal(leader.members.length, 2);
    assert.deepEqual(follower.members, []);
    const following = world.sync(follower);
    assert.ok(await isWaiting(following));
    const led = await world.sync(leader, { [leader.memberId]: 'left', [follower.memberId]: 'right' });
    assert.equal(led.assignment.toString(), 'left');
    assert.equal((await following).assignment.toString(), 'right');
    assert.equal(world.state, 'Stable');
    assert.equal(world.heartbeat(leader), ErrorCode.NONE);
  });

  it('answers a JoinGroup whose first answer was lost with the same generation', async () => {
    const world = new GroupWorld();
    const joined = await world.join();
    const again = await world.join({ memberId: joined.memberId });
    assert.deepEqual(again, joined);
  });

  it('begins anew when a JoinGroup before the assignment says something else', async () => {
    const world = new GroupWorld();
    const joined = await world.join();
    const protocols = [{ name: 'range', metadata: subscription('invoices') }];
    const again = await world.join({ memberId: joined.memberId, protocols });
    assert.equal(again.generationId, joined.generationId + 1);
  });

  it('counts the session of a follower anew from the assignment that it waited for', async () => {
    const world = new GroupWorld();
    const patient = { sessionTimeoutMs: 60_000 };
    const first = await world.alone(patient);
    const joining = world.join();
    const [leader, follower] = await Promise.all([
      world.join({ memberId: first.memberId, ...patient }),
      joining,
    ]);
    const waiting = world.sync(follower);
    world.clock.advance(2000);
    await world.sync(leader);
    assert.equal((await waiting).errorCode, ErrorCode.NONE);
    world.clock.advance(999);
    assert.equal(world.state, 'Stable');
    world.clock.advance(1);
    assert.equal(world.heartbeat(follower), ErrorCode.UNKNOWN_MEMBER_ID);
  });

  it('gives up a newcomer whose JoinGroup has waited for five minutes', async () => {
    const world = new GroupWorld();
    const first = await world.alone({ sessionTimeoutMs: 60_000, rebalanceTimeoutMs: 600_000 });
    const joining = world.join();
    for (let minute = 0; minute < 10; minute++) {
      world.clock.advance(30_000);
      world.heartbeat(first);
    }
    assert.equal((await joining).errorCode, ErrorCode.UNKNOWN_MEMBER_ID);
  });

  it('lets a stable group go on when a follower asks again, and rebalances when the leader does', async () => {
    const world = new GroupWorld();
    const [leader, follower] = await world.pair();
    const same = await world.join({ memberId: follower.memberId });
    assert.equal(same.generationId, leader.generationId);
    assert.equal(world.state, 'Stable');
    void world.join({ memberId: leader.memberId });
    assert.equal(world.state, 'PreparingRebalance');
  });

  it('evicts a member whose session ends, and the other takes over', async () => {
    const world = new GroupWorld();
    const [leader, follower] = await world.pair();
    world.clock.advance(600);
    assert.equal(world.heartbeat(follower), ErrorCode.NONE);
    world.clock.advance(600);
    assert.equal(world.heartbeat(leader), ErrorCode.UNKNOWN_MEMBER_ID);
    assert.equal(world.heartbeat(follower), ErrorCode.REBALANCE_IN_PROGRESS);
    const survivor = await world.join({ memberId: follower.memberId });
    assert.equal(survivor.leader, follower.memberId);
    assert.equal(survivor.generationId, leader.generationId + 1);
  });

  it('removes who has not rejoined when the rebalance time-out ends', async () => {
    const world = new GroupWorld();
    const first = await world.alone({ sessionTimeoutMs: 60_000 });
    const joining = world.join();
    world.clock.advance(4999);
    assert.ok(await isWaiting(joining));
    world.clock.advance(1);
    const joined = await joining;
    assert.deepEqual(
      joined.members.map((member) => member.memberId),
      [joined.memberId],
    );
    assert.equal(world.heartbeat(first), ErrorCode.UNKNOWN_MEMBER_ID);
  });

  it('takes a rebalance time-out of 0 for the session time-out: nobody is evicted before SyncGroup', async () => {
    const world = new GroupWorld();
    const joined = await world.join({ rebalanceTimeoutMs: 0 });
    world.clock.advance(900);
    assert.equal((await world.sync(joined, { [joined.memberId]: 'all' })).errorCode, ErrorCode.NONE);
  });

  it('removes a member that joins and never sends SyncGroup', async () => {
    const world = new GroupWorld();
    const first = await world.alone({ sessionTimeoutMs: 60_000 });
    const joining = world.join({ sessionTimeoutMs: 60_000 });
    const [leader, silent] = await Promise.all([
      world.join({ memberId: first.memberId, sessionTimeoutMs: 60_000 }),
      joining,
    ]);
    await world.sync(leader, {});
    world.clock.advance(5000);
    assert.equal(world.heartbeat(silent), ErrorCode.UNKNOWN_MEMBER_ID);
    assert.equal(world.heartbeat(leader), ErrorCode.REBALANCE_IN_PROGRESS);
  });

  it('tells who waits in SyncGroup to rejoin when another member comes', async () => {
    const world = new GroupWorld();
    const first = await world.alone();
    const joining = world.join();
    const [, follower] = await Promise.all([world.join({ memberId: first.memberId }), joining]);
    const waiting = world.sync(follower);
    void world.join();
    assert.equal((await waiting).errorCode, ErrorCode.REBALANCE_IN_PROGRESS);
  });

  it('waits for more members when the group was empty and a delay is set, and longer when some come', async () => {
    const world = new GroupWorld({ initialRebalanceDelayMs: 3000 });
    const first = world.join();
    world.clock.advance(2000);
    const second = world.join();
    world.clock.advance(1000);
    assert.ok(await isWaiting(first));
    world.clock.advance(2000);
    assert.equal((await first).generationId, 1);
    assert.equal((await first).members.length, 2);
    assert.equal((await second).generationId, 1);
  });

  it('counts a generation when the last member leaves, and is empty', async () => {
    const world = new GroupWorld();
    const [leader, follower] = await world.pair();
    for (const { memberId } of [leader, follower]) {
      const left = world.groups.leave('g', [{ memberId, groupInstanceId: null }]);
      assert.equal(left.members[0]?.errorCode, ErrorCode.NONE);
    }
    assert.equal(world.state, 'Empty');
    assert.equal((await world.join()).generationId, leader.generationId + 2);
  });
});

describe('what a member must bring', () => {
  it('is a protocol that all others know; each votes for its first choice', async () => {
    const world = new GroupWorld();
    const metadata = subscription('orders');
    const first = await world.alone({ protocols: ['a', 'b', 'c'].map((name) => ({ name, metadata })) });
    const joining = world.join({ protocols: ['c', 'b'].map((name) => ({ name, metadata })) });
    const third = world.join({ protocols: ['c', 'b'].map((name) => ({ name, metadata })) });
    const protocols = ['a', 'b', 'c'].map((name) => ({ name, metadata }));
    const [leader] = await Promise.all([world.join({ memberId: first.memberId, protocols }), joining, third]);
    assert.equal(leader.protocolName, 'c');
    const alien = await world.join({ protocols: [{ name: 'a', metadata }] });
    assert.equal(alien.errorCode, ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    const connect = await world.join({ protocolType: 'connect', protocols: [{ name: 'c', metadata }] });
    assert.equal(connect.errorCode, ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  });

  it('is a session time-out in the allowed range, a group id and a member id that is known', async () => {
    const world = new GroupWorld();
    assert.equal((await world.join({ sessionTimeoutMs: 299 })).errorCode, ErrorCode.INVALID_SESSION_TIMEOUT);
    assert.equal(
      (await world.join({ sessionTimeoutMs: 60_001 })).errorCode,
      ErrorCode.INVALID_SESSION_TIMEOUT,
    );
    assert.equal((await world.join({ groupId: '' })).errorCode, ErrorCode.INVALID_GROUP_ID);
    assert.equal((await world.join({ memberId: 'stranger' })).errorCode, ErrorCode.UNKNOWN_MEMBER_ID);
    assert.deepEqual(world.groups.list(), []);
    assert.equal((await world.join({ sessionTimeoutMs: 300 })).errorCode, ErrorCode.NONE);
  });

  it('is the generation that it was given: 22 for another, 25 for a stranger', async () => {
    const world = new GroupWorld();
    const joined = await world.alone();
    assert.equal(world.heartbeat({ ...joined, generationId: 7 }), ErrorCode.ILLEGAL_GENERATION);
    assert.equal(world.heartbeat({ ...joined, memberId: 'stranger' }), ErrorCode.UNKNOWN_MEMBER_ID);
    const old = await world.sync({ ...joined, generationId: 7 });
    assert.equal(old.errorCode, ErrorCode.ILLEGAL_GENERATION);
    assert.equal(world.groups.heartbeat('nowhere', { ...joined, groupInstanceId: null }), 25);
  });

  it('is in SyncGroup v5 the protocol that the group has chosen', async () => {
    const world = new GroupWorld();
    const joined = await world.join();
    const wrong = await world.groups.sync({
      groupId: 'g',
      generationId: joined.generationId,
      memberId: joined.memberId,
      groupInstanceId: null,
      protocolType: 'consumer',
      protocolName: 'roundrobin',
      assignments: [],
    });
    assert.equal(wrong.errorCode, ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  });
});
