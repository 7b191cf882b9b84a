import assert from 'node:assert/strict';
import { decodeRequest } from '../../../src/broker/protocol/api.js';
import { apis } from '../../../src/broker/protocol/apis.js';
import {
  decodeRequestHeader,
  decodeResponseFrame,
  decodeResponseHeader,
  encodeRequestFrame,
  encodeResponseFrame,
  requestHeaderVersion,
  responseHeaderVersion,
} from '../../../src/broker/protocol/header.js';
import { MalformedError } from '../../../src/broker/protocol/malformed-error.js';
import { heartbeat } from '../../../src/broker/protocol/messages/12-heartbeat.js';
import { apiVersions } from '../../../src/broker/protocol/messages/18-api-versions.js';

describe('headers', () => {
  it('have tagged fields from the first flexible version on', () => {
    assert.deepEqual(
      [3, 4].map((version) => requestHeaderVersion(12, version)),
      [1, 2],
    );
    assert.deepEqual(
      [3, 4].map((version) => responseHeaderVersion(12, version)),
      [0, 1],
    );
  });

  it('answer ApiVersions always in version 0', () => {
    assert.equal(requestHeaderVersion(18, 3), 2);
    assert.deepEqual(
      [0, 3, 4].map((version) => responseHeaderVersion(18, version)),
      [0, 0, 0],
    );
  });

  it('of ControlledShutdown 0 have no client id', () => {
    const frame = Buffer.from([0, 7, 0, 0, 0, 0, 0, 5, 1, 2]);
    const { header, body } = decodeRequestHeader(frame);
    assert.deepEqual([header.clientId, body], [null, Buffer.from([1, 2])]);
  });

  it('are read for an API that has no tables', () => {
    const frame = Buffer.from([0x03, 0xe7, 0, 1, 0, 0, 0, 5, 0, 2, 0x6d, 0x65, 9]);
    const { header, body } = decodeRequestHeader(frame);
    assert.deepEqual(header, { apiKey: 999, apiVersion: 1, correlationId: 5, clientId: 'me' });
    assert.deepEqual(body, Buffer.from([9]));
  });

  it('are read for a version of ApiVersions that does not exist yet', () => {
    const frame = Buffer.from([0, 18, 0, 99, 0, 0, 0, 5, 0, 1, 0x61, 0, 0xaa]);
    assert.deepEqual(decodeRequestHeader(frame).body, Buffer.from([0xaa]));
  });

  it('skip the tagged fields of a later Kafka', () => {
    const frame = Buffer.from([0, 12, 0, 4, 0, 0, 0, 5, 0xff, 0xff, 1, 7, 2, 0xaa, 0xbb, 0xcc]);
    const { header, body } = decodeRequestHeader(frame);
    assert.deepEqual([header.clientId, body], [null, Buffer.from([0xcc])]);
    const response = Buffer.from([0, 0, 0, 5, 1, 7, 1, 0xaa, 0xcc]);
    assert.deepEqual(decodeResponseHeader(response, 12, 4), { correlationId: 5, body: Buffer.from([0xcc]) });
  });

  it('that are cut off are malformed', () => {
    const frame = encodeRequestFrame(
      heartbeat,
      { apiVersion: 4, correlationId: 1, clientId: 'abc' },
      {},
    ).subarray(4);
    for (let length = 0; length < 14; length++) {
      assert.throws(() => decodeRequestHeader(frame.subarray(0, length)), MalformedError);
    }
    assert.throws(() => decodeResponseHeader(Buffer.alloc(3), 12, 0), MalformedError);
  });
});

describe('whole frames', () => {
  it('come back for every API and version', () => {
    for (const api of apis) {
      for (let version = api.versions.min; version <= api.versions.max; version++) {
        const header = { apiVersion: version, correlationId: 1000 + version, clientId: 'a client' };
        const request = encodeRequestFrame(api, header, {});
        assert.equal(request.readInt32BE(0), request.length - 4);
        const split = decodeRequestHeader(request.subarray(4));
        assert.deepEqual(split.header, { apiKey: api.key, ...header });
        assert.doesNotThrow(() => decodeRequest(api, version, split.body));
        const response = encodeResponseFrame(api, version, 77, {});
        assert.equal(decodeResponseFrame(api, version, response.subarray(4)).correlationId, 77);
      }
    }
  });

  it('are what a broker sends: ApiVersions 0 with one API', () => {
    const frame = encodeResponseFrame(apiVersions, 0, 7, {
      apiKeys: [{ apiKey: 18, minVersion: 0, maxVersion: 4 }],
    });
    assert.equal(frame.toString('hex'), '00000010' + '00000007' + '0000' + '00000001' + '001200000004');
  });
});
