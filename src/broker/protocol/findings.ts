import type { DrainEvent } from '../../core/history/events.js';
import { AbortedFilter } from './aborted-filter.js';
import { readTransactionMarker } from './control-batch.js';
import { decodeRecords } from './record.js';
import { lastOffset, readRecordBatches, type RecordBatch } from './record-batch.js';

/** What was fetched: bytes of whole batches, and the index of aborted transactions where the isolation level has one. */
export interface FetchedRecords {
  readonly records?: Buffer | null;
  readonly abortedTransactions?:
    readonly { readonly producerId: bigint; readonly firstOffset: bigint }[] | null | undefined;
}

/** Collects what a reader finds in one partition, answer by answer, as a drain of the history tells it. */
export class Findings {
  readonly records: DrainEvent['records'][number][] = [];
  readonly markers: NonNullable<DrainEvent['markers']>[number][] = [];
  /** False when a batch could not be decoded: then nothing can be said of what it holds. */
  readable = true;

  constructor(
    private readonly isolation: DrainEvent['isolation'],
    private readonly textOf: (value: Buffer | null) => string = (value) => value?.toString() ?? '',
  ) {}

  /** Keeps what lies in [position, end); returns the next position. */
  take(answer: FetchedRecords, position: number, end: number): number {
    const aborted = new AbortedFilter(
      this.isolation === 'read_committed' ? (answer.abortedTransactions ?? []) : [],
    );
    let next = position;
    for (const batch of readRecordBatches(answer.records ?? Buffer.alloc(0))) {
      if (Number(batch.baseOffset) >= end) break;
      const hidden = aborted.hides(batch);
      // A broker sends whole batches: the first may begin before the position that was asked for.
      if (Number(lastOffset(batch)) >= position && !hidden) this.keep(batch, position, end);
      next = Math.max(next, Number(lastOffset(batch)) + 1);
    }
    return next;
  }

  private keep(batch: RecordBatch, from: number, end: number): void {
    const producer = { producerId: Number(batch.producerId), epoch: batch.producerEpoch };
    if (batch.isControl) {
      const marker = readTransactionMarker(batch);
      if (marker) {
        this.markers.push({
          offset: Number(batch.baseOffset),
          ...producer,
          commit: marker.type === 'commit',
        });
      }
      return;
    }
    const decoded = decodeRecords(batch);
    if (decoded.kind === 'notDecoded') {
      this.readable = false;
      return;
    }
    for (const { offset, value } of decoded.records) {
      if (Number(offset) < from || Number(offset) >= end) continue;
      this.records.push({
        offset: Number(offset),
        value: this.textOf(value),
        ...(batch.producerId >= 0n && producer),
        transactional: batch.isTransactional,
      });
    }
  }
}
