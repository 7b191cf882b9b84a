import type { BatchState } from './log.js';

/** What tells the state of a batch at or beyond the last stable offset. */
export interface UnstableBatch {
  readonly baseOffset: bigint;
  readonly producerId: bigint;
  readonly isTransactional: boolean;
  /** Of a control batch: how the transaction ended, where that can be read. */
  readonly marker?: 'commit' | 'abort';
  readonly isControl: boolean;
}

/**
 * The states of batches that read_committed is not given yet: no index of aborted transactions reaches so far (KIP-98), so the markers that
 * follow in what was read tell how each ended.
 * @param batches in the order of the log, the first at or beyond the last stable offset
 * @param openSince by producer id the first offset of its transaction that has not ended
 */
export function statesBeyondStable(
  batches: readonly UnstableBatch[],
  openSince: ReadonlyMap<bigint, bigint>,
): readonly BatchState[] {
  const ends = new Map<bigint, 'commit' | 'abort'>();
  // From the end: the marker that ends a batch's transaction is the next of its producer.
  return [...batches]
    .reverse()
    .map((batch) => {
      if (batch.isControl && batch.marker !== undefined) ends.set(batch.producerId, batch.marker);
      return stateOf(batch, ends.get(batch.producerId), openSince.get(batch.producerId));
    })
    .reverse();
}

function stateOf(
  { baseOffset, isTransactional, isControl }: UnstableBatch,
  end: 'commit' | 'abort' | undefined,
  openSince: bigint | undefined,
): BatchState {
  if (isControl) return 'marker';
  if (!isTransactional) return 'beyond-stable';
  if (openSince !== undefined && openSince <= baseOffset) return 'open';
  if (end === undefined) return 'undecided';
  return end === 'commit' ? 'beyond-stable' : 'aborted';
}
