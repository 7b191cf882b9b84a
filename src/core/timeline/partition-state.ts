import { firstIndex } from '../sorted.js';
import { orderedLog, standingAt, type EntryState, type Standing } from './entries-at.js';
import type { LogEntry, PartitionLog } from './log-entry.js';
import type { StatePart } from './states-over-time.js';

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
  const { entries } = orderedLog(log);
  const length = standing.reduce((sum, { from, to }) => sum + to - from, 0);
  const endOffset = (entries[(standing.at(-1)?.to ?? 0) - 1]?.offset ?? -1) + 1;
  const told = log.watermarks[firstIndex(log.watermarks, ({ at }) => at > moment) - 1];
  const highWatermark = told?.highWatermark ?? endOffset;
  // KIP-98: the first offset of the oldest open transaction, or the end.
  const firstOpen = standing.find(({ state }) => state.state === 'open');
  const lastStableOffset =
    told?.lastStableOffset ??
    (firstOpen === undefined ? endOffset : (entries[firstOpen.from]?.offset ?? endOffset));
  const bound = isolation === 'read_committed' ? lastStableOffset : highWatermark;
  const cells = lastOf(standing, limit).flatMap(({ state: { state }, from, to }) =>
    entries.slice(from, to).map((entry): Cell => {
      const isHidden = state === 'marker' || (isolation === 'read_committed' && state === 'aborted');
      return { entry, state, isVisible: !isHidden && entry.offset < bound };
    }),
  );
  return { cells, before: length - cells.length, endOffset, highWatermark, lastStableOffset };
}

/** The last places, at most so many. */
function lastOf(standing: readonly StatePart<Standing>[], limit: number): readonly StatePart<Standing>[] {
  const last: StatePart<Standing>[] = [];
  let left = limit;
  for (let index = standing.length - 1; index >= 0 && left > 0; index -= 1) {
    const part = standing[index];
    if (part === undefined) continue;
    const from = Math.max(part.from, part.to - left);
    left -= part.to - from;
    last.unshift({ ...part, from });
  }
  return last;
}
