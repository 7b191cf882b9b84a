import { endLabel } from '../evidence/drains.js';
import type { Evidence } from '../evidence/evidence.js';
import type { Doubt } from '../verdict.js';

/**
 * Every transaction has ended, or is reported as open. When the log is held back at the end although every client was
 * told how its transactions ended, the drain came before the markers (the coordinator answers EndTxn first and writes
 * them afterwards): what is hidden then may be visible a moment later.
 */
export function transactionDoubts({ transactions, drains }: Evidence): readonly Doubt[] {
  const settled = [...transactions.values()].every(({ told }) => told === 'committed' || told === 'aborted');
  return drains
    .filter(({ label }) => label === endLabel && settled)
    .flatMap(({ topic, partition, uncommitted, committed }): readonly Doubt[] => {
      const { highWatermark = 0, lastStableOffset = 0 } = committed ?? uncommitted ?? {};
      return highWatermark > lastStableOffset
        ? [{ guard: 'transaction-open', detail: { topic, partition, lastStableOffset, highWatermark } }]
        : [];
    });
}
