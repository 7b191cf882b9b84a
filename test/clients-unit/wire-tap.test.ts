import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { FrameSplitter } from '../../src/broker/protocol/frame.js';
import { encodeRequestFrame, encodeResponseFrame } from '../../src/broker/protocol/header.js';
import { encodeRecordBatch } from '../../src/broker/protocol/encode-record-batch.js';
import { produce } from '../../src/broker/protocol/messages/00-produce.js';
import { WireFaultStriker } from '../../src/clients/wire-fault.js';
import { WireKnowledge } from '../../src/clients/wire-knowledge.js';
import { WireTap } from '../../src/clients/wire-tap.js';
import type { Observation, WireEvent } from '../../src/core/history/events.js';
import type { WireFault } from '../../src/core/scenario/scenario.js';

describe('The wire tap', () => {
  const opened: { close(): void }[] = [];
  afterEach(() => opened.splice(0).forEach((one) => one.close()));

  it('reports a request with what it carries, and its response', async () => {
    const { events, socket, answers } = await connect();
    socket.write(produceFrame(1, 'm0'));
    await answers(1);
    assert.deepEqual(wireOf(events), ['request Produce m0', 'response Produce offset 0']);
  });

  it('hands over each of several responses that come in one chunk, and one that comes in pieces', async () => {
    const { events, socket, answers } = await connect({ reply: 'in pieces' });
    socket.write(produceFrame(1, 'm0'));
    socket.write(produceFrame(2, 'm1'));
    await answers(2);
    assert.equal(wireOf(events).filter((line) => line.startsWith('response')).length, 2);
  });

  it('withholds the request that carries m4, and cuts the connection with an error that kafkajs hears', async () => {
    const { events, socket, received, bytesReceived } = await connect({ fault: { action: 'lose-request' } });
    const cut = once(socket, 'error');
    const m3 = produceFrame(1, 'm3');
    socket.write(m3);
    socket.write(produceFrame(2, 'm4'));
    await Promise.all([cut, bytesReceived(m3.length)]);
    assert.deepEqual(received(), ['m3']);
    assert.ok(wireOf(events).includes('request Produce m4 lost'));
    assert.deepEqual(fired(events), ['m4']);
  });

  it('swallows the response to m4, which the broker has got, and cuts the connection', async () => {
    const { events, socket, received } = await connect({ fault: { action: 'lose-response' } });
    const heard: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => heard.push(chunk));
    const cut = once(socket, 'error');
    socket.write(produceFrame(1, 'm4'));
    await cut;
    assert.deepEqual(received(), ['m4']);
    assert.deepEqual(heard, []);
    assert.ok(wireOf(events).includes('response Produce offset 0 lost'));
    assert.deepEqual(fired(events), ['m4']);
  });

  it('delays the response and hands it over later', async () => {
    const { events, socket, answers } = await connect({ fault: { action: 'delay-response', delayMs: 30 } });
    socket.write(produceFrame(1, 'm4'));
    await answers(1);
    assert.ok(wireOf(events).includes('response Produce offset 0 delayed'));
  });

  it('lets the process die when the response arrives, before the client hears of it', async () => {
    const { events, socket, died } = await connect({ fault: { action: 'crash-on-response' } });
    socket.on('data', () => assert.fail('the client must not hear the response'));
    socket.write(produceFrame(1, 'm4'));
    await died;
    assert.deepEqual(fired(events), ['m4']);
  });

  it('strikes once: the repeated request passes', async () => {
    const { events, socket, received, reconnect } = await connect({ fault: { action: 'lose-request' } });
    const cut = once(socket, 'error');
    socket.write(produceFrame(1, 'm4'));
    await cut;
    const { socket: second, answers } = await reconnect();
    second.write(produceFrame(2, 'm4'));
    await answers(1);
    assert.deepEqual(received(), ['m4']);
    assert.deepEqual(fired(events), ['m4']);
  });

  it('expects no response to a Produce with acks=0', async () => {
    const { events, socket, answers } = await connect();
    socket.write(produceFrame(7, 'm0', 0));
    socket.write(produceFrame(8, 'm1'));
    await answers(1);
    assert.deepEqual(wireOf(events), [
      'request Produce m0',
      'request Produce m1',
      'response Produce offset 0',
    ]);
  });

  it('lets bytes that are no request of ours pass unseen', async () => {
    const { events, socket, bytesReceived } = await connect();
    const token = Buffer.from('\0\0\0\x0d\0alice\0secret');
    socket.write(token);
    await bytesReceived(token.length);
    assert.deepEqual(wireOf(events), []);
    assert.ok(!JSON.stringify(events).includes('secret'));
  });

  async function connect(
    options: { readonly fault?: Pick<WireFault, 'action' | 'delayMs'>; readonly reply?: 'in pieces' } = {},
  ) {
    const broker = await startFakeBroker(options.reply);
    opened.push(broker);
    const events: Observation[] = [];
    let die: () => void = () => undefined;
    const died = new Promise<void>((resolve) => (die = resolve));
    const record = (event: Observation): void => void events.push(event);
    const tap = new WireTap('producer', record, new WireKnowledge(), strikerOf(options.fault, record, die));
    const open = async () => {
      const { promise, connected } = connection();
      const socket = tap.socketFactory({ ...broker.address, ssl: plaintext, onConnect: connected });
      opened.push({ close: () => socket.destroy() });
      await promise;
      return { socket, answers: (count: number) => framesOf(socket, count) };
    };
    const first = await open();
    return {
      ...first,
      events,
      died,
      reconnect: open,
      received: broker.received,
      bytesReceived: broker.bytesReceived,
    };
  }
});

