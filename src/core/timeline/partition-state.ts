import type { LogEntry, PartitionLog } from './log-entry.js';

export type EntryState = 'plain' | 'open' | 'committed' | 'aborted' | 'marker';

/** A cell of the log at one moment. */
export interface Cell {
  readonly entry: LogEntry;
  readonly state: EntryState;
  /** Whether readers of this isolation level are given it at that moment. */
  readonly isVisible: boolean;
}

export interface PartitionState {
  readonly cells: readonly Cell[];
  /** How many places before the first cell are left out. */
  readonly before: number;
  readonly endOffset: number;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
}

export type Isolation = 'read_committed' | 'read_uncommitted';

export interface PartitionView {
  readonly moment: number;
  readonly isolation: Isolation;
  /** At most so many cells, those that stand at the end. */
  readonly limit: number;
}

/** What stands in a partition at a moment, and who is given it. */
export function partitionAt(log: PartitionLog, { moment, isolation, limit }: PartitionView): PartitionState {
  const standing = standingAt(log, moment);
  const endOffset = (standing.at(-1)?.offset ?? -1) + 1;
  const told = watermarksAt(log, moment);
  const highWatermark = told?.highWatermark ?? endOffset;
  const lastStableOffset = told?.lastStableOffset ?? lastStableAt(standing, moment, endOffset);
  const bound = isolation === 'read_committed' ? lastStableOffset : highWatermark;
  const shown = standing.slice(Math.max(0, standing.length - limit));
  return {
    cells: shown.map((entry) => {
      const state = stateAt(entry, moment);
      const isHidden = state === 'marker' || (isolation === 'read_committed' && state === 'aborted');
      return { entry, state, isVisible: !isHidden && entry.offset < bound };
    }),
    before: standing.length - shown.length,
    endOffset,
    highWatermark,
    lastStableOffset,
  };
}

/** What stood where it was looked last: several parts of a page look at the same moment, and a log may be long. */
const lastLook = new WeakMap<
  PartitionLog,
  { readonly moment: number; readonly standing: readonly LogEntry[] }
>();

/** By offset. */
export function standingAt(log: PartitionLog, moment: number): readonly LogEntry[] {
  const last = lastLook.get(log);
  if (last?.moment === moment) return last.standing;
  const standing = entriesAt(log, moment);
  lastLook.set(log, { moment, standing });
  return standing;
}

/** Entries are kept by offset, or by time in a log that was truncated. */
function entriesAt({ entries }: PartitionLog, moment: number): readonly LogEntry[] {
  const standing: LogEntry[] = [];
  let isInOrder = true;
  let last = -1;
  for (const entry of entries) {
    if (entry.writtenAt > moment || (entry.goneAt ?? Infinity) <= moment) continue;
    isInOrder &&= entry.offset > last;
    last = entry.offset;
    standing.push(entry);
  }
  return isInOrder ? standing : standing.sort((left, right) => left.offset - right.offset);
}

export function stateAt({ content }: LogEntry, moment: number): EntryState {
  if (content.kind === 'marker') return 'marker';
  if (!content.isTransactional) return 'plain';
  const { end } = content;
  if (end === undefined || end.at > moment) return 'open';
  return end.commit ? 'committed' : 'aborted';
}

function watermarksAt(
  { watermarks }: PartitionLog,
  moment: number,
): PartitionLog['watermarks'][number] | undefined {
  let low = 0;
  let high = watermarks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((watermarks[middle]?.at ?? 0) <= moment) low = middle + 1;
    else high = middle;
  }
  return watermarks[low - 1];
}

/** KIP-98: the first offset of the oldest open transaction, or the end. */
function lastStableAt(standing: readonly LogEntry[], moment: number, endOffset: number): number {
  return standing.find((entry) => stateAt(entry, moment) === 'open')?.offset ?? endOffset;
}
