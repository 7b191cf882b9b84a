import { decompress, defaultMaximumInflatedBytes } from './decompress.js';
import { MalformedError } from './malformed-error.js';
import { Reader } from './reader.js';
import { batchLayout, type RecordBatch } from './record-batch.js';

export interface RecordHeader {
  readonly key: string;
  readonly value: Buffer | null;
}

/** One record of a batch. Key and value are views of the batch (of its decompressed bytes if it was compressed). */
export interface DecodedRecord {
  readonly offset: bigint;
  /** Milliseconds since the epoch: the producer's, or the broker's if the batch says so. */
  readonly timestamp: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly RecordHeader[];
}

export type DecodedRecords =
  | { readonly kind: 'records'; readonly records: readonly DecodedRecord[] }
  /** The id of the codec is unknown: the batch can be counted, stored and sent on, but not read. */
  | { readonly kind: 'notDecoded'; readonly compression: 'unknown' };

/**
 * Reads the records of a batch, control records included. The checksum is not looked at.
 * @throws MalformedError if the records are not what the header announces, a DecompressionError if they cannot even be unfolded.
 */
export function decodeRecords(
  batch: RecordBatch,
  maximumBytes = defaultMaximumInflatedBytes,
): DecodedRecords {
  if (batch.compression === undefined) return { kind: 'notDecoded', compression: 'unknown' };
  const content = decompress(batch.compression, batch.bytes.subarray(batchLayout.records), maximumBytes);
  return { kind: 'records', records: readRecords(batch, content) };
}

/** A record takes a byte of length and six more at least. */
const smallestRecord = 7;

function readRecords(batch: RecordBatch, content: Buffer): readonly DecodedRecord[] {
  const reader = new Reader(content);
  const count = batch.recordCount;
  if (count < 0 || count * smallestRecord > content.length) {
    throw new MalformedError(`${count} records do not fit into ${content.length} bytes`);
  }
  const records: DecodedRecord[] = [];
  for (let index = 0; index < count; index++) records.push(readRecord(batch, reader));
  if (reader.remaining > 0) throw new MalformedError(`${reader.remaining} bytes after the last record`);
  return records;
}

function readRecord(batch: RecordBatch, reader: Reader): DecodedRecord {
  const length = reader.varint();
  const end = reader.position + length;
  reader.int8();
  const timestampDelta = reader.varlong();
  const offsetDelta = reader.varint();
  const record = {
    offset: batch.baseOffset + BigInt(offsetDelta),
    timestamp: batch.timestampType === 'append' ? batch.maxTimestamp : batch.baseTimestamp + timestampDelta,
    key: readNullable(reader),
    value: readNullable(reader),
    headers: readHeaders(reader),
  };
  if (reader.position !== end) throw new MalformedError('a record is not as long as it says');
  return record;
}

function readHeaders(reader: Reader): readonly RecordHeader[] {
  const count = reader.varint();
  if (count < 0 || count * 2 > reader.remaining) throw new MalformedError(`${count} record headers`);
  const headers: RecordHeader[] = [];
  for (let index = 0; index < count; index++) {
    headers.push({ key: reader.string(reader.varint()), value: readNullable(reader) });
  }
  return headers;
}

/** −1 is null; Kafka takes every negative length for null (`DefaultRecord.readFrom`). */
function readNullable(reader: Reader): Buffer | null {
  const length = reader.varint();
  return length < 0 ? null : reader.bytes(length);
}