// kafkajs hands over `ssl: undefined` for plaintext, though its types say otherwise.
const plaintext = undefined as never;

function connection(): { readonly promise: Promise<void>; readonly connected: () => void } {
  let connected: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => (connected = resolve));
  return { promise, connected };
}

function strikerOf(
  fault: Pick<WireFault, 'action' | 'delayMs'> | undefined,
  record: (event: Observation) => void,
  die: () => void,
): WireFaultStriker | undefined {
  if (!fault) return undefined;
  const whole = {
    kind: 'wire',
    point: 'P2',
    actor: 'producer',
    api: 'Produce',
    message: 'm4',
    ...fault,
  } as const;
  return new WireFaultStriker(whole, 'producer', record, die);
}

function framesOf(socket: net.Socket, count: number): Promise<void> {
  const splitter = new FrameSplitter();
  let seen = 0;
  return new Promise((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      seen += [...splitter.feed(chunk)].length;
      if (seen >= count) resolve();
    });
  });
}

function produceFrame(correlationId: number, value: string, acks = -1): Buffer {
  const records = encodeRecordBatch({ records: [{ value: Buffer.from(value) }] });
  return encodeRequestFrame(
    produce,
    { apiVersion: 7, correlationId, clientId: 'test' },
    { acks, timeoutMs: 1000, topicData: [{ name: 'topic', partitionData: [{ index: 0, records }] }] },
  );
}

/** Answers every Produce with offset 0, unless it asked for no answer. */
async function startFakeBroker(reply?: 'in pieces') {
  const values: string[] = [];
  let bytes = 0;
  const arrivals = new Set<() => void>();
  const server = net.createServer((socket) => {
    const splitter = new FrameSplitter();
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      arrivals.forEach((check) => check());
      const answers: Buffer[] = [];
      for (const frame of splitter.feed(chunk)) {
        const value = /m\d/.exec(frame.toString('latin1'))?.[0];
        if (value === undefined) continue;
        values.push(value);
        if (frame.readInt32BE(4) !== 7) answers.push(answerTo(frame.readInt32BE(4)));
      }
      send(socket, Buffer.concat(answers), reply);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = { host: '127.0.0.1', port: (server.address() as net.AddressInfo).port };
  const bytesReceived = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (bytes >= count) resolve();
      };
      arrivals.add(check);
      check();
    });
  return { close: () => server.close(), address, received: () => values, bytesReceived };
}

function send(socket: net.Socket, bytes: Buffer, reply: 'in pieces' | undefined): void {
  if (reply !== 'in pieces') {
    socket.write(bytes);
    return;
  }
  socket.setNoDelay(true);
  socket.write(bytes.subarray(0, 7));
  setImmediate(() => socket.write(bytes.subarray(7)));
}

function answerTo(correlationId: number): Buffer {
  return encodeResponseFrame(produce, 7, correlationId, {
    responses: [{ name: 'topic', partitionResponses: [{ index: 0, errorCode: 0, baseOffset: 0n }] }],
  });
}

function wireOf(events: readonly Observation[]): readonly string[] {
  return events
    .filter((event): event is WireEvent => event.type === 'request' || event.type === 'response')
    .map(({ type, api, detail, fate }) =>
      [type, api, detail?.values?.join(' ') ?? `offset ${detail?.baseOffset}`, fate ?? ''].join(' ').trim(),
    );
}

function fired(events: readonly Observation[]): readonly (string | undefined)[] {
  return events.flatMap((event) =>
    event.type === 'fault' && event.event === 'fired' ? [event.message] : [],
  );
}
