import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ErrorCode } from '../../../src/broker/protocol/errors.js';
import { findCoordinatorHandler } from '../../../src/broker/requests/10-find-coordinator.js';
import { joinGroupHandler } from '../../../src/broker/requests/11-join-group.js';
import { heartbeatHandler } from '../../../src/broker/requests/12-heartbeat.js';
import { leaveGroupHandler } from '../../../src/broker/requests/13-leave-group.js';
import { syncGroupHandler } from '../../../src/broker/requests/14-sync-group.js';
import { describeGroupsHandler } from '../../../src/broker/requests/15-describe-groups.js';
import { listGroupsHandler } from '../../../src/broker/requests/16-list-groups.js';
import { deleteGroupsHandler } from '../../../src/broker/requests/42-delete-groups.js';
import { Bench } from './broker-bench.js';

const joining = {
  groupId: 'g',
  sessionTimeoutMs: 6000,
  rebalanceTimeoutMs: 6000,
  memberId: '',
  protocolType: 'consumer',
  protocols: [{ name: 'range', metadata: Buffer.from('m') }],
};

/** Joins as the version wants it: from 4 on in two steps. */
async function join(bench: Bench, version: number) {
  const first = await bench.call(joinGroupHandler, version, joining);
  if (version < 4) return first;
  assert.equal(first.errorCode, ErrorCode.MEMBER_ID_REQUIRED);
  return bench.call(joinGroupHandler, version, { ...joining, memberId: first.memberId });
}

describe('a member on the wire', () => {
  it('joins, syncs, beats and leaves in every version', async () => {
    for (let version = 0; version <= 9; version++) {
      const bench = new Bench();
      const joined = await join(bench, version);
      assert.deepEqual([joined.errorCode, joined.generationId, joined.protocolName], [0, 1, 'range']);
      assert.equal(joined.members[0]?.metadata.toString(), 'm');
      const { memberId, generationId } = joined;
      const identity = { groupId: 'g', memberId, generationId };
      const named = { protocolType: 'consumer', protocolName: 'range' };
      const assignments = [{ memberId, assignment: Buffer.from('all') }];
      const sync = { ...identity, ...named, assignments };
      const synced = await bench.call(syncGroupHandler, Math.min(version, 5), sync);
      assert.equal(synced.assignment.toString(), 'all');
      const beat = await bench.call(heartbeatHandler, Math.min(version, 4), identity);
      assert.equal(beat.errorCode, ErrorCode.NONE);
      const leaving = version < 3 ? identity : { groupId: 'g', members: [{ memberId }] };
      const left = await bench.call(leaveGroupHandler, Math.min(version, 5), leaving);
      assert.equal(left.errorCode, ErrorCode.NONE);
      assert.equal(bench.services.groups.describe('g').state, 'Empty');
    }
  });

  it('is told the error of its leaving at the top up to version 2, beside its name from 3', async () => {
    const bench = new Bench();
    await join(bench, 5);
    const old = await bench.call(leaveGroupHandler, 2, { groupId: 'g', memberId: 'stranger' });
    assert.equal(old.errorCode, ErrorCode.UNKNOWN_MEMBER_ID);
    const modern = await bench.call(leaveGroupHandler, 3, {
      groupId: 'g',
      members: [{ memberId: 'stranger' }],
    });
    assert.deepEqual([modern.errorCode, modern.members[0]?.errorCode], [0, ErrorCode.UNKNOWN_MEMBER_ID]);
  });

  it('must turn to the coordinator: 16 from every other node', async () => {
    const bench = new Bench({ nodes: 3 });
    const { nodeId } = bench.services.cluster.coordinatorFor('group', 'g');
    const elsewhere = { nodeId: (nodeId % 3) + 1 };
    const { NOT_COORDINATOR } = ErrorCode;
    const identity = { groupId: 'g', memberId: 'm', generationId: 1 };
    assert.equal((await bench.call(joinGroupHandler, 5, joining, elsewhere)).errorCode, NOT_COORDINATOR);
    assert.equal((await bench.call(syncGroupHandler, 3, identity, elsewhere)).errorCode, NOT_COORDINATOR);
    assert.equal((await bench.call(heartbeatHandler, 3, identity, elsewhere)).errorCode, NOT_COORDINATOR);
    assert.equal(
      (await bench.call(leaveGroupHandler, 3, { groupId: 'g' }, elsewhere)).errorCode,
      NOT_COORDINATOR,
    );
    const deleted = await bench.call(deleteGroupsHandler, 1, { groupsNames: ['g'] }, elsewhere);
    assert.equal(deleted.results[0]?.errorCode, NOT_COORDINATOR);
    const described = await bench.call(describeGroupsHandler, 2, { groups: ['g'] }, elsewhere);
    assert.equal(described.groups[0]?.errorCode, NOT_COORDINATOR);
  });
});

