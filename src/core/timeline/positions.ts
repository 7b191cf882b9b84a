import type { History, ProcessId, RecordPosition } from '../history/events.js';
import { polledRecords } from '../history/polled-records.js';
import { latestBy } from './latest.js';

/** How far a process has read a partition: `offset` is the one that it reads next. */
export interface Position extends RecordPosition {
  readonly at: number;
  readonly process: ProcessId;
}

export function readPositions(history: History): readonly Position[] {
  const positions: Position[] = [];
  for (const event of history) {
    if (event.type !== 'ok' || event.f !== 'poll') continue;
    const { result, process, seq } = event;
    for (const { topic, partition, offset } of polledRecords(result))
      positions.push({ at: seq, process, topic, partition, offset: offset + 1 });
  }
  return positions;
}

/** The last position of a process in each partition up to a moment. */
export function positionsAt(
  all: readonly Position[],
  moment: number,
  process: ProcessId,
): readonly Position[] {
  return latestOf(all, moment).filter((position) => position.process === process);
}

const latestOf = latestBy<Position>(
  ({ process, topic, partition }) => `${process}\n${topic}\n${String(partition)}`,
);
