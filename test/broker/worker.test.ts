import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, it } from 'mocha';
import { monotonicMs } from '../../src/broker/monotonic.js';
import { produce } from '../../src/broker/protocol/messages/00-produce.js';
import { createTopics } from '../../src/broker/protocol/messages/19-create-topics.js';
import { BrokerStartError } from '../../src/broker/start-error.js';
import { startEmbeddedBroker, type EmbeddedBroker } from '../../src/broker/start-worker.js';
import { producing, send } from './wire/broker-in-memory.js';
import { bundleWorker } from './wire/worker-bundle.js';
import { WireClient } from './wire/wire-client.js';

describe('the broker in a worker thread', () => {
  let bundle: Awaited<ReturnType<typeof bundleWorker>>;
  before(async () => (bundle = await bundleWorker()));
  after(() => bundle.remove());

  async function started(use: (broker: EmbeddedBroker, client: WireClient) => Promise<void>): Promise<void> {
    const broker = await startEmbeddedBroker({ workerFile: bundle.file, nodes: 1 });
    const mistakes: string[] = [];
    broker.onMistake((text) => mistakes.push(text));
    const [host = '', port = ''] = (broker.bootstrapServers[0] ?? '').split(':');
    const socket = connect(Number(port), host);
    await once(socket, 'connect');
    try {
      await use(broker, new WireClient(socket));
      assert.deepEqual(mistakes, []);
    } finally {
      socket.destroy();
      await broker.stop();
    }
  }

  const topic = { topics: [{ name: 't', numPartitions: 1, replicationFactor: 1 }] };

  it('has told everything that happened before when a flush resolves, with times of our own clock', () =>
    started(async (broker, client) => {
      const told: { readonly type: string; readonly atMs: number }[] = [];
      broker.onEvent((event) => told.push(event));
      await broker.flush();
      const began = monotonicMs();
      await client.call(createTopics, 3, topic);
      for (let index = 0; index < 20; index++) await send(client, 't', String(index));
      await broker.flush();
      const ended = monotonicMs();
      assert.equal(told.filter(({ type }) => type === 'append').length, 20);
      assert.ok(told.every(({ atMs }) => atMs >= began && atMs <= ended));
    }));

  it('tells of armed and fired rules and of requests, and refuses a rule with its reason', () =>
    started(async (broker, client) => {
      const rules: string[] = [];
      const requests: string[] = [];
      broker.onRule(({ event, action }) => rules.push(`${event} ${action}`));
      const stop = broker.onRequest((event) => requests.push(event.phase));
      await assert.rejects(broker.arm({ api: 'Nothing', phase: 'received', action: { kind: 'close' } }), {
        name: 'FaultRuleError',
        message: '“api”: there is no API “Nothing”',
      });
      await client.call(createTopics, 3, topic);
      const action = { kind: 'error', code: 6 } as const;
      await broker.arm({ api: 'Produce', phase: 'afterAppend', action });
      assert.equal((await send(client, 't', 'a'))?.errorCode, 6);
      await broker.flush();
      assert.deepEqual(rules, ['armed error', 'fired error']);
      assert.deepEqual(requests, ['received', 'replied', 'received', 'replied']);
      stop();
      await broker.flush();
      await client.call(produce, 7, producing('t', -1, 'b'));
      await broker.flush();
      assert.equal(requests.length, 4, 'nobody listens any more');
    }));

  it('starts and stops quickly, and can be stopped twice', async () => {
    const began = performance.now();
    const broker = await startEmbeddedBroker({ workerFile: bundle.file });
    const startMs = performance.now() - began;
    assert.equal(broker.bootstrapServers.length, 3);
    await Promise.all([broker.stop(), broker.stop()]);
    await broker.stop();
    await assert.rejects(broker.flush(), /has stopped/);
    assert.ok(startMs < 1000, `${startMs} ms`);
  });

  it('says which error kept it from listening', async () => {
    const first = await startEmbeddedBroker({ workerFile: bundle.file, nodes: 1 });
    const port = Number(first.bootstrapServers[0]?.split(':')[1]);
    await assert.rejects(
      startEmbeddedBroker({ workerFile: bundle.file, nodes: 1, ports: [port] }),
      (error) => error instanceof BrokerStartError && error.code === 'EADDRINUSE',
    );
    await first.stop();
  });

  it('ends the connections of its clients when it stops', async () => {
    const broker = await startEmbeddedBroker({ workerFile: bundle.file, nodes: 1 });
    const port = Number(broker.bootstrapServers[0]?.split(':')[1]);
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const client = new WireClient(socket);
    await broker.stop();
    await client.untilEnded();
  });
});
