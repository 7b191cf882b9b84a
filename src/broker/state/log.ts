import { encodeControlBatch } from '../protocol/control-batch.js';
import { readRecordBatch } from '../protocol/record-batch.js';
import { AbortedTransactions, type AbortedTransaction } from './aborted-transactions.js';
import { BatchArena } from './batch-arena.js';
import { LeaderEpochs } from './leader-epochs.js';
import { indexOfOffset, placeBatch, type LogBatch, type StoredBatch } from './log-batch.js';
import { findByTimestamp, findLargestTimestamp, type TimestampedOffset } from './log-timestamps.js';
import { ProducerStates } from './producer-state.js';

export type Isolation = 'read_uncommitted' | 'read_committed';

export type AppendOutcome =
  | { readonly kind: 'appended'; readonly baseOffset: bigint; readonly lastOffset: bigint }
  /** Recognised: nothing was written; offsets and timestamp are those of the first time. */
  | {
      readonly kind: 'duplicate';
      readonly baseOffset: bigint;
      readonly lastOffset: bigint;
      readonly timestamp: bigint;
    }
  | { readonly kind: 'refused'; readonly errorCode: number; readonly currentEpoch: number };

export interface LogSlice {
  /** Whole batches; the first may begin before the asked offset. */
  readonly records: Buffer;
  /** Undefined for read_uncommitted. */
  readonly abortedTransactions: readonly AbortedTransaction[] | undefined;
}

export interface ReadLimits {
  readonly isolation: Isolation;
  readonly maxBytes: number;
  /** Where a replica that is behind ends. */
  readonly below?: bigint;
}

export interface SliceLimits extends ReadLimits {
  /** A reader must get on even if its limit is smaller than the next batch (KIP-74). */
  readonly atLeastOne: boolean;
}

export interface EndMarker {
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly commit: boolean;
  readonly coordinatorEpoch: number;
  /** Milliseconds since the epoch. */
  readonly timestamp: bigint;
}

/**
 * One partition's records, as the clients' own bytes, in memory (Kafka's UnifiedLog). Offsets are bigint. The log knows
 * nothing of replicas: who calls `advanceHighWatermark` decides what is replicated.
 */
export class PartitionLog {
  readonly producers = new ProducerStates();
  readonly epochs = new LeaderEpochs();
  private readonly aborted = new AbortedTransactions();
  private readonly arena = new BatchArena();
  private batches: StoredBatch[] = [];
  /** Ended, but their marker is not yet below the high watermark: they still hold the LSO (unreplicatedTxns). */
  private unreplicatedEnds: readonly { readonly firstOffset: bigint; readonly markerOffset: bigint }[] = [];
  /** The largest timestamp that there was when records were last deleted. */
  private largestDeleted: TimestampedOffset | undefined;
  private start = 0n;
  private end = 0n;
  private watermark = 0n;

  /** The first offset that can be read. */
  get startOffset(): bigint {
    return this.start;
  }

  /** The offset that the next record gets. */
  get endOffset(): bigint {
    return this.end;
  }

  get highWatermark(): bigint {
    return this.watermark;
  }

  /** The end for read_committed: the first offset of the earliest undecided transaction, or the high watermark. */
  get lastStableOffset(): bigint {
    let first = this.producers.firstOpenOffset;
    for (const { firstOffset } of this.unreplicatedEnds) {
      if (first === undefined || firstOffset < first) first = firstOffset;
    }
    if (first === undefined || first >= this.watermark) return this.watermark;
    return first > this.start ? first : this.start;
  }

  get batchCount(): number {
    return this.batches.length;
  }

  /** Of all batches, as the clients sent them. */
  get sizeBytes(): bigint {
    return BigInt(this.batches.reduce((sum, { bytes }) => sum + bytes.length, 0));
  }

  /** Appends if the producer's state allows it. The batch itself was validated by the caller. */
  append(batch: LogBatch, leaderEpoch: number): AppendOutcome {
    const check = this.producers.check(batch);
    if (check.kind === 'refused') return check;
    if (check.kind === 'duplicate') {
      const { baseOffset, lastOffset, timestamp } = check.batch;
      return { kind: 'duplicate', baseOffset, lastOffset, timestamp };
    }
    const stored = placeBatch(batch, this.end, leaderEpoch, this.arena);
    this.store(stored);
    return { kind: 'appended', baseOffset: stored.baseOffset, lastOffset: stored.lastOffset };
  }

  /** Writes the control batch that ends a transaction here; returns its offset. */
  appendMarker(marker: EndMarker, leaderEpoch: number): bigint {
    const bytes = encodeControlBatch({ ...marker, type: marker.commit ? 'commit' : 'abort' });
    const stored = placeBatch(readRecordBatch(bytes), this.end, leaderEpoch, this.arena);
    const { commit, coordinatorEpoch } = marker;
    this.store({ ...stored, marker: { commit, coordinatorEpoch } });
    return stored.baseOffset;
  }

