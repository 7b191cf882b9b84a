import { gzipSync } from 'node:zlib';
import { crc32c } from './crc32c.js';
import { attributeBits, batchLayout, batchLengthOverhead, compressionNames } from './record-batch.js';
import { Writer } from './writer.js';

export interface RecordToEncode {
  readonly key?: Uint8Array | null;
  readonly value?: Uint8Array | null;
  readonly headers?: readonly { readonly key: string; readonly value: Uint8Array | null }[];
  /** Milliseconds since the epoch; the batch's base timestamp if left out. */
  readonly timestamp?: bigint;
}

export interface BatchToEncode {
  readonly records: readonly RecordToEncode[];
  /** Of the first record; the others count on from it. */
  readonly baseOffset?: bigint;
  readonly partitionLeaderEpoch?: number;
  /** Milliseconds since the epoch; that of the first record if left out. */
  readonly baseTimestamp?: bigint;
  readonly compression?: 'none' | 'gzip';
  readonly isTransactional?: boolean;
  readonly isControl?: boolean;
  /** −1 for none; so are epoch and sequence. */
  readonly producerId?: bigint;
  readonly producerEpoch?: number;
  readonly baseSequence?: number;
}

/** Encodes one batch of magic 2. `records` must not be empty: Kafka refuses an empty batch. */
export function encodeRecordBatch(batch: BatchToEncode): Buffer {
  const baseTimestamp = batch.baseTimestamp ?? batch.records[0]?.timestamp ?? 0n;
  const timestamps = batch.records.map((record) => record.timestamp ?? baseTimestamp);
  const content = encodeRecords(batch.records, baseTimestamp);
  const stored = batch.compression === 'gzip' ? gzipSync(content) : content;
  const writer = new Writer(batchLayout.records + stored.length);
  writer.int64(batch.baseOffset ?? 0n);
  writer.int32(batchLayout.records - batchLengthOverhead + stored.length);
  writer.int32(batch.partitionLeaderEpoch ?? -1);
  writer.int8(2);
  writer.uint32(0);
  writer.int16(attributesOf(batch));
  writer.int32(batch.records.length - 1);
  writer.int64(baseTimestamp);
  writer.int64(timestamps.reduce((latest, each) => (each > latest ? each : latest), baseTimestamp));
  writer.int64(batch.producerId ?? -1n);
  writer.int16(batch.producerEpoch ?? -1);
  writer.int32(batch.baseSequence ?? -1);
  writer.int32(batch.records.length);
  writer.bytes(stored);
  const bytes = writer.finish();
  bytes.writeUInt32BE(crc32c(bytes, batchLayout.attributes), batchLayout.crc);
  return bytes;
}

function attributesOf(batch: BatchToEncode): number {
  return (
    compressionNames.indexOf(batch.compression ?? 'none') |
    (batch.isTransactional === true ? attributeBits.transactional : 0) |
    (batch.isControl === true ? attributeBits.control : 0)
  );
}

function encodeRecords(records: readonly RecordToEncode[], baseTimestamp: bigint): Buffer {
  const writer = new Writer(1024);
  records.forEach((record, offsetDelta) => {
    const body = encodeRecord(record, offsetDelta, (record.timestamp ?? baseTimestamp) - baseTimestamp);
    writer.varint(body.length);
    writer.bytes(body);
  });
  return writer.finish();
}

function encodeRecord(record: RecordToEncode, offsetDelta: number, timestampDelta: bigint): Buffer {
  const writer = new Writer(128);
  writer.int8(0);
  writer.varlong(timestampDelta);
  writer.varint(offsetDelta);
  writeNullable(writer, record.key ?? null);
  writeNullable(writer, record.value ?? null);
  const headers = record.headers ?? [];
  writer.varint(headers.length);
  for (const header of headers) {
    writeNullable(writer, Buffer.from(header.key, 'utf8'));
    writeNullable(writer, header.value);
  }
  return writer.finish();
}

function writeNullable(writer: Writer, bytes: Uint8Array | null): void {
  writer.varint(bytes === null ? -1 : bytes.length);
  if (bytes !== null) writer.bytes(bytes);
}
