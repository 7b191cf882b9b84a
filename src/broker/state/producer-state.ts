import { ErrorCode } from '../protocol/errors.js';
import type { LogBatch } from './log-batch.js';
import type { ProducerIdentity } from './transaction-results.js';

/** Kafka remembers this many batches of a producer in a partition (ProducerStateEntry.NUM_BATCHES_TO_RETAIN). */
const rememberedBatches = 5;
const largestSequence = 0x7fff_ffff;
const noSequence = -1;
/** Some clients number batches without an epoch: then any sequence is right. */
const noEpoch = -1;
export const noProducer = -1n;

/** What a repeated batch is answered with. */
export interface RememberedBatch {
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly baseOffset: bigint;
  readonly lastOffset: bigint;
  readonly timestamp: bigint;
}

/** What an administrator is told of a producer (KIP-664). */
export interface ProducerDescription {
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly lastSequence: number;
  /** Of its last batch or marker. */
  readonly lastTimestamp: bigint;
  /** Of its last marker; −1 before. */
  readonly coordinatorEpoch: number;
  /** −1: no transaction is open. */
  readonly currentTxnStartOffset: bigint;
}

interface ProducerEntry {
  epoch: number;
  lastTimestamp: bigint;
  coordinatorEpoch: number;
  /** Of the current epoch only, oldest first. */
  batches: RememberedBatch[];
}

/** The lowest sequence, in the newest epoch, of the writes that were verified and not yet accepted. */
interface Verification {
  readonly epoch: number;
  readonly lowestSequence: number;
}

export type ProducerCheck =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'duplicate'; readonly batch: RememberedBatch }
  | { readonly kind: 'refused'; readonly errorCode: number; readonly currentEpoch: number };

/**
 * What one partition knows of its producers (Kafka's ProducerStateManager and ProducerAppendInfo). It belongs to the log, not
 * to the leader: it survives a change of leader and is rebuilt from the batches when the log is cut.
 */
export class ProducerStates {
  private readonly entries = new Map<bigint, ProducerEntry>();
  /** Producer → where its open transaction began; in the order in which they began, hence of their offsets. */
  private readonly openTransactions = new Map<bigint, bigint>();
  private readonly verifications = new Map<bigint, Verification>();

  /** Errors: 47 epoch below the current, 45 sequence, 48 a write outside of the producer's open transaction. */
  check(batch: LogBatch): ProducerCheck {
    if (batch.producerId === noProducer) return { kind: 'accepted' };
    const entry = this.entries.get(batch.producerId);
    const duplicate = entry && findDuplicate(entry, batch);
    if (duplicate !== undefined) return { kind: 'duplicate', batch: duplicate };
    const errorCode = this.problemWith(entry, batch);
    if (errorCode === undefined) return { kind: 'accepted' };
    return { kind: 'refused', errorCode, currentEpoch: entry?.epoch ?? batch.producerEpoch };
  }

  /**
   * The first write of a transaction is about to be verified with the coordinator. Whatever comes of it, from then on until
   * a write succeeds nothing with a higher sequence is taken: what was refused must come first (VerificationStateEntry).
   */
  startVerification({ producerId, producerEpoch: epoch, baseSequence }: LogBatch): void {
    const known = this.verifications.get(producerId);
    const isNewer = known === undefined || epoch > known.epoch;
    const isLower = known?.epoch === epoch && baseSequence < known.lowestSequence;
    if (isNewer || isLower) this.verifications.set(producerId, { epoch, lowestSequence: baseSequence });
  }

  /** Takes note of a batch that was checked and appended (or is replayed). */
  append(batch: LogBatch, baseOffset: bigint): void {
    if (batch.producerId === noProducer) return;
    if (batch.isTransactional) this.verifications.delete(batch.producerId);
    const entry = this.entryFor(batch.producerId, batch.producerEpoch);
    entry.batches.push({
      firstSequence: batch.baseSequence,
      lastSequence: lastSequenceOf(batch),
      baseOffset,
      lastOffset: baseOffset + BigInt(batch.lastOffsetDelta),
      timestamp: batch.maxTimestamp,
    });
    if (entry.batches.length > rememberedBatches) entry.batches.shift();
    entry.lastTimestamp = batch.maxTimestamp;
    if (batch.isTransactional && !this.hasOpenTransaction(batch.producerId)) {
      this.openTransactions.set(batch.producerId, baseOffset);
    }
  }

