import { crc32c } from './crc32c.js';
import { MalformedError } from './malformed-error.js';

/** Attribute bits 0–2 of a batch; 5–7 mean nothing. */
export const compressionNames = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
export type Compression = (typeof compressionNames)[number];

/** The header of a record batch of magic 2 (Kafka's message format v2) and its bytes. Times are ms since the epoch. */
export interface RecordBatch {
  /** The whole batch, header included: a view. */
  readonly bytes: Buffer;
  readonly baseOffset: bigint;
  readonly partitionLeaderEpoch: number;
  readonly magic: number;
  readonly crc: number;
  /** Undefined for an id that Kafka does not know. */
  readonly compression: Compression | undefined;
  /** `append`: the broker's clock set maxTimestamp, and it holds for every record. */
  readonly timestampType: 'create' | 'append';
  readonly isTransactional: boolean;
  readonly isControl: boolean;
  readonly lastOffsetDelta: number;
  readonly baseTimestamp: bigint;
  readonly maxTimestamp: bigint;
  /** −1 for none; so are epoch and sequence. */
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly recordCount: number;
}

/** Where the fields of a batch stand, in bytes from its start (`org.apache.kafka.common.record.DefaultRecordBatch`). */
export const batchLayout = {
  baseOffset: 0,
  length: 8,
  partitionLeaderEpoch: 12,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  recordCount: 57,
  records: 61,
} as const;

/** The length field counts what follows it: everything but base offset and length. */
export const batchLengthOverhead = 12;

export const attributeBits = {
  compression: 0x07,
  appendTime: 0x08,
  transactional: 0x10,
  control: 0x20,
} as const;

/**
 * The batches of a `records` field, one after the other. An incomplete one at the end is left out: a broker may cut there
 * (Fetch's `maxBytes`).
 * @throws MalformedError for a length or a magic that no batch of magic 2 has.
 */
export function* readRecordBatches(records: Buffer): Generator<RecordBatch, void, undefined> {
  for (let at = 0; ;) {
    const size = batchSize(records, at);
    if (size === undefined || size > records.length - at) return;
    yield readRecordBatch(records.subarray(at, at + size));
    at += size;
  }
}

/**
 * Reads the header of one whole batch; neither checksum nor records are looked at.
 * @throws MalformedError if the bytes are not one whole batch of magic 2.
 */
export function readRecordBatch(bytes: Buffer): RecordBatch {
  const at = batchLayout;
  if (batchSize(bytes, 0) !== bytes.length) throw new MalformedError('not one whole record batch');
  const magic = bytes.readInt8(at.magic);
  if (magic !== 2) throw new MalformedError(`a record batch of magic ${magic}`);
  if (bytes.length < at.records) throw new MalformedError(`a record batch of ${bytes.length} bytes`);
  const attributes = bytes.readInt16BE(at.attributes);
  return {
    bytes,
    baseOffset: bytes.readBigInt64BE(at.baseOffset),
    partitionLeaderEpoch: bytes.readInt32BE(at.partitionLeaderEpoch),
    magic,
    crc: bytes.readUInt32BE(at.crc),
    compression: compressionNames[attributes & attributeBits.compression],
    timestampType: attributes & attributeBits.appendTime ? 'append' : 'create',
    isTransactional: (attributes & attributeBits.transactional) !== 0,
    isControl: (attributes & attributeBits.control) !== 0,
    lastOffsetDelta: bytes.readInt32BE(at.lastOffsetDelta),
    baseTimestamp: bytes.readBigInt64BE(at.baseTimestamp),
    maxTimestamp: bytes.readBigInt64BE(at.maxTimestamp),
    producerId: bytes.readBigInt64BE(at.producerId),
    producerEpoch: bytes.readInt16BE(at.producerEpoch),
    baseSequence: bytes.readInt32BE(at.baseSequence),
    recordCount: bytes.readInt32BE(at.recordCount),
  };
}

/** Whether the checksum over everything from the attributes on is the one in the header. */
export function hasValidChecksum(batch: RecordBatch): boolean {
  return crc32c(batch.bytes, batchLayout.attributes) === batch.crc;
}

/** Whether the first batch of a `records` field, be it otherwise what it may, says that it belongs to a transaction. */
export function marksTransaction(records: Buffer): boolean {
  if (records.length < batchLayout.records || records.readInt8(batchLayout.magic) !== 2) return false;
  return (records.readInt16BE(batchLayout.attributes) & attributeBits.transactional) !== 0;
}

/** Writes a base offset into a batch, in place; it lies outside the checksum. */
export function patchBaseOffset(bytes: Buffer, baseOffset: bigint): void {
  bytes.writeBigInt64BE(baseOffset, batchLayout.baseOffset);
}

/** Writes a leader epoch into a batch, in place; it lies outside the checksum. */
export function patchPartitionLeaderEpoch(bytes: Buffer, epoch: number): void {
  bytes.writeInt32BE(epoch, batchLayout.partitionLeaderEpoch);
}

/** The offset of the last record. */
export function lastOffset(batch: RecordBatch): bigint {
  return batch.baseOffset + BigInt(batch.lastOffsetDelta);
}

/** Of the batch at this place; undefined if not even its length and magic are there (`ByteBufferLogInputStream.nextBatchSize`). */
export function batchSize(records: Buffer, at: number): number | undefined {
  if (records.length - at <= batchLayout.magic) return undefined;
  const length = records.readInt32BE(at + batchLayout.length);
  if (length < smallestLength) throw new MalformedError(`a record batch of length ${length}`);
  const magic = records.readInt8(at + batchLayout.magic);
  if (magic < 0 || magic > 2) throw new MalformedError(`a record batch of magic ${magic}`);
  return batchLengthOverhead + length;
}

/** Of the oldest format, magic 0: fourteen bytes of overhead. */
const smallestLength = 14;
