import assert from 'node:assert/strict';
import { MalformedError } from '../../../src/broker/protocol/malformed-error.js';
import { Reader } from '../../../src/broker/protocol/reader.js';
import { uuidFromBytes, uuidToBytes, zeroUuid } from '../../../src/broker/protocol/uuid.js';
import { includesVersion, parseVersions, type Versions } from '../../../src/broker/protocol/version-range.js';
import { Writer } from '../../../src/broker/protocol/writer.js';

function written(write: (writer: Writer) => void): string {
  const writer = new Writer(1);
  write(writer);
  return writer.finish().toString('hex');
}

describe('variable-length numbers', () => {
  const unsigned: readonly (readonly [number, string])[] = [
    [0, '00'],
    [127, '7f'],
    [128, '8001'],
    [300, 'ac02'],
    [0xffff_ffff, 'ffffffff0f'],
  ];
  const zigzag: readonly (readonly [number, string])[] = [
    [0, '00'],
    [-1, '01'],
    [1, '02'],
    [-64, '7f'],
    [64, '8001'],
    [0x7fff_ffff, 'feffffff0f'],
    [-0x8000_0000, 'ffffffff0f'],
  ];
  const long: readonly (readonly [bigint, string])[] = [
    [-1n, '01'],
    [2n ** 63n - 1n, 'feffffffffffffffff01'],
    [-(2n ** 63n), 'ffffffffffffffffff01'],
  ];

  it('are written and read as KIP-482 and the record format say', () => {
    for (const [value, hex] of unsigned) {
      assert.equal(
        written((writer) => writer.unsignedVarint(value)),
        hex,
      );
      assert.equal(new Reader(Buffer.from(hex, 'hex')).unsignedVarint(), value);
    }
    for (const [value, hex] of zigzag) {
      assert.equal(
        written((writer) => writer.varint(value)),
        hex,
      );
      assert.equal(new Reader(Buffer.from(hex, 'hex')).varint(), value);
    }
    for (const [value, hex] of long) {
      assert.equal(
        written((writer) => writer.varlong(value)),
        hex,
      );
      assert.equal(new Reader(Buffer.from(hex, 'hex')).varlong(), value);
    }
  });

  it('that do not end are malformed', () => {
    assert.throws(() => new Reader(Buffer.alloc(20, 0x80)).varlong(), /longer than ten bytes/);
    assert.throws(() => new Reader(Buffer.from([0x80, 0x80])).varlong(), MalformedError);
  });
});

describe('a reader', () => {
  it('stops at its end, not at that of the buffer', () => {
    const reader = new Reader(Buffer.alloc(8), 2, 4);
    assert.equal(reader.int16(), 0);
    assert.deepEqual([reader.remaining, reader.position], [0, 4]);
    assert.throws(() => reader.int8(), /1 bytes expected at 4, 0 left/);
  });

  it('gives views, not copies', () => {
    const buffer = Buffer.from([1, 2, 3]);
    const view = new Reader(buffer).bytes(2);
    buffer[0] = 9;
    assert.equal(view[0], 9);
  });
});

describe('a uuid', () => {
  it("has Kafka's text form", () => {
    assert.equal(uuidFromBytes(Buffer.alloc(16)), zeroUuid);
    const text = uuidFromBytes(Buffer.from('00112233445566778899aabbccddeeff', 'hex'));
    assert.equal(text, 'ABEiM0RVZneImaq7zN3u_w');
    assert.equal(uuidToBytes(text).toString('hex'), '00112233445566778899aabbccddeeff');
    assert.throws(() => uuidToBytes('short'), /not a uuid/);
  });
});

describe('a range of versions', () => {
  it('is read as Kafka writes it', () => {
    const texts: readonly Versions[] = ['3+', '0-2', '1', 'none'];
    const members = texts.map((text) =>
      [0, 1, 2, 3, 4].filter((version) => includesVersion(parseVersions(text), version)),
    );
    assert.deepEqual(members, [[3, 4], [0, 1, 2], [1], []]);
    assert.throws(() => parseVersions('1.5+'), /not a version range/);
  });
});
