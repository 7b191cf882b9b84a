import { patchBaseOffset, patchPartitionLeaderEpoch } from '../protocol/record-batch.js';
import type { BatchArena } from './batch-arena.js';

/** What the log must know of a record batch of magic 2; its header says it. */
export interface LogBatch {
  /** Base offset (0–7) and leader epoch (12–15) are written by the log: both lie outside the checksum. */
  readonly bytes: Buffer;
  readonly lastOffsetDelta: number;
  /** −1 for none. */
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly isTransactional: boolean;
  readonly maxTimestamp: bigint;
}

/** A batch in its place in the log. */
export interface StoredBatch extends LogBatch {
  readonly baseOffset: bigint;
  readonly lastOffset: bigint;
  /** Set for a control batch. */
  readonly marker?: { readonly commit: boolean; readonly coordinatorEpoch: number };
}

/** Copies the bytes, because they are a view of the request's frame, and writes the place into them. */
export function placeBatch(
  batch: LogBatch,
  baseOffset: bigint,
  leaderEpoch: number,
  arena: BatchArena,
): StoredBatch {
  const bytes = arena.store(batch.bytes);
  patchBaseOffset(bytes, baseOffset);
  patchPartitionLeaderEpoch(bytes, leaderEpoch);
  // Field by field: of the header's other fields nothing is needed later, and objects that are spread together share no shape.
  return {
    bytes,
    lastOffsetDelta: batch.lastOffsetDelta,
    producerId: batch.producerId,
    producerEpoch: batch.producerEpoch,
    baseSequence: batch.baseSequence,
    isTransactional: batch.isTransactional,
    maxTimestamp: batch.maxTimestamp,
    baseOffset,
    lastOffset: baseOffset + BigInt(batch.lastOffsetDelta),
  };
}

/** Where the first batch stands that ends at or after the offset; the length if there is none. */
export function indexOfOffset(batches: readonly StoredBatch[], offset: bigint): number {
  let low = 0;
  let high = batches.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const batch = batches[middle];
    if (batch !== undefined && batch.lastOffset < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
