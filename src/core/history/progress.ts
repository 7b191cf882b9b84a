import { endLabel } from './evidence/drains.js';
import type { DrainEvent, History } from './events.js';

/** How far a group had committed in one partition when all was over, and how it got there. */
export interface GroupProgress {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  /** The next offset that the group would be given. */
  readonly committed: number;
  /** The end for a read_committed reader. */
  readonly end: number;
  /** Commits that succeeded with a lower offset than the one before: what lies between is read again. */
  readonly timesBack: number;
}

/** From the final drain and the commits that succeeded, in the order of partitions and groups. */
export function groupProgress(history: History): readonly GroupProgress[] {
  const drains = history
    .filter((event) => event.type === 'drain')
    .filter(({ label, isolation }) => label === endLabel && isolation === 'read_committed');
  return drains.flatMap((drain) =>
    Object.entries(drain.committed ?? {})
      .filter(([, committed]) => committed >= 0)
      .map(([group, committed]) => ({
        group,
        topic: drain.topic,
        partition: drain.partition,
        committed,
        end: drain.lastStableOffset,
        timesBack: timesBack(commitsOf(history, group, drain)),
      })),
  );
}

function commitsOf(
  history: History,
  group: string,
  { topic, partition }: Pick<DrainEvent, 'topic' | 'partition'>,
): readonly number[] {
  return history.flatMap((event) =>
    event.type === 'ok' &&
    event.f === 'commit-offset' &&
    event.group === group &&
    event.topic === topic &&
    event.partition === partition
      ? [event.offset]
      : [],
  );
}

function timesBack(offsets: readonly number[]): number {
  return offsets.filter((offset, index) => offset < (offsets[index - 1] ?? offset)).length;
}
