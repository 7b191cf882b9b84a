import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { describe, it } from 'mocha';
import type { Broker } from '../../src/broker/broker.js';
import { produce } from '../../src/broker/protocol/messages/00-produce.js';
import { fetch } from '../../src/broker/protocol/messages/01-fetch.js';
import { metadata } from '../../src/broker/protocol/messages/03-metadata.js';
import { heartbeat } from '../../src/broker/protocol/messages/12-heartbeat.js';
import { apiVersions } from '../../src/broker/protocol/messages/18-api-versions.js';
import { decodeResponseFrame } from '../../src/broker/protocol/header.js';
import { advertised } from '../../src/broker/registry.js';
import { BrokerInMemory, producing, send } from './wire/broker-in-memory.js';

const fetching = (maxWaitMs: number) => ({
  maxWaitMs,
  minBytes: 1,
  maxBytes: 1_000_000,
  topics: [{ topic: 't', partitions: [{ partition: 0, fetchOffset: 0n, partitionMaxBytes: 1_000_000 }] }],
});

describe('a connection', () => {
  it('tells exactly the APIs and versions that are answered', async () => {
    const memory = new BrokerInMemory();
    for (let version = 0; version <= 4; version++) {
      const answer = await memory.connect().call(apiVersions, version, {
        clientSoftwareName: 'test',
        clientSoftwareVersion: '1.0',
      });
      assert.equal(answer.errorCode, 0);
      assert.deepEqual(answer.apiKeys, advertised);
    }
  });

  it('answers requests one after the other in their order, though they come in one piece', async () => {
    const memory = new BrokerInMemory();
    await memory.createTopic('t');
    const client = memory.connect();
    client.stream.cork();
    const ids = [
      client.send(fetch, 11, fetching(500)),
      client.send(metadata, 6, { topics: [] }),
      client.send(heartbeat, 3, { groupId: 'g', memberId: 'm', generationId: 1 }),
    ];
    client.stream.uncork();
    await setImmediate();
    assert.equal(client.receivedBytes, 0, 'the long poll holds the others back');
    memory.clock.advance(500);
    const fetched = await client.nextFrame();
    const described = await client.nextFrame();
    const beaten = await client.nextFrame();
    assert.ok(fetched && described && beaten);
    assert.equal(decodeResponseFrame(fetch, 11, fetched).correlationId, ids[0]);
    assert.equal(decodeResponseFrame(metadata, 6, described).correlationId, ids[1]);
    assert.equal(decodeResponseFrame(heartbeat, 3, beaten).correlationId, ids[2]);
  });

  it('puts a request together that comes byte by byte', async () => {
    const memory = new BrokerInMemory();
    await memory.createTopic('t');
    const client = memory.connect();
    const whole: Buffer[] = [];
    const write = client.stream.write.bind(client.stream);
    client.stream.write = (chunk: Buffer) => Boolean(whole.push(chunk));
    client.send(produce, 7, producing('t', -1, 'slow'));
    client.stream.write = write;
    for (const byte of Buffer.concat(whole)) client.stream.write(Buffer.of(byte));
    assert.ok(await client.nextFrame());
    assert.equal(memory.endOffset('t'), 1n);
  });

  it('writes not a byte for acks=0, and the record is there', async () => {
    const memory = new BrokerInMemory();
    await memory.createTopic('t');
    const client = memory.connect();
    client.send(produce, 7, producing('t', 0, 'a'));
    const answer = await client.call(metadata, 6, { topics: [] });
    assert.equal(answer.brokers.length, 1);
    assert.equal(memory.endOffset('t'), 1n);
  });

  it('wakes a long poll when a record comes on another connection', async () => {
    const memory = new BrokerInMemory();
    await memory.createTopic('t');
    const reader = memory.connect();
    const fetched = reader.call(fetch, 11, fetching(60_000));
    await send(memory.connect(), 't', 'a');
    const answer = await fetched;
    assert.equal(answer.responses[0]?.partitions[0]?.highWatermark, 1n);
  });

  it('ends the long poll of a client that has gone', async () => {
    const memory = new BrokerInMemory();
    await memory.createTopic('t');
    const client = memory.connect();
    client.send(fetch, 11, fetching(60_000));
    await setImmediate();
    const { broker } = memory;
    assert.equal(broker.openConnections, 1);
    await client.close();
    await untilNoConnection(broker);
    assert.deepEqual(memory.mistakes, []);
  });

  it('still carries out what a client sent before it went', async () => {
    const memory = new BrokerInMemory();
    await memory.createTopic('t');
    const client = memory.connect();
    client.stream.cork();
    for (const value of ['a', 'b', 'c']) client.send(produce, 7, producing('t', 0, value));
    client.stream.uncork();
    client.stream.end();
    await client.untilEnded();
    while (memory.endOffset('t') < 3n) await setImmediate();
    assert.equal(memory.endOffset('t'), 3n);
  });

  it('does not read on while the client does not read its answers', async () => {
    const memory = new BrokerInMemory();
    await memory.createTopic('t');
    const client = memory.connect();
    await client.call(produce, 7, producing('t', -1, 'x'.repeat(200_000)));
    client.stream.pause();
    const received = memory.requests();
    const polls = 200;
    for (let poll = 0; poll < polls; poll++) client.send(fetch, 11, fetching(0));
    for (let turn = 0; turn < 50; turn++) await setImmediate();
    const served = received.filter(({ phase }) => phase === 'received').length;
    assert.ok(served < 5, `${served} of ${polls} answers were made for a client that does not read`);
    client.stream.resume();
    for (let poll = 0; poll < polls; poll++) assert.ok(await client.nextFrame());
  });

  it('keeps a bounded number of bytes waiting behind a long poll', async () => {
    const memory = new BrokerInMemory();
    await memory.createTopic('t');
    const client = memory.connect();
    client.send(fetch, 11, { ...fetching(60_000), topics: fetching(0).topics });
    const big = producing('t', 0, 'x'.repeat(100_000));
    for (let request = 0; request < 100; request++) client.send(produce, 7, big);
    for (let turn = 0; turn < 50; turn++) await setImmediate();
    assert.ok(client.stream.writableLength > 8_000_000, 'the bytes stay with the client');
    memory.clock.advance(60_000);
    while (memory.endOffset('t') < 100n) await setImmediate();
  });

  it('tells who listens of every request, and computes nothing otherwise', async () => {
    const memory = new BrokerInMemory();
    await memory.createTopic('t');
    const told = memory.requests();
    const client = memory.connect(1, 'billing');
    await send(client, 't', 'a');
    await send(client, 'missing', 'a');
    assert.deepEqual(
      told.map((event) =>
        event.phase === 'refused' ? event : [event.phase, event.clientId, event.api, event.summary],
      ),
      [
        ['received', 'billing', 'Produce', 't/0'],
        ['replied', 'billing', 'Produce', ''],
        ['received', 'billing', 'Produce', 'missing/0'],
        ['replied', 'billing', 'Produce', 'UNKNOWN_TOPIC_OR_PARTITION'],
      ],
    );
  });
});

async function untilNoConnection(broker: Broker): Promise<void> {
  while (broker.openConnections > 0) await setImmediate();
}
