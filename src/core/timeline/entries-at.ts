import { groupBy } from '../group-by.js';
import { remembered } from '../remembered.js';
import type { LogEntry, PartitionLog } from './log-entry.js';
import { Names } from './messages.js';
import { withRepetitions } from './repetitions.js';
import { StatesOverTime, type StateChange, type StatePart } from './states-over-time.js';

export type EntryState = 'plain' | 'open' | 'committed' | 'aborted' | 'marker';

/** What a place in the log is at one moment. */
export interface Standing {
  readonly state: EntryState;
  /** Its message stands at another place in the same state. */
  readonly isRepeated: boolean;
}

/** A partition by offset, to be asked at any moment. */
export interface OrderedLog {
  readonly entries: readonly LogEntry[];
  /** Of the entries; a marker has an empty one. */
  readonly names: Names;
  /** Where the messages stand, also one after the other, that stand at several places. */
  readonly placesOf: ReadonlyMap<string, readonly number[]>;
  readonly states: StatesOverTime<Standing | 'gone'>;
}

export const orderedLog = remembered(({ entries: all }: PartitionLog): OrderedLog => {
  const entries = all.toSorted(
    (left, right) => left.offset - right.offset || left.writtenAt - right.writtenAt,
  );
  const indexes = entries.flatMap(({ content }, index) => (content.kind === 'record' ? [index] : []));
  const byMessage = groupBy(indexes, (index) => valueOf(entries[index]));
  const placesOf = new Map([...byMessage].filter(([, places]) => places.length > 1));
  return {
    entries,
    names: new Names(entries.map(valueOf)),
    placesOf,
    states: new StatesOverTime(withRepetitions(entries.map(lifeOf), placesOf.values())),
  };
});

/** What stands there at a moment, by offset. */
export function standingAt(log: PartitionLog, moment: number): readonly StatePart<Standing>[] {
  return orderedLog(log)
    .states.at(moment)
    .flatMap(({ state, from, to }) => (state === 'gone' ? [] : { state, from, to }));
}

function valueOf(entry: LogEntry | undefined): string {
  return entry?.content.kind === 'record' ? entry.content.value : '';
}

function lifeOf({ content, writtenAt, goneAt }: LogEntry): readonly StateChange<EntryState | 'gone'>[] {
  const changes: StateChange<EntryState | 'gone'>[] = [];
  if (content.kind === 'marker') changes.push({ at: writtenAt, state: 'marker' });
  else if (!content.isTransactional) changes.push({ at: writtenAt, state: 'plain' });
  else {
    const { end } = content;
    if (end === undefined || end.at > writtenAt) changes.push({ at: writtenAt, state: 'open' });
    if (end !== undefined)
      changes.push({ at: Math.max(end.at, writtenAt), state: end.commit ? 'committed' : 'aborted' });
  }
  return goneAt === undefined
    ? changes
    : [...changes.filter(({ at }) => at < goneAt), { at: goneAt, state: 'gone' }];
}