  /** Moves only forwards, never beyond the end. */
  advanceHighWatermark(to: bigint): void {
    const reached = to < this.end ? to : this.end;
    if (reached > this.watermark) this.watermark = reached;
    this.unreplicatedEnds = this.unreplicatedEnds.filter(
      ({ markerOffset }) => markerOffset >= this.watermark,
    );
  }

  /** The end of what a reader of this isolation sees. */
  readableEnd(isolation: Isolation): bigint {
    return isolation === 'read_committed' ? this.lastStableOffset : this.watermark;
  }

  /** Bytes from an offset on that a reader could get now, counted no further than the limit. */
  readableBytes(from: bigint, limits: ReadLimits): number {
    let bytes = 0;
    for (const batch of this.batchesFrom(from, this.endFor(limits))) {
      bytes += batch.bytes.length;
      if (bytes >= limits.maxBytes) return limits.maxBytes;
    }
    return bytes;
  }

  /** What a fetch gets. The offset is from the log start to the log end; the caller has checked that. */
  slice(from: bigint, limits: SliceLimits): LogSlice {
    const chosen: Buffer[] = [];
    let bytes = 0;
    let sliceEnd = from;
    for (const batch of this.batchesFrom(from, this.endFor(limits))) {
      const fits = bytes + batch.bytes.length <= limits.maxBytes;
      if (!fits && !(limits.atLeastOne && chosen.length === 0)) break;
      chosen.push(batch.bytes);
      bytes += batch.bytes.length;
      sliceEnd = batch.lastOffset + 1n;
    }
    const abortedTransactions =
      limits.isolation === 'read_committed' ? this.aborted.between(from, sliceEnd) : undefined;
    return {
      records: chosen.length === 1 && chosen[0] ? chosen[0] : Buffer.concat(chosen, bytes),
      abortedTransactions,
    };
  }

  /** The first record whose timestamp is not before the asked one; it may lie beyond what a reader sees. */
  offsetForTimestamp(timestamp: bigint): TimestampedOffset | undefined {
    return findByTimestamp(this.batches, timestamp, this.start);
  }

  /**
   * The record with the largest timestamp (KIP-734). It may be a deleted one: Kafka looks into its segment files, and the records
   * in the newest of them are still there when they can no longer be read.
   */
  offsetOfLargestTimestamp(): TimestampedOffset | undefined {
    const kept = findLargestTimestamp(this.batches);
    const deleted = this.largestDeleted;
    return kept === undefined || (deleted && deleted.timestamp >= kept.timestamp) ? deleted : kept;
  }

  /** Records before this offset become unreadable (DeleteRecords); producers are still remembered (KIP-360). */
  deleteBefore(offset: bigint): void {
    if (offset <= this.start) return;
    this.start = offset;
    this.largestDeleted = this.offsetOfLargestTimestamp();
    this.batches = this.batches.slice(indexOfOffset(this.batches, offset));
    this.aborted.deleteBefore(offset);
    this.epochs.truncateStart(offset);
  }

  /** Cuts the end off, as a follower does that had more than the new leader; all state is read from the rest again. */
  truncateTo(end: bigint): void {
    if (end >= this.end) return;
    const kept = this.batches.filter((batch) => batch.lastOffset < end);
    this.producers.clear();
    this.aborted.clear();
    this.unreplicatedEnds = [];
    this.largestDeleted = undefined;
    this.batches = [];
    this.end = end;
    if (this.watermark > end) this.watermark = end;
    for (const batch of kept) this.store(batch);
    this.end = end;
    this.epochs.truncateEnd(end);
    this.advanceHighWatermark(this.watermark);
  }

  /** A leader with this epoch begins at the end of the log. */
  startEpoch(epoch: number): void {
    this.epochs.start(epoch, this.end);
  }

  private endFor({ isolation, below }: ReadLimits): bigint {
    const end = this.readableEnd(isolation);
    return below !== undefined && below < end ? below : end;
  }

  private store(batch: StoredBatch): void {
    this.batches.push(batch);
    this.end = batch.lastOffset + 1n;
    if (batch.marker === undefined) this.producers.append(batch, batch.baseOffset);
    else this.endTransaction(batch, batch.marker);
  }

  private endTransaction(batch: StoredBatch, marker: NonNullable<StoredBatch['marker']>): void {
    const firstOffset = this.producers.appendMarker(batch, marker.coordinatorEpoch);
    if (firstOffset === undefined) return;
    const markerOffset = batch.baseOffset;
    this.unreplicatedEnds = [...this.unreplicatedEnds, { firstOffset, markerOffset }];
    if (!marker.commit)
      this.aborted.add({ producerId: batch.producerId, firstOffset, lastOffset: markerOffset });
  }

  private *batchesFrom(from: bigint, end: bigint): Generator<StoredBatch> {
    for (let index = indexOfOffset(this.batches, from); index < this.batches.length; index++) {
      const batch = this.batches[index];
      if (batch === undefined || batch.lastOffset >= end) return;
      yield batch;
    }
  }
}
