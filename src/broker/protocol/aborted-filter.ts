import { readTransactionMarker } from './control-batch.js';
import type { RecordBatch } from './record-batch.js';

interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: bigint;
}

/**
 * Tells which batches belong to aborted transactions, from the index that a Fetch response carries: from a transaction's first
 * offset on, a producer's transactional batches are aborted until its abort marker (`CompletedFetch.containsAbortMarker`). Several
 * may be open at once, and the index need not be sorted.
 */
export class AbortedFilter {
  private readonly ahead: AbortedTransaction[];
  private readonly open = new Set<bigint>();

  constructor(index: readonly AbortedTransaction[]) {
    this.ahead = [...index].sort((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  }

  /** To be asked for every batch in the order of the log, control batches included. */
  hides(batch: RecordBatch): boolean {
    this.openUntil(batch);
    if (batch.isControl) {
      if (readTransactionMarker(batch)?.type === 'abort') this.open.delete(batch.producerId);
      return false;
    }
    return batch.isTransactional && this.open.has(batch.producerId);
  }

  private openUntil({ baseOffset, lastOffsetDelta }: RecordBatch): void {
    const end = baseOffset + BigInt(lastOffsetDelta);
    for (let [next] = this.ahead; next && next.firstOffset <= end; [next] = this.ahead) {
      this.open.add(next.producerId);
      this.ahead.shift();
    }
  }
}
