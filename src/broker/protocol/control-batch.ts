import { encodeRecordBatch } from './encode-record-batch.js';
import { MalformedError } from './malformed-error.js';
import { Reader } from './reader.js';
import { decodeRecords } from './record.js';
import type { RecordBatch } from './record-batch.js';
import { Writer } from './writer.js';

/** How a transaction ended in one partition (`EndTransactionMarker`). */
export interface TransactionMarker {
  readonly type: 'commit' | 'abort';
  readonly coordinatorEpoch: number;
}

export interface MarkerToEncode extends TransactionMarker {
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly timestamp: bigint;
  readonly baseOffset?: bigint;
  readonly partitionLeaderEpoch?: number;
}

/** Key: version, type. Value: version, coordinator epoch. Other types than these two are no transaction markers. */
const markerVersion = 0;
const markerTypes = ['abort', 'commit'] as const;

/** The batch with one control record that ends a transaction in a partition. */
export function encodeControlBatch(marker: MarkerToEncode): Buffer {
  const key = new Writer(4);
  key.int16(markerVersion);
  key.int16(markerTypes.indexOf(marker.type));
  const value = new Writer(6);
  value.int16(markerVersion);
  value.int32(marker.coordinatorEpoch);
  const record = { key: key.finish(), value: value.finish(), timestamp: marker.timestamp };
  return encodeRecordBatch({ ...marker, records: [record], isTransactional: true, isControl: true });
}

/**
 * The marker in a control batch; undefined if the batch is none, or a control batch of another kind.
 * @throws MalformedError if the control record cannot be read.
 */
export function readTransactionMarker(batch: RecordBatch): TransactionMarker | undefined {
  if (!batch.isControl) return undefined;
  const decoded = decodeRecords(batch);
  const record = decoded.kind === 'records' ? decoded.records[0] : undefined;
  if (record === undefined || record.key === null) throw new MalformedError('a control batch without a key');
  const key = new Reader(record.key);
  key.int16();
  const type = markerTypes[key.int16()];
  if (type === undefined) return undefined;
  if (record.value === null) throw new MalformedError('a transaction marker without a value');
  const value = new Reader(record.value);
  value.int16();
  return { type, coordinatorEpoch: value.int32() };
}
