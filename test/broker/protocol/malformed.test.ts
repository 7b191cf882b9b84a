import assert from 'node:assert/strict';
import {
  decodeRequest,
  decodeResponse,
  encodeRequest,
  encodeResponse,
} from '../../../src/broker/protocol/api.js';
import { apis } from '../../../src/broker/protocol/apis.js';
import { MalformedError } from '../../../src/broker/protocol/malformed-error.js';
import { metadata } from '../../../src/broker/protocol/messages/03-metadata.js';
import { heartbeat } from '../../../src/broker/protocol/messages/12-heartbeat.js';
import { offsetFetch } from '../../../src/broker/protocol/messages/09-offset-fetch.js';
import { apiVersions } from '../../../src/broker/protocol/messages/18-api-versions.js';
import { distinctSource, sampleMessage } from './sample-message.js';
import { seed, seededRandom, type Random } from './seeded-random.js';

describe('a message that is cut off', () => {
  for (const api of apis) {
    it(`is malformed wherever the cut is: ${api.name}`, () => {
      for (let version = api.versions.min; version <= api.versions.max; version++) {
        const request = encodeRequest(
          api,
          version,
          sampleMessage(api.request.fields, version, distinctSource()),
        );
        const response = encodeResponse(
          api,
          version,
          sampleMessage(api.response.fields, version, distinctSource()),
        );
        forEachCut(request, (cut) => {
          assert.throws(() => decodeRequest(api, version, cut), MalformedError);
        });
        forEachCut(response, (cut) => {
          assert.throws(() => decodeResponse(api, version, cut), MalformedError);
        });
      }
    });
  }
});

describe('a length that lies', () => {
  it('of an array is refused before anything is allocated', () => {
    const twoBillion = Buffer.from([0x7f, 0xff, 0xff, 0xff, 0, 1, 0x61]);
    assert.throws(
      () => decodeRequest(metadata, 1, twoBillion),
      /an array of 2147483647 does not fit into 3 bytes/,
    );
  });

  it('of a compact array is refused too', () => {
    const compact = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0]);
    assert.throws(() => decodeRequest(metadata, 12, compact), /an array of 4294967294 does not fit/);
  });

  it('of a string may not be below −1', () => {
    assert.throws(() => decodeRequest(heartbeat, 3, Buffer.from([0xff, 0xfe])), /a length is negative: -2/);
  });

  it('may not be null where the protocol allows none', () => {
    assert.throws(
      () => decodeRequest(heartbeat, 3, Buffer.from([0xff, 0xff])),
      /null where the protocol allows none/,
    );
    assert.throws(() => decodeRequest(metadata, 0, Buffer.from([0xff, 0xff, 0xff, 0xff])), /null where/);
  });

  it('of a varint ends after five bytes', () => {
    assert.throws(
      () => decodeRequest(heartbeat, 4, Buffer.alloc(20, 0xff)),
      /a varint is longer than five bytes/,
    );
    const tooLarge = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x1f]);
    assert.throws(() => decodeRequest(heartbeat, 4, tooLarge), /a varint is larger than 32 bits/);
  });

  it('of a tagged field may not be larger than its content', () => {
    const extraByte = Buffer.from([0, 0, 1, 0, 0, 0, 0, 1, 1, 9, ...Buffer.alloc(8), 7]);
    assert.throws(
      () => decodeResponse(apiVersions, 3, extraByte),
      /the tagged field finalizedFeaturesEpoch is too long/,
    );
  });
});

describe('tagged fields', () => {
  it('that the tables do not know are skipped', () => {
    const body = encodeRequest(heartbeat, 4, { groupId: 'g', generationId: 3, memberId: 'm' });
    assert.equal(body.at(-1), 0, 'the last byte says that there are no tagged fields');
    const tagged = Buffer.concat([body.subarray(0, -1), Buffer.from([2, 5, 3, 1, 2, 3, 90, 0])]);
    assert.deepEqual(decodeRequest(heartbeat, 4, tagged), decodeRequest(heartbeat, 4, body));
  });

  it('that have their default are not sent', () => {
    const empty = encodeResponse(apiVersions, 3, {});
    const explicit = { supportedFeatures: [], finalizedFeaturesEpoch: -1n, zkMigrationReady: false };
    assert.deepEqual(encodeResponse(apiVersions, 3, explicit), empty);
    assert.deepEqual(empty, Buffer.from([0, 0, 1, 0, 0, 0, 0, 0]));
  });
});

describe('a mistake of our own', () => {
  it('a version that the tables do not know throws', () => {
    assert.throws(() => encodeRequest(heartbeat, 5, {}), /Heartbeat has no version 5/);
    assert.throws(() => decodeRequest(heartbeat, -1, Buffer.alloc(9)), RangeError);
  });

  it('a null where the protocol allows none throws when it is encoded', () => {
    const group = { groupId: 'g', topics: null };
    assert.throws(() => encodeRequest(offsetFetch, 1, group), /null where the protocol allows none/);
    assert.doesNotThrow(() => encodeRequest(offsetFetch, 2, group));
  });
});

describe(`bytes at random (SEED=${seed})`, () => {
  it('are decoded or malformed, and nothing else', () => {
    const random = seededRandom(seed);
    for (let index = 0; index < 20_000; index++) decodeDamaged(random);
  });
});

function decodeDamaged(random: Random): void {
  const api = apis[random.below(apis.length)];
  assert.ok(api);
  const version = api.versions.min + random.below(api.versions.max - api.versions.min + 1);
  const isRequest = random.chance(0.5);
  const schema = isRequest ? api.request : api.response;
  const message = sampleMessage(schema.fields, version, distinctSource());
  const bytes = isRequest ? encodeRequest(api, version, message) : encodeResponse(api, version, message);
  for (let damage = random.below(4); damage >= 0 && bytes.length > 0; damage--) {
    bytes[random.below(bytes.length)] = random.chance(0.5) ? 0xff : random.below(256);
  }
  try {
    (isRequest ? decodeRequest : decodeResponse)(api, version, bytes);
  } catch (error) {
    assert.ok(
      error instanceof MalformedError,
      `${api.name} ${version} ${bytes.toString('hex')}: ${String(error)}`,
    );
  }
}

function forEachCut(whole: Buffer, check: (cut: Buffer) => void): void {
  for (let length = 0; length < whole.length; length++) check(whole.subarray(0, length));
}
