import { MalformedError } from '../protocol/malformed-error.js';
import { readRecordBatch } from '../protocol/record-batch.js';
import { decodeRecords } from '../protocol/record.js';
import type { StoredBatch } from './log-batch.js';

export interface TimestampedOffset {
  readonly offset: bigint;
  /** Milliseconds since the epoch. */
  readonly timestamp: bigint;
}

/** The first record from `start` on that is not older than the timestamp; markers are records too. */
export function findByTimestamp(
  batches: readonly StoredBatch[],
  timestamp: bigint,
  start: bigint,
): TimestampedOffset | undefined {
  for (const batch of batches) {
    if (batch.maxTimestamp < timestamp) continue;
    const found = recordsOf(batch).find((record) => record.offset >= start && record.timestamp >= timestamp);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The record with the largest timestamp; of several the first (KIP-734). */
export function findLargestTimestamp(batches: readonly StoredBatch[]): TimestampedOffset | undefined {
  let largest: StoredBatch | undefined;
  for (const batch of batches) {
    if (largest === undefined || batch.maxTimestamp > largest.maxTimestamp) largest = batch;
  }
  return largest && recordsOf(largest).find((record) => record.timestamp === largest.maxTimestamp);
}

/** A batch that cannot be read is taken as one record with the batch's largest timestamp. */
function recordsOf(batch: StoredBatch): readonly TimestampedOffset[] {
  const asOne = [{ offset: batch.baseOffset, timestamp: batch.maxTimestamp }];
  try {
    const decoded = decodeRecords(readRecordBatch(batch.bytes));
    return decoded.kind === 'records' ? decoded.records : asOne;
  } catch (error) {
    if (error instanceof MalformedError) return asOne;
    throw error;
  }
}
