import assert from 'node:assert/strict';
import { crc32c } from '../../../src/broker/protocol/crc32c.js';
import { encodeRecordBatch } from '../../../src/broker/protocol/encode-record-batch.js';
import { ErrorCode } from '../../../src/broker/protocol/errors.js';
import {
  checkProducedBatch,
  InvalidBatchError,
  readProducedBatch,
} from '../../../src/broker/protocol/produced-batch.js';
import { batchLayout } from '../../../src/broker/protocol/record-batch.js';

const { CORRUPT_MESSAGE, INVALID_RECORD, UNSUPPORTED_COMPRESSION_TYPE, UNKNOWN_SERVER_ERROR } = ErrorCode;
const records = [{ value: Buffer.from('a') }, { value: Buffer.from('b') }];

/** A valid batch, then changed; the checksum is made right again. */
function changed(change: (bytes: Buffer) => void): Buffer {
  const bytes = encodeRecordBatch({ records, producerId: 1n, producerEpoch: 0, baseSequence: 0 });
  change(bytes);
  bytes.writeUInt32BE(crc32c(bytes, batchLayout.attributes), batchLayout.crc);
  return bytes;
}

function codeFor(bytes: Buffer | null, version = 7): number {
  try {
    checkProducedBatch(readProducedBatch(bytes, version));
    return ErrorCode.NONE;
  } catch (error) {
    assert.ok(error instanceof InvalidBatchError, String(error));
    return error.errorCode;
  }
}

describe('the records of a Produce request', () => {
  it('are accepted when they are one whole valid batch', () => {
    const batch = readProducedBatch(
      changed(() => undefined),
      7,
    );
    assert.deepEqual([batch.recordCount, batch.producerId], [2, 1n]);
  });

  it('are refused with INVALID_RECORD when they are no batch, half a batch or two', () => {
    const whole = changed(() => undefined);
    assert.equal(codeFor(null), INVALID_RECORD);
    assert.equal(codeFor(Buffer.alloc(0)), INVALID_RECORD);
    assert.equal(codeFor(whole.subarray(0, -1)), INVALID_RECORD);
    assert.equal(codeFor(Buffer.concat([whole, whole])), INVALID_RECORD);
  });

  it('are corrupt with a wrong checksum, an impossible length or an impossible magic', () => {
    const flipped = changed(() => undefined);
    flipped.writeUInt8(0x7a, flipped.length - 2);
    assert.equal(codeFor(flipped), CORRUPT_MESSAGE);
    assert.equal(codeFor(changed((bytes) => bytes.writeInt32BE(3, batchLayout.length))), CORRUPT_MESSAGE);
    assert.equal(codeFor(changed((bytes) => bytes.writeInt8(9, batchLayout.magic))), CORRUPT_MESSAGE);
    const short = Buffer.alloc(30);
    short.writeInt32BE(18, batchLayout.length);
    short.writeInt8(2, batchLayout.magic);
    assert.equal(codeFor(short), CORRUPT_MESSAGE);
  });

  it('are refused with INVALID_RECORD in an old format', () => {
    assert.equal(codeFor(changed((bytes) => bytes.writeInt8(1, batchLayout.magic))), INVALID_RECORD);
  });

  it('are refused with INVALID_RECORD when the header contradicts itself', () => {
    assert.equal(
      codeFor(changed((bytes) => bytes.writeInt32BE(2, batchLayout.lastOffsetDelta))),
      INVALID_RECORD,
    );
    assert.equal(
      codeFor(changed((bytes) => bytes.writeInt32BE(-1, batchLayout.lastOffsetDelta))),
      INVALID_RECORD,
    );
    assert.equal(codeFor(changed((bytes) => bytes.writeInt32BE(0, batchLayout.recordCount))), INVALID_RECORD);
    assert.equal(
      codeFor(changed((bytes) => bytes.writeInt32BE(-1, batchLayout.baseSequence))),
      INVALID_RECORD,
    );
  });

  it('are refused with INVALID_RECORD when a client writes control records', () => {
    assert.equal(
      codeFor(changed((bytes) => bytes.writeInt16BE(0x20, batchLayout.attributes))),
      INVALID_RECORD,
    );
  });

  it('may be zstd from version 7 on, and never of a codec that nobody knows', () => {
    const zstd = changed((bytes) => bytes.writeInt16BE(4, batchLayout.attributes));
    assert.equal(codeFor(zstd, 6), UNSUPPORTED_COMPRESSION_TYPE);
    assert.equal(codeFor(zstd, 7), ErrorCode.NONE);
    assert.equal(
      codeFor(changed((bytes) => bytes.writeInt16BE(5, batchLayout.attributes))),
      UNKNOWN_SERVER_ERROR,
    );
  });
});
