import type { GroupPointer, ShownBatch, ShownLog, ShownRecord } from '../../shared/log-page.js';

/** A row of the log's table, as plain data. */
export type LogRow =
  | { readonly kind: 'batch'; readonly batch: ShownBatch }
  | { readonly kind: 'record'; readonly batch: ShownBatch; readonly record: ShownRecord }
  | { readonly kind: 'marker'; readonly batch: ShownBatch }
  /** Offsets that nothing stands at (any more): compaction takes records, and a batch keeps its length. */
  | { readonly kind: 'gap'; readonly first: bigint; readonly last: bigint }
  /** Records of a batch that the page does not hold. */
  | { readonly kind: 'more'; readonly count: number }
  /** A group reads on from here. */
  | { readonly kind: 'pointer'; readonly pointer: GroupPointer }
  /** A read_committed reader is given nothing from here on. */
  | { readonly kind: 'last-stable'; readonly offset: string };

/** The rows in the order of the log; pointers and the last stable offset stand before what has their offset, or the next there is. */
export function logRows(log: ShownLog, pointers: readonly GroupPointer[]): readonly LogRow[] {
  const signs = signsOf(log, pointers);
  const rows: LogRow[] = [];
  let next: bigint | undefined;
  const before = (offset: bigint): void => {
    while (signs[0] !== undefined && signs[0].offset <= offset)
      rows.push(...signs.splice(0, 1).map(({ row }) => row));
  };
  const gapUntil = (offset: bigint): void => {
    if (next !== undefined && offset > next) rows.push({ kind: 'gap', first: next, last: offset - 1n });
  };
  for (const batch of log.batches) {
    gapUntil(BigInt(batch.first));
    next = BigInt(batch.first);
    // A sign at a batch's first offset stands before the batch, and one within it before its record.
    before(next);
    rows.push(batch.state === 'marker' ? { kind: 'marker', batch } : { kind: 'batch', batch });
    for (const record of batch.records) {
      const offset = BigInt(record.offset);
      gapUntil(offset);
      before(offset);
      rows.push({ kind: 'record', batch, record });
      next = offset + 1n;
    }
    if (batch.more > 0) rows.push({ kind: 'more', count: batch.more });
    else if (batch.state !== 'marker' && batch.problem === undefined) gapUntil(BigInt(batch.last) + 1n);
    next = BigInt(batch.last) + 1n;
  }
  if (next === undefined || next >= BigInt(log.end)) rows.push(...signs.map(({ row }) => row));
  return rows;
}

interface Sign {
  readonly offset: bigint;
  readonly row: LogRow;
}

/** Of what lies before the first batch that is read, nothing is shown: nobody knows what stands between. */
function signsOf({ lastStable, end, batches }: ShownLog, pointers: readonly GroupPointer[]): Sign[] {
  const first = BigInt(batches[0]?.first ?? 0);
  const stable: readonly Sign[] =
    BigInt(lastStable) < BigInt(end)
      ? [{ offset: BigInt(lastStable), row: { kind: 'last-stable', offset: lastStable } }]
      : [];
  const committed = pointers.map((pointer): Sign => ({
    offset: BigInt(pointer.offset),
    row: { kind: 'pointer', pointer },
  }));
  return [...committed, ...stable]
    .filter(({ offset }) => offset >= first)
    .sort((one, other) => (one.offset < other.offset ? -1 : one.offset > other.offset ? 1 : 0));
}
