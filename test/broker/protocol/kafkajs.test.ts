import assert from 'node:assert/strict';
import { decodeRequest, encodeRequest, encodeResponse } from '../../../src/broker/protocol/api.js';
import { produce as produceApi } from '../../../src/broker/protocol/messages/00-produce.js';
import { fetch } from '../../../src/broker/protocol/messages/01-fetch.js';
import { heartbeat } from '../../../src/broker/protocol/messages/12-heartbeat.js';
import { decodeRequestHeader } from '../../../src/broker/protocol/header.js';
import { encodeControlBatch } from '../../../src/broker/protocol/control-batch.js';
import { encodeRecordBatch } from '../../../src/broker/protocol/encode-record-batch.js';
import { readProducedBatch } from '../../../src/broker/protocol/produced-batch.js';
import { decodeRecords } from '../../../src/broker/protocol/record.js';
import { kafkajsCases, type KafkajsCase } from './kafkajs-cases.js';
import { kafkajsInternals, type KafkajsRecord } from './kafkajs-internals.js';
import { leavesOfMessage, leavesOfObject } from './leaves.js';
import { distinctSource, sampleMessage, withField } from './sample-message.js';

describe('the requests of kafkajs', () => {
  for (const each of kafkajsCases) {
    it(`are read, and written alike: ${each.api.name} ${each.versions.join(', ')}`, async () => {
      for (const version of each.versions) {
        const request = kafkajsInternals.request(each.folder, version)(each.theirs);
        assert.deepEqual([request.apiKey, request.apiVersion], [each.api.key, version]);
        checkRequest(each, version, (await request.encode()).buffer);
      }
    });
  }

  it('have a header that we read', async () => {
    const request = kafkajsInternals.request(
      'heartbeat',
      3,
    )({ groupId: 'g', groupGenerationId: 5, memberId: 'm' });
    const frame = await kafkajsInternals.encodeRequestFrame()({ correlationId: 8, clientId: 'me', request });
    const { header, body } = decodeRequestHeader(frame.buffer.subarray(4));
    assert.deepEqual(header, { apiKey: 12, apiVersion: 3, correlationId: 8, clientId: 'me' });
    assert.equal(decodeRequest(heartbeat, 3, body).generationId, 5);
  });
});

describe('our responses', () => {
  for (const each of kafkajsCases) {
    it(`are read by kafkajs: ${each.api.name} ${each.versions.join(', ')}`, async () => {
      for (const version of each.versions) {
        const fields = each.api.response.fields;
        const response = withField(
          sampleMessage(fields, version, distinctSource()),
          'records',
          Buffer.alloc(0),
        );
        const decoder = kafkajsInternals.response(each.folder, version, each.theirs);
        const decoded = await decoder.decode(encodeResponse(each.api, version, response));
        assert.deepEqual(
          leavesOfObject(withoutInventions(decoded), each.invented?.(version) ?? []),
          leavesOfMessage(fields, version, withField(response, 'records', null)),
          `${each.api.name} ${version}`,
        );
      }
    });
  }
});

describe('record batches of kafkajs', () => {
  const headers = { trace: 'é', list: ['1', '2'] };
  const messages = [
    { key: 'k1', value: 'v1', timestamp: '1000', headers },
    { key: null, value: null, timestamp: '1005' },
  ];

  for (const compression of [0, 1]) {
    it(`are valid and decoded (codec ${compression})`, async () => {
      const partitions = [{ partition: 0, messages, firstSequence: 4 }];
      const request = kafkajsInternals.request(
        'produce',
        7,
      )({
        ...{ acks: -1, timeout: 1, transactionalId: 'tx', producerId: '9', producerEpoch: 2, compression },
        topicData: [{ topic: 'a', partitions }],
      });
      const batch = readProducedBatch(await recordsOf(request), 7);
      assert.deepEqual([batch.producerId, batch.producerEpoch, batch.baseSequence], [9n, 2, 4]);
      assert.deepEqual([batch.isTransactional, batch.lastOffsetDelta, batch.maxTimestamp], [true, 1, 1005n]);
      assert.deepEqual(decodeRecords(batch), {
        kind: 'records',
        records: [
          {
            offset: 0n,
            timestamp: 1000n,
            key: Buffer.from('k1'),
            value: Buffer.from('v1'),
            headers: [
              { key: 'trace', value: Buffer.from('é') },
              { key: 'list', value: Buffer.from('1') },
              { key: 'list', value: Buffer.from('2') },
            ],
          },
          { offset: 1n, timestamp: 1005n, key: null, value: null, headers: [] },
        ],
      });
    });
  }
});

