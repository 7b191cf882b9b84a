import assert from 'node:assert/strict';
import { snappyCompress } from 'hysnappy';
import { decompress, defaultMaximumInflatedBytes } from '../../../src/broker/protocol/decompress.js';
import { DecompressionError } from '../../../src/broker/protocol/decompression-error.js';
import { MalformedError } from '../../../src/broker/protocol/malformed-error.js';
import { batchLayout, readRecordBatch, type Compression } from '../../../src/broker/protocol/record-batch.js';
import { decodeRecords } from '../../../src/broker/protocol/record.js';
import { zstdInJavaScript } from '../../../src/broker/protocol/zstd.js';
import { batchesOfKafka, compressedByKafka } from './compressed-batches.js';
import { seed, seededRandom } from './seeded-random.js';

const maximum = defaultMaximumInflatedBytes;
const codecs = ['gzip', 'snappy', 'lz4', 'zstd'] as const;

describe('a compressed batch', () => {
  for (const codec of codecs) {
    it(`is read as Apache Kafka wrote it: ${codec}`, () => {
      const batch = readRecordBatch(batchesOfKafka[codec]);
      assert.equal(batch.compression, codec);
      const decoded = decodeRecords(batch);
      assert.ok(decoded.kind === 'records');
      assert.deepEqual(
        decoded.records.map(({ value, timestamp }) => [String(value), timestamp]),
        compressedByKafka,
      );
    });

    it(`is malformed wherever it is cut or changed, and nothing worse: ${codec} (SEED=${seed})`, () => {
      const whole = batchesOfKafka[codec].subarray(batchLayout.records);
      for (let length = 0; length < whole.length; length++) attempt(codec, whole.subarray(0, length));
      const random = seededRandom(seed);
      for (let round = 0; round < 2000; round++) {
        const changed = Buffer.from(whole);
        changed[random.below(whole.length)] = random.below(256);
        attempt(codec, changed);
      }
    });

    it(`is refused when it would unfold to more than is allowed: ${codec}`, () => {
      const bytes = batchesOfKafka[codec].subarray(batchLayout.records);
      assert.equal(decompress(codec, bytes, 235).length, 235);
      assert.throws(() => decompress(codec, bytes, 234), DecompressionError);
    });
  }

  it('in snappy may come without the framing of snappy-java, as librdkafka sends it', () => {
    const random = seededRandom(seed);
    for (const size of [0, 1, 60, 61, 65_536, 300_000]) {
      const content = Buffer.from(Array.from({ length: size }, () => random.below(4)));
      assert.ok(
        decompress('snappy', Buffer.from(snappyCompress(content)), maximum).equals(content),
        `${size}`,
      );
    }
  });

  it('in snappy may have several blocks', () => {
    const block = (text: string) => {
      const compressed = snappyCompress(Buffer.from(text));
      const length = Buffer.alloc(4);
      length.writeInt32BE(compressed.length);
      return Buffer.concat([length, compressed]);
    };
    const head = Buffer.from('82534e41505059000000000100000001', 'hex');
    const framed = Buffer.concat([head, block('one '), block('two')]);
    assert.equal(decompress('snappy', framed, maximum).toString(), 'one two');
    assert.throws(() => decompress('snappy', framed, 5), DecompressionError);
  });

  it('in snappy takes no memory for a length that its bytes cannot have', () => {
    const boast = Buffer.from([0x80, 0x80, 0x80, 0x20, 0]);
    assert.throws(() => decompress('snappy', boast, maximum), /a snappy block of 67108864 bytes/);
  });
});

describe('an LZ4 frame', () => {
  it('may hold stored blocks, checksums, its size, and matches that reach into an earlier block', () => {
    const stored = frame([0x80000003, 'abc']);
    assert.equal(decompress('lz4', stored, maximum).toString(), 'abc');
    // Token 0x15: one literal, a match of 9; distance 3. Then five literals end the block.
    const linked = frame([0x80000003, 'abc'], [10, Buffer.from('\x15d\x03\x00\x50vwxyz', 'latin1')]);
    assert.equal(decompress('lz4', linked, maximum).toString(), 'abcdbcdbcdbcdvwxyz');
    const flags = 0x40 | 0x10 | 0x08 | 0x04;
    const checked = Buffer.concat([
      Buffer.from([0x04, 0x22, 0x4d, 0x18, flags, 0x40]),
      Buffer.from('0300000000000000', 'hex'),
      Buffer.from([0, 0x03, 0, 0, 0x80]),
      Buffer.from('abc----'),
      Buffer.from([0, 0, 0, 0, 1, 2, 3, 4]),
    ]);
    assert.equal(decompress('lz4', checked, maximum).toString(), 'abc');
  });

  it('is refused when a match reaches before its start, or a block is larger than it may be', () => {
    const before = frame([10, Buffer.from('\x15d\x03\x00\x50vwxyz', 'latin1')]);
    assert.throws(() => decompress('lz4', before, maximum), /before the start/);
    const endless = Buffer.concat([Buffer.from('\x1fd\x01\x00', 'latin1'), Buffer.alloc(1000, 255)]);
    assert.throws(() => decompress('lz4', frame([endless.length, endless]), maximum), DecompressionError);
    assert.throws(() => decompress('lz4', frame([0x80010001, 'abc']), maximum), DecompressionError);
  });
});

describe('zstd on a Node without it', () => {
  it('is read all the same, and bounded', () => {
    const bytes = batchesOfKafka.zstd.subarray(batchLayout.records);
    assert.equal(zstdInJavaScript(bytes, maximum).length, 235);
    assert.throws(() => zstdInJavaScript(bytes, 100), DecompressionError);
  });

  it('takes no memory for a window or a size that no block can need', () => {
    const block = Buffer.from([0x01, 0x00, 0x00]);
    const window = Buffer.concat([Buffer.from('28b52ffd00a0', 'hex'), block]);
    assert.throws(() => zstdInJavaScript(window, maximum), /a window of 1073741824 bytes/);
    const size = Buffer.concat([Buffer.from('28b52ffda000000040', 'hex'), block]);
    assert.throws(() => zstdInJavaScript(size, maximum), /a window of 1073741824 bytes/);
    const second = Buffer.concat([Buffer.from('28b52ffd0000', 'hex'), block, window]);
    assert.throws(() => zstdInJavaScript(second, maximum), /a window of/);
    assert.equal(zstdInJavaScript(second.subarray(0, 9), maximum).length, 0);
  });

  it('reads frames one after the other, skippable ones between them', () => {
    const frame = batchesOfKafka.zstd.subarray(batchLayout.records);
    const skipped = Buffer.from('502a4d1803000000010203', 'hex');
    assert.equal(zstdInJavaScript(Buffer.concat([frame, skipped, frame]), maximum).length, 470);
  });
});

/** Reads or refuses: any other error is a mistake. */
function attempt(codec: Compression, bytes: Buffer): void {
  try {
    decompress(codec, bytes, 1_000_000);
  } catch (error) {
    assert.ok(error instanceof MalformedError, String(error));
  }
}

/** Version 1, blocks of up to 64 KiB, no checksums. */
function frame(...blocks: readonly (readonly [header: number, content: Buffer | string])[]): Buffer {
  const parts = blocks.flatMap(([header, content]) => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(header);
    return [size, Buffer.from(content as string)];
  });
  return Buffer.concat([Buffer.from('04224d1840408200', 'hex').subarray(0, 7), ...parts, Buffer.alloc(4)]);
}