describe('FindCoordinator', () => {
  it('names one node for a key, several keys from version 4, and follows a move', async () => {
    const bench = new Bench({ nodes: 3 });
    bench.services.cluster.setPort(2, 9095);
    bench.services.cluster.moveCoordinator('group', 'g', 2);
    for (let version = 0; version <= 3; version++) {
      const answer = await bench.call(findCoordinatorHandler, version, { key: 'g', keyType: 0 });
      assert.deepEqual([answer.errorCode, answer.nodeId, answer.port], [0, 2, 9095]);
    }
    const many = await bench.call(findCoordinatorHandler, 4, { keyType: 1, coordinatorKeys: ['x', 'y'] });
    assert.deepEqual(
      many.coordinators.map(({ key }) => key),
      ['x', 'y'],
    );
    const { nodeId } = bench.services.cluster.coordinatorFor('transaction', 'x');
    assert.equal(many.coordinators[0]?.nodeId, nodeId);
  });

  it('refuses a type that it does not know', async () => {
    const answer = await new Bench().call(findCoordinatorHandler, 2, { key: 'g', keyType: 9 });
    assert.equal(answer.errorCode, ErrorCode.INVALID_REQUEST);
  });
});

describe('groups as administrators see them', () => {
  it('are described with members and assignments; an unknown one is Dead without an error', async () => {
    const bench = new Bench();
    const { memberId, generationId } = await join(bench, 5);
    const assignments = [{ memberId, assignment: Buffer.from('all') }];
    await bench.call(syncGroupHandler, 3, { groupId: 'g', memberId, generationId, assignments });
    for (let version = 0; version <= 5; version++) {
      const answer = await bench.call(describeGroupsHandler, version, { groups: ['g', 'x'] });
      const [known, unknown] = answer.groups;
      assert.deepEqual([known?.groupState, known?.protocolData], ['Stable', 'range']);
      const [member] = known?.members ?? [];
      assert.deepEqual([member?.clientId, member?.clientHost], ['test', '/127.0.0.1']);
      assert.equal(member?.memberAssignment.toString(), 'all');
      assert.deepEqual([unknown?.groupState, unknown?.errorCode], ['Dead', ErrorCode.NONE]);
    }
  });

  it('are listed by the node that coordinates them, filtered by state and type', async () => {
    const bench = new Bench({ nodes: 2 });
    for (const groupId of ['a', 'b', 'c', 'd']) {
      const { nodeId } = bench.services.cluster.coordinatorFor('group', groupId);
      await bench.call(joinGroupHandler, 3, { ...joining, groupId }, { nodeId });
    }
    const listed = async (version: number, request: object, nodeId: number) =>
      (await bench.call(listGroupsHandler, version, request, { nodeId })).groups.map(
        ({ groupId }) => groupId,
      );
    const everywhere = [...(await listed(2, {}, 1)), ...(await listed(2, {}, 2))];
    assert.deepEqual(everywhere.sort(), ['a', 'b', 'c', 'd']);
    const all = await listed(4, { statesFilter: ['completingrebalance'] }, 1);
    assert.deepEqual(all, await listed(2, {}, 1));
    assert.deepEqual(await listed(4, { statesFilter: ['Stable'] }, 1), []);
    assert.deepEqual(await listed(5, { typesFilter: ['consumer'] }, 1), []);
    assert.deepEqual(await listed(5, { typesFilter: ['classic'] }, 1), all);
  });

  it('are deleted when they are empty', async () => {
    const bench = new Bench();
    const { memberId } = await join(bench, 5);
    const remove = async () =>
      (await bench.call(deleteGroupsHandler, 1, { groupsNames: ['g', 'x'] })).results.map(
        (one) => one.errorCode,
      );
    assert.deepEqual(await remove(), [ErrorCode.NON_EMPTY_GROUP, ErrorCode.GROUP_ID_NOT_FOUND]);
    await bench.call(leaveGroupHandler, 3, { groupId: 'g', members: [{ memberId }] });
    assert.deepEqual(await remove(), [ErrorCode.NONE, ErrorCode.GROUP_ID_NOT_FOUND]);
  });
});
