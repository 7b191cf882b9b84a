import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Broker } from '../../src/broker/broker.js';
import { systemClock } from '../../src/broker/clock.js';
import { listen, type Listeners } from '../../src/broker/server.js';
import { ClusterConnection } from '../../src/clients/cluster-connection.js';
import { groupsOf, offsetsOf, type Nodes } from '../../src/cluster/read-groups.js';
import { readLag } from '../../src/cluster/read-lag.js';
import { Side } from '../differential/side.js';
import { untilItSucceeds } from '../harness/processes.js';
import { expectedRows, makeCases, rowsOf } from './lag-cases.js';

describe('the lag of groups, on three nodes', () => {
  const mistakes: unknown[] = [];
  let broker: Broker;
  let listeners: Listeners;
  let node: Side;
  let closeCases: (() => Promise<void>) | undefined;
  let bootstrapServers: readonly string[];

  before(async () => {
    const onMistake = (error: unknown) => mistakes.push(error);
    broker = new Broker({ nodes: 3 }, { clock: systemClock, uniqueId: randomUUID, onMistake });
    listeners = await listen(broker, { nodes: 3 });
    bootstrapServers = listeners.ports.map((port) => `127.0.0.1:${port}`);
    for (const group of Object.keys(expectedRows)) broker.services.cluster.moveCoordinator('group', group, 1);
    node = new Side('node 1', { host: '127.0.0.1', port: listeners.ports[0] ?? 0 });
    closeCases = await makeCases(bootstrapServers, node);
  });
  after(async () => {
    await closeCases?.();
    await node.close();
    broker.close();
    await listeners.close();
    assert.deepEqual(mistakes, []);
  });

  const read = (group?: string) =>
    readLag({ connection: { bootstrapServers }, ...(group !== undefined && { group }) });

  for (const [group, rows] of Object.entries(expectedRows))
    it(`tells “${group}” as it is`, async () => {
      assert.deepEqual(rowsOf(await read(group), group), rows);
    });

  it('of all groups takes two requests and five to each broker at most, and says so', async () => {
    const seen: string[] = [];
    const stop = broker.onRequest((event) => {
      if (event.phase === 'received' && event.api !== 'ApiVersions') seen.push(event.api);
    });
    const { groups, requests } = await read();
    stop();
    assert.equal(groups.length, Object.keys(expectedRows).length);
    assert.equal(requests, seen.length);
    assert.ok(requests <= 2 + 5 * 3, String(requests));
  });

  it('leaves no group and no connection behind', async () => {
    const before = broker.openConnections;
    const { groups } = await read();
    await untilItSucceeds(
      'The connections are closed',
      async () => assert.equal(broker.openConnections, before),
      { timeoutMs: 5000, everyMs: 10 },
    );
    const again = await read();
    assert.deepEqual(
      again.groups.map(({ groupId }) => groupId),
      groups.map(({ groupId }) => groupId),
    );
  });

  it('is a question mark, with the reason, where a partition has no leader', async () => {
    const partition = broker.services.cluster.partition('plain', 0);
    const leader = partition?.leader ?? 1;
    partition?.moveLeader(-1);
    try {
      const [row] = rowsOf(await read('plain'), 'plain');
      assert.equal(row, 'plain/0 1 ? ?: the end could not be read: LEADER_NOT_AVAILABLE');
    } finally {
      partition?.moveLeader(leader);
    }
  });

  it('tells which node could not be asked, and hides nothing of what the others have', async () => {
    const [, , port = 0] = listeners.ports;
    broker.services.cluster.setPort(3, 1);
    try {
      const reading = await read();
      assert.deepEqual(
        reading.problems.map(({ node: id }) => id),
        [3],
      );
      assert.match(reading.problems[0]?.reason ?? '', /ECONNREFUSED/);
      assert.equal(reading.groups.length, Object.keys(expectedRows).length);
    } finally {
      broker.services.cluster.setPort(3, port);
    }
  });

  it('reads the same from a broker that takes one group a request (before Kafka 3.0)', async () => {
    const connection = await ClusterConnection.open({
      clientId: 'older',
      connection: { bootstrapServers },
      requestTimeoutMs: 5000,
      connectionTimeoutMs: 5000,
    });
    try {
      const older: Nodes = {
        newestVersion: (id, api, most) => connection.newestVersion(id, api, Math.min(most, 5)),
        request: connection.request.bind(connection),
      };
      const groups = await groupsOf(older, 1);
      assert.deepEqual(await offsetsOf(older, 1, groups), await offsetsOf(connection, 1, groups));
      assert.deepEqual(groups.map(({ groupId }) => groupId).sort(), Object.keys(expectedRows).sort());
    } finally {
      await connection.close();
    }
  });

  it('of a group that nobody knows is nothing', async () => {
    assert.deepEqual((await read('nobody')).groups, []);
  });
});
