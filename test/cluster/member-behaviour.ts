// Who is in a group of the new protocol (KIP-848), the same on whatever broker; Kafka 3.9 and later.
import assert from 'node:assert/strict';
import type { Cluster, GroupState } from '../../src/cluster/cluster.js';
import { openCluster } from '../../src/cluster/connected-cluster.js';
import { isLabError } from '../../src/core/lab-error.js';
import { lagCell, lagNote } from '../../src/core/text/lag-sentence.js';
import { translator } from '../../src/core/text/translate.js';
import type { Side } from '../differential/side.js';
import { untilItSucceeds } from '../harness/processes.js';
import { ConsumerMember } from './consumer-member.js';

export const newGroup = 'new-protocol';
const topic = 'ledger';

/** @param broker asked when the tests run; they leave the member in its group until the end */
export function memberBehaviour(broker: () => { servers: readonly string[]; node: Side }): void {
  let cluster: Cluster;
  let member: ConsumerMember;

  before(async () => {
    cluster = await openCluster({ connection: { bootstrapServers: broker().servers } });
    await cluster.createTopic({ name: topic, partitions: 2 });
    await untilItSucceeds(
      'The topic is led',
      async () => {
        for (const { bounds } of await cluster.partitions(topic)) assert.ok('end' in bounds);
      },
      { timeoutMs: 20_000, everyMs: 50 },
    );
    member = await ConsumerMember.join(broker().node, newGroup, topic, 2);
  });
  after(async () => {
    await member.leave();
    await cluster.close();
  });

  it('shows what its members have, where it has committed nothing', async () => {
    const state = await stateOf(cluster);
    assert.deepEqual([state.type, state.state, state.assignor], ['consumer', 'Stable', 'uniform']);
    assert.deepEqual(told(state), ['ledger/0 – nothing committed', 'ledger/1 – nothing committed']);
    const owner = { memberId: member.memberId, clientId: 'differential', host: '/127.0.0.1' };
    assert.deepEqual(
      state.rows.map((row) => row.owner),
      [owner, owner],
    );
  });

  it('has its lag, its real state and its owners, where others say “Dead”', async () => {
    await member.commit(topic, 0, 0n);
    const state = await stateOf(cluster);
    assert.equal(state.state, 'Stable');
    assert.deepEqual(told(state), ['ledger/0 0', 'ledger/1 – nothing committed']);
    assert.deepEqual(state.members, [
      {
        ...{ memberId: member.memberId, clientId: 'differential', host: '/127.0.0.1' },
        assignment: [
          { topic, partition: 0 },
          { topic, partition: 1 },
        ],
      },
    ]);
  });

  it('is not reset either while somebody is in it', async () => {
    await refusedAsActive(() => cluster.planReset({ groupId: newGroup, to: { kind: 'latest' } }));
    const row = { topic, partition: 0, before: { kind: 'none' }, after: 0n, replays: 0n, skips: 0n } as const;
    await refusedAsActive(() => cluster.applyReset({ groupId: newGroup, rows: [row] }, 'apply'));
    await refusedAsActive(() => cluster.deleteGroup(newGroup));
    assert.deepEqual(told(await stateOf(cluster)), ['ledger/0 0', 'ledger/1 – nothing committed']);
  });

  /** The same in the list as by its name. */
  async function stateOf(from: Cluster): Promise<GroupState> {
    const { groups, problems } = await from.groups();
    assert.deepEqual(problems, []);
    const listed = groups.find(({ groupId }) => groupId === newGroup);
    assert.ok(listed);
    assert.deepEqual(await from.group(newGroup), listed);
    return listed;
  }
}

function told({ rows }: GroupState): readonly string[] {
  const t = translator({});
  return rows.map(({ topic: name, partition, lag }) =>
    [`${name}/${partition}`, lagCell(lag), lagNote(lag, t)].join(' ').trim(),
  );
}

async function refusedAsActive(act: () => Promise<unknown>): Promise<void> {
  await assert.rejects(act, (error) => isLabError(error) && error.code === 'group-active');
}
