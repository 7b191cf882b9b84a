import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Broker } from '../../src/broker/broker.js';
import { systemClock } from '../../src/broker/clock.js';
import { joinGroup } from '../../src/broker/protocol/messages/11-join-group.js';
import { syncGroup } from '../../src/broker/protocol/messages/14-sync-group.js';
import { listen, type Listeners } from '../../src/broker/server.js';
import { openCluster } from '../../src/cluster/connected-cluster.js';
import { Side } from '../differential/side.js';
import { memberBehaviour } from './member-behaviour.js';

describe('the members of groups, the embedded broker', () => {
  const mistakes: unknown[] = [];
  let broker: Broker;
  let listeners: Listeners;
  let node: Side;
  let servers: readonly string[];

  before(async () => {
    const onMistake = (error: unknown) => mistakes.push(error);
    const options = { nodes: 1, groupVersion: 1 } as const;
    broker = new Broker(options, { clock: systemClock, uniqueId: randomUUID, onMistake });
    listeners = await listen(broker, options);
    const [port = 0] = listeners.ports;
    servers = [`127.0.0.1:${port}`];
    node = new Side('embedded', { host: '127.0.0.1', port });
  });
  after(async () => {
    await node.close();
    broker.close();
    await listeners.close();
    assert.deepEqual(mistakes, []);
  });

  describe('of the new protocol', () => memberBehaviour(() => ({ servers, node })));

  describe('that are odd', () => {
    it('are their own group’s problem, and nobody else’s, when their assignment is none', async () => {
      const groupId = 'odd';
      const { memberId, generationId } = await node.ask(joinGroup, 3, {
        ...{ groupId, memberId: '', sessionTimeoutMs: 30_000, rebalanceTimeoutMs: 30_000 },
        ...{ protocolType: 'consumer', protocols: [{ name: 'own', metadata: Buffer.from('?') }] },
      });
      await node.ask(syncGroup, 2, {
        ...{ groupId, memberId, generationId },
        assignments: [{ memberId, assignment: Buffer.from('mine alone') }],
      });
      const cluster = await openCluster({ connection: { bootstrapServers: servers } });
      try {
        const { groups, problems } = await cluster.groups();
        assert.deepEqual(problems, []);
        const odd = groups.find((group) => group.groupId === groupId);
        assert.equal(odd?.members, undefined);
        assert.match(odd?.problem ?? '', /does not fit/);
        assert.ok(
          groups.length > 1 &&
            groups.every(({ problem }) => problem === odd?.problem || problem === undefined),
        );
      } finally {
        await cluster.close();
      }
    });
  });
});
