import { ErrorCode } from './errors.js';
import { MalformedError } from './malformed-error.js';
import {
  batchSize,
  hasValidChecksum,
  readRecordBatch,
  batchLayout,
  type RecordBatch,
} from './record-batch.js';

/** A partition's records in a Produce request that Kafka refuses, with the code that it answers. */
export class InvalidBatchError extends Error {
  override readonly name = 'InvalidBatchError';

  constructor(
    readonly errorCode: number,
    message: string,
  ) {
    super(message);
  }
}

/** The first Produce version that may carry zstd (KIP-110). */
const zstdFrom = 7;

/**
 * The one batch of a partition in a Produce request, checked as Kafka 3.9 does before it looks at the partition
 * (`ProduceRequest.validateRecords`). The records inside are not decoded.
 * @throws InvalidBatchError with 87, 2, 76 or −1.
 */
export function readProducedBatch(records: Buffer | null, produceVersion: number): RecordBatch {
  const bytes = onlyBatch(records ?? Buffer.alloc(0));
  if (bytes.readInt8(batchLayout.magic) !== 2) throw invalid('only record batches of magic 2 are allowed');
  if (bytes.length < batchLayout.records) throw corrupt('the batch is shorter than its header');
  const batch = readRecordBatch(bytes);
  checkCompression(batch, produceVersion);
  return batch;
}

/**
 * What the log itself checks of a batch, later than who leads and whether the transaction is known:
 * `DefaultRecordBatch.ensureValid`, `LogValidator.validateBatch`.
 * @throws InvalidBatchError with 2 or 87.
 */
export function checkProducedBatch(batch: RecordBatch): void {
  if (!hasValidChecksum(batch)) throw corrupt('the checksum is wrong');
  checkContent(batch);
}

function onlyBatch(records: Buffer): Buffer {
  const size = sizeOrCorrupt(records, 0);
  if (size === undefined || size > records.length) throw invalid('there is no record batch');
  const next = sizeOrCorrupt(records, size);
  if (next !== undefined && next <= records.length - size)
    throw invalid('there is more than one record batch');
  return records.subarray(0, size);
}

function checkCompression(batch: RecordBatch, produceVersion: number): void {
  if (batch.compression === undefined) {
    throw new InvalidBatchError(ErrorCode.UNKNOWN_SERVER_ERROR, 'the compression is unknown');
  }
  if (batch.compression === 'zstd' && produceVersion < zstdFrom) {
    throw new InvalidBatchError(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE, 'zstd needs Produce 7');
  }
}

function checkContent(batch: RecordBatch): void {
  if (batch.lastOffsetDelta < 0) throw invalid('the offset range is invalid');
  if (batch.recordCount <= 0) throw invalid('the record count is invalid');
  if (batch.recordCount !== batch.lastOffsetDelta + 1)
    throw invalid('record count and offset range disagree');
  if (batch.producerId >= 0n && batch.baseSequence < 0) throw invalid('the sequence is negative');
  if (batch.isControl) throw invalid('a client may not write control records');
}

function sizeOrCorrupt(records: Buffer, at: number): number | undefined {
  try {
    return batchSize(records, at);
  } catch (error) {
    if (error instanceof MalformedError) throw corrupt(error.message);
    throw error;
  }
}

function invalid(message: string): InvalidBatchError {
  return new InvalidBatchError(ErrorCode.INVALID_RECORD, message);
}

function corrupt(message: string): InvalidBatchError {
  return new InvalidBatchError(ErrorCode.CORRUPT_MESSAGE, message);
}
