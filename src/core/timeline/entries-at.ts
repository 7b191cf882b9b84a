import { remembered } from '../remembered.js';
import type { LogEntry, PartitionLog } from './log-entry.js';
import { Names } from './messages.js';
import { StateRuns, type Run, type StateChange } from './state-runs.js';

export type EntryState = 'plain' | 'open' | 'committed' | 'aborted' | 'marker';

/** What a place in the log is at one moment; undefined where it is not there any more. */
interface Standing {
  readonly state: EntryState;
  /** The message stands in this log more than once, whenever that is. */
  readonly isRepeated: boolean;
}

/** A partition by offset, to be asked at any moment. */
export interface OrderedLog {
  readonly entries: readonly LogEntry[];
  /** Of the entries; a marker has an empty one. */
  readonly names: Names;
  readonly runs: StateRuns<Standing | undefined>;
}

export const orderedLog = remembered(({ entries: all }: PartitionLog): OrderedLog => {
  const entries = all.toSorted(
    (left, right) => left.offset - right.offset || left.writtenAt - right.writtenAt,
  );
  const repeated = repeatedIn(entries);
  const values = entries.map(valueOf);
  return {
    entries,
    names: new Names(values),
    runs: new StateRuns(entries.map((entry, index) => lifeOf(entry, repeated.has(values[index] ?? '')))),
  };
});

export type StandingRun = Run<Standing>;

/** Runs of places that stand there at a moment, by offset. */
export function standingAt(log: PartitionLog, moment: number): readonly StandingRun[] {
  return orderedLog(log)
    .runs.at(moment)
    .flatMap(({ state, from, to }) => (state === undefined ? [] : { state, from, to }));
}

function valueOf({ content }: LogEntry): string {
  return content.kind === 'record' ? content.value : '';
}

function lifeOf(entry: LogEntry, isRepeated: boolean): readonly StateChange<Standing | undefined>[] {
  const { content, writtenAt, goneAt } = entry;
  const standing = standings[isRepeated ? 'repeated' : 'single'];
  const changes: StateChange<Standing | undefined>[] = [];
  if (content.kind === 'marker') changes.push({ at: writtenAt, state: standing.marker });
  else if (!content.isTransactional) changes.push({ at: writtenAt, state: standing.plain });
  else {
    const { end } = content;
    const ended = end?.commit === true ? standing.committed : standing.aborted;
    if (end === undefined || end.at > writtenAt) changes.push({ at: writtenAt, state: standing.open });
    if (end !== undefined) changes.push({ at: Math.max(end.at, writtenAt), state: ended });
  }
  return goneAt === undefined
    ? changes
    : [...changes.filter(({ at }) => at < goneAt), { at: goneAt, state: undefined }];
}

/** One object for each, so that neighbours are told to be the same by identity. */
const standings = { single: allStandings(false), repeated: allStandings(true) };

function allStandings(isRepeated: boolean): Readonly<Record<EntryState, Standing>> {
  return {
    plain: { state: 'plain', isRepeated },
    open: { state: 'open', isRepeated },
    committed: { state: 'committed', isRepeated },
    aborted: { state: 'aborted', isRepeated },
    marker: { state: 'marker', isRepeated },
  };
}

function repeatedIn(entries: readonly LogEntry[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { content } of entries) {
    if (content.kind !== 'record') continue;
    if (seen.has(content.value)) repeated.add(content.value);
    seen.add(content.value);
  }
  return repeated;
}
