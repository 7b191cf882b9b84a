import type { PartitionBounds } from '../lag/lag.js';

export interface LogRequest {
  readonly topic: string;
  readonly partition: number;
  readonly from: LogPosition;
  /** How many bytes of the log are read at most; a batch that is larger than all of them is read all the same (KIP-74). */
  readonly maxBytes: number;
}

export type LogPosition =
  /** So that the last `count` offsets are among what is read. */
  | { readonly kind: 'tail'; readonly count: number }
  /** From the batch that holds the offset. */
  | { readonly kind: 'offset'; readonly offset: bigint }
  /** From the first record at or after it. */
  | { readonly kind: 'time'; readonly atMs: number };

/** A stretch of a partition's log. */
export interface LogReading {
  readonly topic: string;
  readonly partition: number;
  readonly bounds: PartitionBounds;
  /** The offset that was asked for, within the bounds; the first batch holds it, and may begin before it. */
  readonly from: bigint;
  /** In the order of their offsets. */
  readonly batches: readonly LogBatch[];
  /** Where the next stretch begins; the end offset when this one goes to the end. */
  readonly next: bigint;
}

/** A batch as the producer sent it, or a marker as the transaction coordinator wrote it. */
export interface LogBatch {
  readonly baseOffset: bigint;
  readonly lastOffset: bigint;
  /** −1: not idempotent. */
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly isTransactional: boolean;
  readonly compression: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';
  readonly leaderEpoch: number;
  /** In the log, as compressed. */
  readonly sizeBytes: number;
  readonly state: BatchState;
  /** Of a marker. */
  readonly marker?: 'commit' | 'abort';
  readonly records: readonly LogRecord[];
  /** Why its records cannot be read (an unknown compression, a wrong checksum). */
  readonly problem?: string;
}

/**
 * `committed`: both isolation levels are given its records. `aborted`: read_uncommitted alone is. `open`: its transaction has not ended.
 * `beyond-stable`: itself committed, or of no transaction, but behind one that is open: read_committed waits. `undecided`: behind one that
 * is open too, and whether its own was committed or aborted stands further on than was read. `marker`: nobody is given it.
 */
export type BatchState = 'committed' | 'aborted' | 'open' | 'beyond-stable' | 'undecided' | 'marker';

/** Whether a reader of this isolation level is given the records of a batch now. */
export function isVisible(state: BatchState, isolation: 'read_committed' | 'read_uncommitted'): boolean {
  if (state === 'marker') return false;
  return isolation === 'read_uncommitted' || state === 'committed';
}

export interface LogRecord {
  readonly offset: bigint;
  /** Milliseconds since 1970. */
  readonly timestamp: bigint;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly { readonly name: string; readonly value: Uint8Array | null }[];
}
