import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { encodeRequest } from '../../src/broker/protocol/api.js';
import { ErrorCode } from '../../src/broker/protocol/errors.js';
import { withLength } from '../../src/broker/protocol/frame.js';
import { decodeResponseFrame, encodeRequestFrame } from '../../src/broker/protocol/header.js';
import { produce } from '../../src/broker/protocol/messages/00-produce.js';
import { metadata } from '../../src/broker/protocol/messages/03-metadata.js';
import { apiVersions } from '../../src/broker/protocol/messages/18-api-versions.js';
import { BrokerInMemory, producing, send } from './wire/broker-in-memory.js';
import type { WireClient } from './wire/wire-client.js';

/** Request header v1 with a client id, then whatever is given. */
function request(apiKey: number, apiVersion: number, body: Buffer = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(10);
  header.writeInt16BE(apiKey, 0);
  header.writeInt16BE(apiVersion, 2);
  header.writeInt32BE(42, 4);
  header.writeInt16BE(-1, 8);
  return withLength(Buffer.concat([header, body]));
}

function length(bytes: number): Buffer {
  const prefix = Buffer.alloc(4);
  prefix.writeInt32BE(bytes);
  return prefix;
}

/** The end of a flexible header (version 2), which is what a future version would have. */
const noTags = Buffer.of(0);
const http = Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
const tlsHello = Buffer.from('16030100c8010000c40303', 'hex');

/** What is sent, and why the connection is closed. */
const refused: Readonly<Record<string, { readonly bytes: Buffer; readonly reason: RegExp }>> = {
  'a frame of 2 GB': { bytes: length(0x7fff_ffff), reason: /a frame of 2147483647 bytes/ },
  'a negative length': { bytes: length(-5), reason: /a frame of -5 bytes/ },
  'a frame without a header': { bytes: withLength(Buffer.of(0, 3)), reason: /malformed request/ },
  'an empty frame': { bytes: withLength(Buffer.alloc(0)), reason: /malformed request/ },
  'an API that does not exist': { bytes: request(999, 0), reason: /API 999 is not answered/ },
  'an API that is not answered': { bytes: request(17, 0), reason: /SaslHandshake is not answered/ },
  'a negative API key': { bytes: request(-1, 0), reason: /is not answered/ },
  'a version not advertised': {
    bytes: request(3, 99, noTags),
    reason: /Metadata is not answered in version 99/,
  },
  'a negative version': { bytes: request(3, -1), reason: /not answered in version -1/ },
  'a body that ends too early': { bytes: request(12, 0, Buffer.of(0, 5, 65)), reason: /malformed request/ },
  'a body that is missing': { bytes: request(0, 7), reason: /malformed request/ },
  'an array of 2 147 483 647 elements': {
    bytes: request(3, 1, length(0x7fff_ffff)),
    reason: /malformed request/,
  },
  HTTP: { bytes: http, reason: /this is HTTP/ },
  TLS: { bytes: tlsHello, reason: /this is TLS/ },
};

describe('bad input', () => {
  for (const [name, { bytes, reason }] of Object.entries(refused)) {
    it(`closes the connection that sends ${name}, and no other`, async () => {
      const memory = new BrokerInMemory();
      await memory.createTopic('t');
      const told = memory.requests();
      const neighbour = memory.connect();
      await send(neighbour, 't', 'before');
      const client = memory.connect();
      client.stream.write(bytes);
      await client.untilEnded();
      assert.equal(client.receivedBytes, 0);
      const refusals = told.filter((event) => event.phase === 'refused');
      assert.match(refusals[0]?.reason ?? '', reason);
      assert.equal((await send(neighbour, 't', 'after'))?.baseOffset, 1n);
      assert.deepEqual(memory.mistakes, []);
    });
  }

  it('gets an answer in version 0 with 35 for a version of ApiVersions that is too new (KIP-511)', async () => {
    const memory = new BrokerInMemory();
    const client = memory.connect();
    client.stream.write(request(18, 99, noTags));
    const frame = await client.nextFrame();
    assert.ok(frame);
    const { correlationId, response } = decodeResponseFrame(apiVersions, 0, frame);
    assert.equal(correlationId, 42);
    assert.equal(response.errorCode, ErrorCode.UNSUPPORTED_VERSION);
    assert.deepEqual(response.apiKeys, [{ apiKey: 18, minVersion: 0, maxVersion: 4 }]);
    const usual = await client.call(apiVersions, 3, { clientSoftwareName: 'a', clientSoftwareVersion: '1' });
    assert.equal(usual.errorCode, ErrorCode.NONE);
  });

  it('gets 42 for a client name that Kafka does not take', async () => {
    const client = new BrokerInMemory().connect();
    const answer = await client.call(apiVersions, 3, { clientSoftwareName: '-', clientSoftwareVersion: '1' });
    assert.equal(answer.errorCode, ErrorCode.INVALID_REQUEST);
  });

  it('gets CORRUPT_MESSAGE for a batch with a wrong CRC, and the connection stays', async () => {
    const memory = new BrokerInMemory();
    await memory.createTopic('t');
    const client = memory.connect();
    const spoilt = producing('t', -1, 'value');
    const records = spoilt.topicData[0]?.partitionData[0]?.records;
    assert.ok(records);
    records.writeUInt8(records.readUInt8(records.length - 1) ^ 1, records.length - 1);
    const answer = await client.call(produce, 7, spoilt);
    assert.equal(answer.responses[0]?.partitionResponses[0]?.errorCode, ErrorCode.CORRUPT_MESSAGE);
    assert.equal((await send(client, 't', 'good'))?.baseOffset, 0n);
  });

  it('ignores bytes after the end of a request, as Kafka does', async () => {
    const client = new BrokerInMemory().connect();
    const body = encodeRequest(metadata, 1, { topics: [] });
    client.stream.write(request(3, 1, Buffer.concat([body, Buffer.from('and more')])));
    assert.ok(await client.nextFrame());
  });

  it('that promises much and sends little costs no memory', async () => {
    const memory = new BrokerInMemory();
    const clients = Array.from({ length: 200 }, () => memory.connect());
    const before = process.memoryUsage();
    for (const client of clients) client.stream.write(length(100_000_000));
    const alive = memory.connect();
    await alive.call(metadata, 1, { topics: [] });
    const after = process.memoryUsage();
    const grown = after.external + after.heapUsed - before.external - before.heapUsed;
    assert.ok(grown < 20_000_000, `${grown} bytes for 200 promises of 100 MB`);
  });

  it('is limited by socket.request.max.bytes', async () => {
    const memory = new BrokerInMemory({ maximumRequestBytes: 10_000 });
    await memory.createTopic('t');
    const client: WireClient = memory.connect();
    const header = { apiVersion: 7, correlationId: 1, clientId: 'big' };
    client.stream.write(encodeRequestFrame(produce, header, producing('t', -1, 'x'.repeat(20_000))));
    await client.untilEnded();
    assert.equal(memory.endOffset('t'), 0n);
  });

  it('in a thousand random frames never troubles the broker', async () => {
    const memory = new BrokerInMemory();
    await memory.createTopic('t');
    const neighbour = memory.connect();
    let seed = 12_345;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      return seed % below;
    };
    for (let round = 0; round < 1000; round++) {
      const body = Buffer.from(Array.from({ length: random(60) }, () => random(256)));
      const client = memory.connect();
      client.stream.write(request(random(50), random(13), body));
      if (round % 100 === 0) await send(neighbour, 't', String(round));
      client.stream.end();
    }
    assert.equal(memory.endOffset('t'), 10n);
    assert.deepEqual(memory.mistakes, []);
  });
});
