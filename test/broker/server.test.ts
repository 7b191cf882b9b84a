import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { describe, it } from 'mocha';
import { Broker } from '../../src/broker/broker.js';
import { systemClock } from '../../src/broker/clock.js';
import { produce } from '../../src/broker/protocol/messages/00-produce.js';
import { metadata } from '../../src/broker/protocol/messages/03-metadata.js';
import { listen, type Listeners } from '../../src/broker/server.js';
import { producing } from './wire/broker-in-memory.js';
import { WireClient } from './wire/wire-client.js';

function newBroker(): Broker {
  const onMistake = (error: unknown) => assert.fail(String(error));
  return new Broker({ nodes: 3 }, { clock: systemClock, uniqueId: randomUUID, onMistake });
}

async function serving(use: (broker: Broker, listeners: Listeners) => Promise<void>): Promise<void> {
  const broker = newBroker();
  const listeners = await listen(broker, { nodes: 3 });
  try {
    await use(broker, listeners);
  } finally {
    broker.close();
    await listeners.close();
  }
}

async function connected(port: number): Promise<WireClient> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return new WireClient(socket);
}

describe('the listeners', () => {
  it('give every node a free port of the loopback interface, and Metadata names them', () =>
    serving(async (_broker, { ports }) => {
      assert.equal(new Set(ports).size, 3);
      const answer = await (await connected(ports[1] ?? 0)).call(metadata, 6, { topics: [] });
      assert.deepEqual(
        answer.brokers.map(({ nodeId, host, port }) => [nodeId, host, port]),
        ports.map((port, index) => [index + 1, '127.0.0.1', port]),
      );
    }));

  it('take the ports that are asked for, and leave nothing open when one is taken', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const { port } = occupant.address() as AddressInfo;
    await assert.rejects(listen(newBroker(), { nodes: 2, ports: [0, port] }), { code: 'EADDRINUSE' });
    await new Promise((resolve) => occupant.close(resolve));
    const broker = newBroker();
    const listeners = await listen(broker, { nodes: 1, ports: [port] });
    assert.deepEqual(listeners.ports, [port]);
    await listeners.close();
  });

  it('also answer on ::1 when they are told to', async () => {
    const broker = newBroker();
    const listeners = await listen(broker, { nodes: 1, alsoIpv6: true });
    const socket = connect(listeners.ports[0] ?? 0, '::1');
    await once(socket, 'connect');
    const client = new WireClient(socket);
    assert.equal((await client.call(metadata, 6, { topics: [] })).brokers.length, 3);
    await client.close();
    broker.close();
    await listeners.close();
  });

  it('reset the connection when a rule says so: the client sees ECONNRESET and no FIN', () =>
    serving(async (broker, { ports }) => {
      broker.arm({ api: 'Metadata', phase: 'received', action: { kind: 'reset' } });
      const socket = connect(ports[0] ?? 0, '127.0.0.1');
      await once(socket, 'connect');
      const failed = new Promise<Error>((resolve) => socket.once('error', resolve));
      new WireClient(socket).send(metadata, 6, { topics: [] });
      assert.equal(((await failed) as NodeJS.ErrnoException).code, 'ECONNRESET');
    }));

  it('let a thousand connections stand idle beside one that works', () =>
    serving(async (broker, { ports }) => {
      const idle = await Promise.all(Array.from({ length: 1000 }, () => connected(ports[0] ?? 0)));
      const client = await connected(ports[0] ?? 0);
      broker.services.cluster.createTopic({ name: 't' });
      const leader = broker.services.cluster.partition('t', 0)?.leader;
      assert.equal(leader, 1);
      const answer = await client.call(produce, 7, producing('t', -1, 'a'));
      assert.equal(answer.responses[0]?.partitionResponses[0]?.baseOffset, 0n);
      await Promise.all(idle.map((one) => one.close()));
    }));
});
