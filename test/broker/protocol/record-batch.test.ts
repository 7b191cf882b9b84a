import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { encodeControlBatch, readTransactionMarker } from '../../../src/broker/protocol/control-batch.js';
import { encodeRecordBatch, type RecordToEncode } from '../../../src/broker/protocol/encode-record-batch.js';
import { MalformedError } from '../../../src/broker/protocol/malformed-error.js';
import { decodeRecords, type DecodedRecord } from '../../../src/broker/protocol/record.js';
import {
  batchLayout,
  hasValidChecksum,
  lastOffset,
  patchBaseOffset,
  patchPartitionLeaderEpoch,
  readRecordBatch,
  readRecordBatches,
} from '../../../src/broker/protocol/record-batch.js';
import { seed, seededRandom } from './seeded-random.js';

const records: readonly RecordToEncode[] = [
  { key: Buffer.from('k1'), value: Buffer.from('v1'), timestamp: 1000n },
  { key: null, value: null, timestamp: 998n },
  {
    value: Buffer.from('v3'),
    timestamp: 1005n,
    headers: [
      { key: 'trace', value: Buffer.from('é') },
      { key: 'empty', value: null },
    ],
  },
];

const producer = { producerId: 7n, producerEpoch: 3, baseSequence: 12 };

function decoded(bytes: Buffer): readonly DecodedRecord[] {
  const result = decodeRecords(readRecordBatch(bytes));
  assert.equal(result.kind, 'records');
  return result.records;
}

describe('a record batch', () => {
  it('says in its header what it was encoded from', () => {
    const bytes = encodeRecordBatch({ records, ...producer, baseOffset: 40n, isTransactional: true });
    assert.deepEqual(readRecordBatch(bytes), {
      bytes,
      crc: bytes.readUInt32BE(batchLayout.crc),
      baseOffset: 40n,
      partitionLeaderEpoch: -1,
      magic: 2,
      compression: 'none',
      timestampType: 'create',
      isTransactional: true,
      isControl: false,
      lastOffsetDelta: 2,
      baseTimestamp: 1000n,
      maxTimestamp: 1005n,
      ...producer,
      recordCount: 3,
    });
    assert.equal(lastOffset(readRecordBatch(bytes)), 42n);
    assert.ok(hasValidChecksum(readRecordBatch(bytes)));
  });

  for (const compression of ['none', 'gzip'] as const) {
    it(`gives its records back (${compression})`, () => {
      const bytes = encodeRecordBatch({ records, baseOffset: 40n, compression });
      const empty = { key: null, value: null, headers: [] };
      assert.deepEqual(decoded(bytes), [
        { ...empty, offset: 40n, timestamp: 1000n, key: Buffer.from('k1'), value: Buffer.from('v1') },
        { ...empty, offset: 41n, timestamp: 998n },
        {
          offset: 42n,
          timestamp: 1005n,
          key: null,
          value: Buffer.from('v3'),
          headers: [
            { key: 'trace', value: Buffer.from('é') },
            { key: 'empty', value: null },
          ],
        },
      ]);
    });
  }

  it('keeps its checksum when base offset and leader epoch are written into it', () => {
    const bytes = encodeRecordBatch({ records });
    patchBaseOffset(bytes, 2n ** 40n);
    patchPartitionLeaderEpoch(bytes, 9);
    const batch = readRecordBatch(bytes);
    assert.deepEqual([batch.baseOffset, batch.partitionLeaderEpoch], [2n ** 40n, 9]);
    assert.ok(hasValidChecksum(batch));
    assert.equal(decoded(bytes)[2]?.offset, 2n ** 40n + 2n);
  });

  it('loses its checksum with any bit from the attributes on', () => {
    const bytes = encodeRecordBatch({ records });
    for (let at = batchLayout.attributes; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes);
      damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at);
      assert.ok(!hasValidChecksum(readRecordBatch(damaged)), `byte ${at}`);
    }
  });

  it("has the broker's time for every record if it says so", () => {
    const bytes = encodeRecordBatch({ records });
    bytes.writeInt16BE(0x08, batchLayout.attributes);
    assert.deepEqual(
      decoded(bytes).map((record) => record.timestamp),
      [1005n, 1005n, 1005n],
    );
  });
});

