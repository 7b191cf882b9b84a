import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { crc32c } from '../../../src/broker/protocol/crc32c.js';
import { encodeRecordBatch } from '../../../src/broker/protocol/encode-record-batch.js';
import { batchLayout, compressionNames } from '../../../src/broker/protocol/record-batch.js';
import { listOffsetsHandler } from '../../../src/broker/requests/02-list-offsets.js';
import { batchesOfKafka } from '../protocol/compressed-batches.js';
import { Bench } from './broker-bench.js';
import { fetchFrom, send } from './client.js';

describe('compressed records', () => {
  for (const [codec, batch] of Object.entries(batchesOfKafka)) {
    it(`are kept as they came and found by their own timestamps: ${codec}`, async () => {
      const bench = new Bench();
      bench.topic('t');
      assert.equal((await send(bench, [], { records: batch })).errorCode, 0);
      const { records } = await fetchFrom(bench);
      assert.deepEqual(records?.subarray(batchLayout.magic), batch.subarray(batchLayout.magic));
      // What Apache Kafka 3.9.1 and 4.2.0 answered for the same batch.
      assert.deepEqual(await find(bench, 1000n), [0n, 1000n]);
      assert.deepEqual(await find(bench, 1001n), [1n, 1500n]);
      assert.deepEqual(await find(bench, 1501n), [2n, 2000n]);
      assert.deepEqual(await find(bench, 2001n), [-1n, -1n]);
      assert.deepEqual(await find(bench, -3n), [2n, 2000n]);
    });
  }

  it('that cannot be unfolded are refused with −1', async () => {
    for (const codec of compressionNames.slice(1)) {
      const garbage = batchOf(Buffer.from('neither compressed nor anything else'), 1, codec);
      assert.equal(await errorOf(garbage), -1, codec);
    }
  });

  it('are counted: more or fewer than the header says, or something after the last, is 87', async () => {
    const two = contentOf(2);
    for (const [codec, content] of [
      ['none', two],
      ['gzip', gzipSync(two)],
    ] as const) {
      assert.equal(await errorOf(batchOf(content, 2, codec)), 0, codec);
      assert.equal(await errorOf(batchOf(content, 3, codec)), 87, codec);
      assert.equal(await errorOf(batchOf(content, 1, codec)), 87, codec);
    }
    const trailing = gzipSync(Buffer.concat([two, Buffer.from([1, 2, 3])]));
    assert.equal(await errorOf(batchOf(trailing, 2, 'gzip')), 87);
    assert.equal(await errorOf(batchOf(gzipSync(two.subarray(0, -2)), 2, 'gzip')), 87);
    assert.equal(await errorOf(batchOf(Buffer.alloc(0), 1, 'zstd')), 87);
  });

  it('must count their offsets up, which nobody asks of uncompressed ones', async () => {
    const content = contentOf(2);
    content[offsetDeltaAt] = 2;
    assert.equal(await errorOf(batchOf(gzipSync(content), 2, 'gzip')), -1);
    assert.equal(await errorOf(batchOf(content, 2, 'none')), 0);
  });

  it('need keys in a compacted topic', async () => {
    const bench = new Bench();
    bench.topic('t', { configs: [{ name: 'cleanup.policy', value: 'compact' }] });
    assert.equal((await send(bench, [], { records: batchesOfKafka.lz4 })).errorCode, 87);
  });
});

/** Of the first record: after length, attributes and the timestamp's delta of one byte each. */
const offsetDeltaAt = 3;

function contentOf(count: number): Buffer {
  const records = Array.from({ length: count }, () => ({ value: Buffer.from('x') }));
  return Buffer.from(encodeRecordBatch({ records }).subarray(batchLayout.records));
}

/** A batch whose header says what it is told to, with a valid checksum. */
function batchOf(content: Buffer, count: number, codec: (typeof compressionNames)[number]): Buffer {
  const header = encodeRecordBatch({ records: [{ value: null }] }).subarray(0, batchLayout.records);
  const bytes = Buffer.concat([header, content]);
  bytes.writeInt32BE(bytes.length - 12, batchLayout.length);
  bytes.writeInt16BE(compressionNames.indexOf(codec), batchLayout.attributes);
  bytes.writeInt32BE(count - 1, batchLayout.lastOffsetDelta);
  bytes.writeInt32BE(count, batchLayout.recordCount);
  bytes.writeUInt32BE(crc32c(bytes, batchLayout.attributes), batchLayout.crc);
  return bytes;
}

async function errorOf(records: Buffer): Promise<number> {
  const bench = new Bench();
  bench.topic('t');
  return (await send(bench, [], { records })).errorCode;
}

async function find(bench: Bench, timestamp: bigint): Promise<readonly [bigint, bigint]> {
  const topics = [{ name: 't', partitions: [{ partitionIndex: 0, timestamp }] }];
  const response = await bench.call(listOffsetsHandler, 8, { replicaId: -1, topics });
  const found = response.topics[0]?.partitions[0];
  assert.ok(found);
  return [found.offset, found.timestamp];
}
