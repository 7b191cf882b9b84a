import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { encodeRequestFrame } from '../../src/broker/protocol/header.js';
import { apiVersions } from '../../src/broker/protocol/messages/18-api-versions.js';
import { BrokerProcess } from './broker-process.js';
import { Bystander } from './bystander.js';

const megabyte = 2 ** 20;
const request = encodeRequestFrame(apiVersions, { apiVersion: 0, correlationId: 1, clientId: 'slow' }, {});

describe('A connection with bad manners', function () {
  this.timeout(60_000);
  let broker: BrokerProcess;
  let bystander: Bystander;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    broker = await BrokerProcess.start();
    bystander = await Bystander.start(broker.address);
  });

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await bystander.stop();
    await broker.stop();
  });

  /** Connections that are open, while the well-behaved client goes on as before. */
  async function open(count: number): Promise<readonly Socket[]> {
    const opened: Socket[] = [];
    for (let each = 0; each < count; each++) {
      const socket = connect(broker.address);
      // That the broker ends it is what some of the tests are about.
      socket.on('error', () => undefined);
      sockets.push(socket);
      opened.push(socket);
      await once(socket, 'connect');
    }
    return opened;
  }

  async function rounds(count: number): Promise<void> {
    const enough = bystander.rounds + count;
    await bystander.run(() => bystander.rounds >= enough);
  }

  async function residentBytes(): Promise<number> {
    return (await broker.state()).residentBytes;
  }

  it('that promises 2 GB is closed at once, and costs nothing', async () => {
    await rounds(20);
    const before = await residentBytes();
    for (const socket of await open(200)) {
      const closed = once(socket, 'close');
      socket.resume();
      socket.write(Buffer.from([0x7f, 0xff, 0xff, 0xff, 0, 18, 0, 0]));
      await closed;
    }
    await rounds(20);
    assert.ok((await residentBytes()) - before < 50 * megabyte);
    assert.deepEqual([...broker.mistakes.keys()], []);
  });

  it('that promises as much as is allowed and sends little costs what it sent', async () => {
    await rounds(20);
    const before = await residentBytes();
    const allowed = Buffer.alloc(1004);
    allowed.writeInt32BE(100 * megabyte, 0);
    for (const socket of await open(200)) socket.write(allowed);
    await rounds(20);
    assert.equal((await broker.state()).openConnections, 201);
    assert.ok((await residentBytes()) - before < 50 * megabyte);
  });

  it('that sends a request byte by byte gets its answer, and holds nobody up', async () => {
    const slow = await open(50);
    const answers = slow.map((socket) => once(socket, 'data'));
    for (const byte of request) {
      for (const socket of slow) socket.write(Buffer.from([byte]));
      await rounds(3);
    }
    const received = (await Promise.all(answers)) as [Buffer][];
    assert.ok(received.every(([answer]) => answer.readInt32BE(4) === 1));
  });

  it('that says nothing, a thousand times over, takes little and leaves nothing behind', async () => {
    await rounds(20);
    const before = await residentBytes();
    const idle = await open(1000);
    await rounds(100);
    assert.equal((await broker.state()).openConnections, 1001);
    assert.ok((await residentBytes()) - before < 100 * megabyte);
    const closed = idle.map((socket) => once(socket, 'close'));
    for (const socket of idle) socket.destroy();
    await Promise.all(closed);
    // The broker hears of each end in its own time; the well-behaved client's rounds give it that.
    while ((await broker.state()).openConnections > 1) await rounds(1);
  });

  it('that never reads its answers is not read any more, and takes a bounded amount', async () => {
    await rounds(20);
    const before = await residentBytes();
    const flood = Buffer.concat(Array.from({ length: 1000 }, () => request));
    for (const socket of await open(10)) {
      socket.pause();
      for (let written = 0; written < 50; written++) socket.write(flood);
    }
    await rounds(100);
    assert.ok((await residentBytes()) - before < 150 * megabyte);
    assert.ok(broker.isAlive);
  });
});
