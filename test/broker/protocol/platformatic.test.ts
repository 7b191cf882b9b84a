import assert from 'node:assert/strict';
import * as platformatic from '@platformatic/kafka';
import {
  decodeRequest,
  encodeRequest,
  encodeResponse,
  type AnyApi,
} from '../../../src/broker/protocol/api.js';
import { apiByKey, apis } from '../../../src/broker/protocol/apis.js';
import { encodeRecordBatch } from '../../../src/broker/protocol/encode-record-batch.js';
import { readProducedBatch } from '../../../src/broker/protocol/produced-batch.js';
import { produce } from '../../../src/broker/protocol/messages/00-produce.js';
import { leavesOfMessage, leavesOfObject } from './leaves.js';
import {
  platformaticCases,
  platformaticModule,
  requestDefects,
  responseDefects,
  type PlatformaticCase,
  type PlatformaticModule,
} from './platformatic-cases.js';
import { distinctSource, sampleMessage, withField, type Struct } from './sample-message.js';

describe('the requests of @platformatic/kafka', () => {
  it('are all compared', () => {
    const compared = new Set(platformaticCases.map((each) => each.module));
    const missing = Object.entries(platformatic as Readonly<Record<string, unknown>>)
      .filter(([name, value]) => /V\d+$/.test(name) && isModule(value) && !compared.has(name))
      .filter(([, value]) => apis.some((api) => api.key === (value as PlatformaticModule).api.key))
      .map(([name]) => name);
    assert.deepEqual(missing, []);
  });

  for (const each of platformaticCases) {
    const defect = requestDefects[each.module];
    it(`are ${defect ? `not read (it ${defect})` : 'read, and written alike'}: ${each.module}`, () => {
      if (defect) assert.throws(() => compareRequest(each));
      else compareRequest(each);
    });
  }

  it('bring record batches that are valid', () => {
    const messages = [{ topic: 'a', partition: 0, key: Buffer.from('k'), value: Buffer.from('v') }];
    for (const compression of ['none', 'gzip']) {
      const request = platformaticModule('produceV9').createRequest(-1, 1, messages, { compression });
      const { topicData } = decodeRequest(produce, 9, Buffer.from(request.buffer));
      const records = topicData[0]?.partitionData[0]?.records ?? null;
      assert.equal(readProducedBatch(records, 9).compression, compression);
    }
  });
});

describe('our responses', () => {
  for (const each of platformaticCases) {
    const defect = responseDefects[each.module];
    it(`are ${defect ? `misread (it ${defect})` : 'read by @platformatic/kafka'}: ${each.module}`, () => {
      if (defect) assert.throws(() => compareResponse(each));
      else compareResponse(each);
    });
  }

  it('carry record batches that it decodes', () => {
    const records = [{ key: Buffer.from('k'), value: Buffer.from('v'), timestamp: 1000n }];
    const bytes = encodeRecordBatch({ records, baseOffset: 40n, producerId: 9n, compression: 'gzip' });
    const [batch] = platformatic.readRecordsBatches(platformatic.Reader.from(bytes));
    assert.deepEqual([batch?.firstOffset, batch?.producerId, batch?.records.length], [40n, 9n, 1]);
    assert.deepEqual([batch?.records[0]?.key, batch?.records[0]?.value].map(String), ['k', 'v']);
  });
});

function compareRequest(each: PlatformaticCase): void {
  const module = platformaticModule(each.module);
  const api = apiOf(module);
  const { version } = module.api;
  const body = Buffer.from(module.createRequest(...each.theirs).buffer);
  const decoded = decodeRequest(api, version, body) as object;
  assert.deepEqual(encodeRequest(api, version, decoded), body);
  const expected = decodeRequest(api, version, encodeRequest(api, version, each.ours));
  assert.deepEqual(withField(decoded, 'records', null), withField(expected, 'records', null));
}

function compareResponse(each: PlatformaticCase): void {
  const module = platformaticModule(each.module);
  const api = apiOf(module);
  const { key, version } = module.api;
  const { fields } = api.response;
  const response = readableResponse(sampleMessage(fields, version, distinctSource(false)));
  const reader = platformatic.Reader.from(encodeResponse(api, version, response));
  const decoded = module.parseResponse(1, key, version, reader);
  assert.deepEqual(leavesOfObject(decoded, []), leavesOfMessage(fields, version, response));
}

/**
 * What the library can read at all: it throws when a record error has a text, forgets the tagged fields of synonyms, and
 * takes the number of tagged fields for their length, so that there must be none.
 */
function readableResponse(response: Struct): object {
  return withField(withField(withField(response, 'records', null), 'recordErrors', []), 'synonyms', []);
}

function apiOf(module: PlatformaticModule): AnyApi {
  const api = apiByKey(module.api.key);
  assert.ok(api);
  return api;
}

function isModule(value: unknown): value is PlatformaticModule {
  return typeof value === 'object' && value !== null && 'createRequest' in value;
}
