import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Broker } from '../../src/broker/broker.js';
import { systemClock } from '../../src/broker/clock.js';
import { listen, type Listeners } from '../../src/broker/server.js';
import { openCluster } from '../../src/cluster/connected-cluster.js';
import { untilItSucceeds } from '../harness/processes.js';
import { logBehaviour } from './log-behaviour.js';
import { clusterBehaviour } from './cluster-behaviour.js';

describe('a connected cluster, the embedded broker', () => {
  const mistakes: unknown[] = [];
  let broker: Broker;
  let listeners: Listeners;
  let bootstrapServers: readonly string[];

  before(async () => {
    const onMistake = (error: unknown) => mistakes.push(error);
    broker = new Broker({ nodes: 3 }, { clock: systemClock, uniqueId: randomUUID, onMistake });
    listeners = await listen(broker, { nodes: 3 });
    bootstrapServers = listeners.ports.map((port) => `127.0.0.1:${port}`);
  });
  after(async () => {
    broker.close();
    await listeners.close();
    assert.deepEqual(mistakes, []);
  });

  clusterBehaviour(() => bootstrapServers);

  describe('its logs', () => logBehaviour(() => bootstrapServers));

  it('reads one topic and one group without asking for the others', async () => {
    const cluster = await openCluster({ connection: { bootstrapServers } });
    await cluster.createTopic({ name: 'one', partitions: 3 });
    const before = cluster.requestCount;
    await cluster.partitions('one');
    // Metadata, and to each of three leaders three ListOffsets and one DescribeLogDirs.
    assert.equal(cluster.requestCount - before, 1 + 3 * 4);
    await cluster.close();
  });

  it('leaves no group and no connection behind, whatever was read', async () => {
    const groupIds = () => broker.services.groups.list().map(({ groupId }) => groupId);
    const before = { connections: broker.openConnections, groups: groupIds() };
    const cluster = await openCluster({ connection: { bootstrapServers } });
    await cluster.createTopic({ name: 'read', partitions: 3 });
    await cluster.topics();
    await cluster.partitions('read');
    await cluster.groups();
    assert.equal(await cluster.group('nobody'), undefined);
    await assert.rejects(cluster.planReset({ groupId: 'nobody', to: { kind: 'latest' } }));
    // One connection to each node, however much is asked.
    assert.equal(broker.openConnections - before.connections, 3);
    await cluster.close();
    await untilItSucceeds(
      'Nothing of it is left',
      async () => assert.equal(broker.openConnections, before.connections),
      { timeoutMs: 5000 },
    );
    assert.deepEqual(groupIds(), before.groups);
  });

  it('connects again when a node has cut its connections', async () => {
    const before = broker.openConnections;
    const cluster = await openCluster({ connection: { bootstrapServers } });
    await cluster.createTopic({ name: 'again', partitions: 3 });
    assert.equal((await cluster.partitions('again')).length, 3);
    broker.arm({ api: 'ListOffsets', phase: 'received', action: { kind: 'reset' }, count: 9 });
    const [torn] = await cluster.partitions('again');
    assert.ok(torn && 'unreadable' in torn.bounds);
    // Requests that were on their way with the one that was struck never arrived: a few strikes are left.
    const whole = async (): Promise<void> => {
      for (const { bounds } of await cluster.partitions('again')) assert.ok('end' in bounds);
    };
    await untilItSucceeds('It connects again', whole, { timeoutMs: 5000 });
    await cluster.close();
    await untilItSucceeds('Nothing of it is left', async () => assert.equal(broker.openConnections, before), {
      timeoutMs: 5000,
    });
  });
});