describe('our record batches', () => {
  const records = [
    { key: Buffer.from('k1'), value: Buffer.from('v1'), timestamp: 1000n },
    { value: Buffer.from('v2'), timestamp: 900n, headers: [{ key: 'h', value: Buffer.from('x') }] },
  ];

  for (const compression of ['none', 'gzip'] as const) {
    it(`are read by kafkajs (${compression})`, async () => {
      const bytes = encodeRecordBatch({
        records,
        compression,
        baseOffset: 40n,
        producerId: 9n,
        isTransactional: true,
      });
      const [first, second] = await readByKafkajs(bytes);
      assert.deepEqual([first?.offset, first?.timestamp, first?.key], ['40', '1000', Buffer.from('k1')]);
      assert.deepEqual([second?.offset, second?.timestamp, second?.key], ['41', '900', null]);
      assert.deepEqual(second?.headers, { h: Buffer.from('x') });
      assert.deepEqual(
        [first?.batchContext['producerId'], first?.batchContext['inTransaction']],
        ['9', true],
      );
    });
  }

  it('that end a transaction are control records for kafkajs', async () => {
    const marker = { producerId: 9n, producerEpoch: 1, timestamp: 5n, coordinatorEpoch: 0 };
    const [record] = await readByKafkajs(encodeControlBatch({ ...marker, type: 'abort' }));
    assert.equal(record?.isControlRecord, true);
  });

  it('are what its consumer gets out of a Fetch response, cut off at the end', async () => {
    const one = encodeRecordBatch({ records });
    const two = encodeRecordBatch({ records, baseOffset: 2n });
    const partition = { partitionIndex: 0, records: Buffer.concat([one, two.subarray(0, -1)]) };
    const response = { responses: [{ topic: 'a', partitions: [partition] }] };
    const body = encodeResponse(fetch, 11, response);
    const decoded = (await kafkajsInternals.response('fetch', 11, {}).decode(body)) as {
      readonly responses: readonly {
        readonly partitions: readonly { readonly messages: readonly KafkajsRecord[] }[];
      }[];
    };
    const messages = decoded.responses[0]?.partitions[0]?.messages;
    assert.deepEqual(
      messages?.map((message) => message.offset),
      ['0', '1'],
    );
  });
});

/** Record batches carry the time of their making, and are looked at by themselves. */
function checkRequest(each: KafkajsCase, version: number, body: Buffer): void {
  const decoded = decodeRequest(each.api, version, body);
  assert.deepEqual(encodeRequest(each.api, version, decoded as object), body, `${each.api.name} ${version}`);
  const expected = decodeRequest(each.api, version, encodeRequest(each.api, version, each.ours));
  assert.deepEqual(
    withField(decoded, 'records', null),
    withField(expected, 'records', null),
    `${each.api.name} ${version}`,
  );
}

/** kafkajs says `throttleTime: 0` beside what it read when it throttles itself, and puts a length before SASL's bytes. */
function withoutInventions(decoded: unknown): unknown {
  const { throttleTime, authBytes, ...rest } = decoded as Readonly<Record<string, unknown>>;
  return {
    ...rest,
    ...('clientSideThrottleTime' in rest ? {} : { throttleTime }),
    authBytes: Buffer.isBuffer(authBytes) ? authBytes.subarray(4) : authBytes,
  };
}

async function recordsOf(request: {
  encode(): Promise<{ readonly buffer: Buffer }>;
}): Promise<Buffer | null> {
  const { buffer } = await request.encode();
  const { topicData } = decodeRequest(produceApi, 7, buffer);
  return topicData[0]?.partitionData[0]?.records ?? null;
}

async function readByKafkajs(bytes: Buffer): Promise<readonly KafkajsRecord[]> {
  const Decoder = kafkajsInternals.decoder();
  return (await kafkajsInternals.decodeRecordBatch()(new Decoder(bytes))).records;
}