  /** Ends the producer's transaction; returns where it began, or undefined if it wrote nothing here. */
  appendMarker(marker: LogBatch, coordinatorEpoch: number): bigint | undefined {
    const { producerId } = marker;
    const entry = this.entryFor(producerId, marker.producerEpoch);
    entry.lastTimestamp = marker.maxTimestamp;
    entry.coordinatorEpoch = coordinatorEpoch;
    this.verifications.delete(producerId);
    const began = this.openTransactions.get(producerId);
    this.openTransactions.delete(producerId);
    return began;
  }

  knows(producerId: bigint): boolean {
    return this.entries.has(producerId);
  }

  /** Whether this is the epoch of the producer's last batch or marker. */
  isCurrent(producerId: bigint, epoch: number): boolean {
    return this.entries.get(producerId)?.epoch === epoch;
  }

  /** A higher epoch of the producer has been seen here (ProducerAppendInfo.checkProducerEpoch). */
  isFenced({ producerId, epoch }: ProducerIdentity): boolean {
    const known = this.entries.get(producerId);
    return known !== undefined && epoch < known.epoch;
  }

  hasOpenTransaction(producerId: bigint): boolean {
    return this.openTransactions.has(producerId);
  }

  describe(): readonly ProducerDescription[] {
    return [...this.entries].map(([producerId, entry]) => ({
      producerId,
      producerEpoch: entry.epoch,
      lastSequence: entry.batches.at(-1)?.lastSequence ?? noSequence,
      lastTimestamp: entry.lastTimestamp,
      coordinatorEpoch: entry.coordinatorEpoch,
      currentTxnStartOffset: this.openTransactions.get(producerId) ?? -1n,
    }));
  }

  /** Where the earliest open transaction began. */
  get firstOpenOffset(): bigint | undefined {
    return this.openTransactions.values().next().value;
  }

  clear(): void {
    this.entries.clear();
    this.openTransactions.clear();
    this.verifications.clear();
  }

  /** In Kafka's order: the epoch, what was verified, the sequence, the transaction (ProducerAppendInfo.appendDataBatch). */
  private problemWith(entry: ProducerEntry | undefined, batch: LogBatch): number | undefined {
    if (entry && batch.producerEpoch < entry.epoch) return ErrorCode.INVALID_PRODUCER_EPOCH;
    const verified = this.verifications.get(batch.producerId);
    if (verified && batch.baseSequence > verified.lowestSequence)
      return ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER;
    if (entry && !isNext(entry, batch)) return ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER;
    const isOutside = this.hasOpenTransaction(batch.producerId) && !batch.isTransactional;
    return isOutside ? ErrorCode.INVALID_TXN_STATE : undefined;
  }

  /** A new epoch forgets the batches of the last one, not its open transaction (maybeUpdateProducerEpoch). */
  private entryFor(producerId: bigint, epoch: number): ProducerEntry {
    let entry = this.entries.get(producerId);
    if (entry === undefined) {
      entry = { epoch, lastTimestamp: -1n, coordinatorEpoch: -1, batches: [] };
      this.entries.set(producerId, entry);
    } else if (entry.epoch !== epoch) {
      entry.epoch = epoch;
      entry.batches = [];
    }
    return entry;
  }
}

function findDuplicate(entry: ProducerEntry, batch: LogBatch): RememberedBatch | undefined {
  if (batch.producerEpoch !== entry.epoch) return undefined;
  const lastSequence = lastSequenceOf(batch);
  return entry.batches.find(
    (known) => known.firstSequence === batch.baseSequence && known.lastSequence === lastSequence,
  );
}

function isNext(entry: ProducerEntry, batch: LogBatch): boolean {
  if (entry.epoch === noEpoch) return true;
  const last = batch.producerEpoch === entry.epoch ? entry.batches.at(-1)?.lastSequence : undefined;
  return follows(last ?? noSequence, batch.baseSequence);
}

function follows(last: number, next: number): boolean {
  return next === last + 1 || (next === 0 && last === largestSequence);
}

/** Sequences wrap from the largest int32 to 0, also within a batch (DefaultRecordBatch.incrementSequence). */
function lastSequenceOf(batch: LogBatch): number {
  if (batch.baseSequence === noSequence) return noSequence;
  const last = batch.baseSequence + batch.lastOffsetDelta;
  return last > largestSequence ? last - largestSequence - 1 : last;
}