describe('batches one after the other', () => {
  const one = encodeRecordBatch({ records, baseOffset: 0n });
  const two = encodeRecordBatch({ records, baseOffset: 3n });

  it('are read one by one', () => {
    const batches = [...readRecordBatches(Buffer.concat([one, two]))];
    assert.deepEqual(
      batches.map((batch) => batch.baseOffset),
      [0n, 3n],
    );
    assert.deepEqual([...readRecordBatches(Buffer.alloc(0))], []);
  });

  it('end before one that is cut off, wherever the cut is', () => {
    for (let length = one.length; length < one.length + two.length; length++) {
      const batches = [...readRecordBatches(Buffer.concat([one, two]).subarray(0, length))];
      assert.equal(batches.length, 1);
    }
  });

  it('are malformed if a length or a magic is impossible', () => {
    const impossible = (at: number, value: number): Buffer => {
      const bytes = Buffer.from(one);
      bytes.writeInt8(value, at);
      return bytes;
    };
    assert.throws(() => [...readRecordBatches(impossible(batchLayout.length, -1))], MalformedError);
    assert.throws(() => [...readRecordBatches(impossible(batchLayout.magic, 3))], /of magic 3/);
    assert.throws(() => [...readRecordBatches(impossible(batchLayout.magic, 1))], /of magic 1/);
  });
});

describe('a batch that cannot be read', () => {
  it('is told apart when its codec is unknown', () => {
    const bytes = encodeRecordBatch({ records });
    const withCodec = (id: number) => {
      bytes.writeInt16BE(id, batchLayout.attributes);
      return decodeRecords(readRecordBatch(bytes));
    };
    assert.deepEqual(withCodec(5), { kind: 'notDecoded', compression: 'unknown' });
    assert.deepEqual(withCodec(7), { kind: 'notDecoded', compression: 'unknown' });
  });

  it('is malformed when the records are not what the header announces', () => {
    const bytes = encodeRecordBatch({ records });
    bytes.writeInt32BE(4, batchLayout.recordCount);
    assert.throws(() => decodeRecords(readRecordBatch(bytes)), MalformedError);
    bytes.writeInt32BE(2, batchLayout.recordCount);
    assert.throws(() => decodeRecords(readRecordBatch(bytes)), /bytes after the last record/);
    bytes.writeInt32BE(0x7fff_ffff, batchLayout.recordCount);
    assert.throws(() => decodeRecords(readRecordBatch(bytes)), /2147483647 records do not fit/);
  });

  it('is malformed when a few kilobytes unfold to gigabytes', () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    const head = encodeRecordBatch({ records: [{}], compression: 'gzip' }).subarray(0, batchLayout.records);
    const bytes = Buffer.concat([head, bomb]);
    bytes.writeInt32BE(bytes.length - 12, batchLayout.length);
    assert.throws(() => decodeRecords(readRecordBatch(bytes), 1_000_000), /cannot be decompressed/);
  });

  it(`is decoded or malformed, whatever its records are (SEED=${seed})`, () => {
    const random = seededRandom(seed);
    const whole = encodeRecordBatch({ records });
    for (let run = 0; run < 5_000; run++) {
      const bytes = Buffer.from(whole);
      bytes[batchLayout.records + random.below(bytes.length - batchLayout.records)] = random.below(256);
      try {
        decodeRecords(readRecordBatch(bytes));
      } catch (error) {
        assert.ok(error instanceof MalformedError, `${bytes.toString('hex')}: ${String(error)}`);
      }
    }
  });
});

describe('a control batch', () => {
  for (const type of ['commit', 'abort'] as const) {
    it(`ends a transaction with ${type}`, () => {
      const marker = { type, coordinatorEpoch: 5, producerId: 7n, producerEpoch: 3, timestamp: 1000n };
      const batch = readRecordBatch(encodeControlBatch({ ...marker, baseOffset: 9n }));
      assert.deepEqual(readTransactionMarker(batch), { type, coordinatorEpoch: 5 });
      assert.ok(batch.isControl && batch.isTransactional && hasValidChecksum(batch));
      assert.deepEqual([batch.producerId, batch.producerEpoch, batch.baseSequence], [7n, 3, -1]);
      const result = decodeRecords(batch);
      assert.equal(result.kind, 'records');
      assert.equal(result.records[0]?.key?.toString('hex'), type === 'commit' ? '00000001' : '00000000');
      assert.equal(result.records[0].value?.toString('hex'), '000000000005');
    });
  }

  it('is no transaction marker if it is data or of another type', () => {
    assert.equal(readTransactionMarker(readRecordBatch(encodeRecordBatch({ records }))), undefined);
    const leaderChange = { key: Buffer.from([0, 0, 0, 2]), value: Buffer.alloc(0) };
    const batch = encodeRecordBatch({ records: [leaderChange], isControl: true });
    assert.equal(readTransactionMarker(readRecordBatch(batch)), undefined);
  });

  it('is malformed without key or value', () => {
    const noKey = encodeRecordBatch({ records: [{}], isControl: true });
    assert.throws(() => readTransactionMarker(readRecordBatch(noKey)), MalformedError);
    const noValue = encodeRecordBatch({ records: [{ key: Buffer.alloc(4) }], isControl: true });
    assert.throws(() => readTransactionMarker(readRecordBatch(noValue)), MalformedError);
  });
});
