import type { ProcessId } from '../history/events.js';
import { placeOfOffset, type Belief, type BeliefState, type OffsetBelief } from './beliefs.js';
import { standingAt, stateAt, type EntryState } from './partition-state.js';
import type { OffsetChange, PartitionLog } from './log-entry.js';
import { committedAt } from './offsets.js';
import type { Timeline } from './timeline.js';

/** At one moment, side by side: what a client can know, and what is true. */
export interface Knowledge {
  readonly process: ProcessId;
  /** A process that died knows nothing any more. */
  readonly isAlive: boolean;
  readonly knows: readonly Known[];
  /** The offset that it believes to be committed, for each partition that it commits. */
  readonly offsets: readonly OffsetBelief[];
  readonly truth: readonly Truth[];
  readonly committed: readonly OffsetChange[];
  /** By message: how often its work was done. */
  readonly effects: readonly { readonly values: readonly string[]; readonly times: number }[];
}

export interface Known {
  readonly state: BeliefState | 'not-yet';
  /** In the order in which they were sent or read. */
  readonly values: readonly string[];
}

/** Messages of one topic that share a fate in the log. */
export interface Truth {
  readonly state: Exclude<EntryState, 'marker'>;
  readonly values: readonly string[];
  /** Only where there are several that anything was written to. */
  readonly partition?: number;
  /** In the order of the values; a message that stands there several times is told by itself, with all its places. */
  readonly offsets: readonly number[];
}

/** What `process` knows at a moment, beside what is true then. */
export function knowledgeAt(timeline: Timeline, moment: number, process: ProcessId): Knowledge {
  return {
    process,
    isAlive: isAliveAt(timeline, moment, process),
    knows: known(timeline, moment, process),
    offsets: offsetBeliefs(timeline, moment, process),
    truth: writtenOutputs(timeline).flatMap((log, _, all) => truthOf(log, moment, all.length > 1)),
    committed: committedAt(timeline.offsets, moment),
    effects: effectsAt(timeline, moment),
  };
}

/** Output partitions that anything was ever written to; the only one is told of even when it stays empty. */
export function writtenOutputs({ logs }: Timeline): readonly PartitionLog[] {
  const outputs = logs.filter(({ role }) => role === 'output');
  return outputs.length === 1 ? outputs : outputs.filter(({ entries }) => entries.length > 0);
}

function isAliveAt({ deaths }: Timeline, moment: number, process: ProcessId): boolean {
  return (deaths.get(process) ?? Infinity) > moment;
}

/** Grouped by what is known, in the order in which a message first came to that. */
function known({ beliefs }: Timeline, moment: number, process: ProcessId): readonly Known[] {
  const groups = new Map<Known['state'], string[]>();
  const own = beliefs.get(process)?.values() ?? [];
  let isReader = false;
  for (const belief of own) {
    isReader ||= belief.changes[0]?.state === 'read';
    const state = stateOf(belief, moment);
    if (state === undefined || (state === 'not-yet' && isReader)) continue;
    const values = groups.get(state);
    if (values === undefined) groups.set(state, [belief.value]);
    else values.push(belief.value);
  }
  return [...groups]
    .map(([state, values]) => ({ state, values }))
    .sort((left, right) => rank(left.state) - rank(right.state));
}

/** What is settled first, what is not known in the middle, what is still to come last. */
const ranks: readonly Known['state'][] = [
  'committed',
  'written',
  'handed-over',
  'processed',
  'recognised',
  'in-transaction',
  'read',
  'aborted',
  'failed',
  'unknown',
  'waiting',
  'not-yet',
];

function rank(state: Known['state']): number {
  return ranks.indexOf(state);
}

/** What a client is still to send is known from its later sends; what it will read, and make of that, nobody can know. */
function stateOf({ changes }: Belief, moment: number): Known['state'] | undefined {
  for (let index = changes.length - 1; index >= 0; index -= 1) {
    const change = changes[index];
    if (change !== undefined && change.at <= moment) return change.state;
  }
  return changes[0]?.state === 'waiting' ? 'not-yet' : undefined;
}

function offsetBeliefs(
  { offsetBeliefs: all }: Timeline,
  moment: number,
  process: ProcessId,
): readonly OffsetBelief[] {
  const last = new Map<string, OffsetBelief>();
  for (const belief of all.get(process) ?? []) {
    if (belief.at > moment) break;
    last.set(placeOfOffset(belief), belief);
  }
  return [...last.values()];
}

/** Neighbours that stand there once each and share a fate are told together; what stands there several times, by itself. */
function truthOf(log: PartitionLog, moment: number, isOneOfSeveral: boolean): readonly Truth[] {
  const place = isOneOfSeveral ? { partition: log.partition } : {};
  const repeated = repeatedIn(log);
  const lines: Line[] = [];
  const ofRepeated = new Map<string, Line>();
  for (const entry of standingAt(log, moment)) {
    const state = stateAt(entry, moment);
    if (entry.content.kind !== 'record' || state === 'marker') continue;
    const { value } = entry.content;
    const last = lines.at(-1);
    const there = repeated.has(value) ? ofRepeated.get(`${state} ${value}`) : undefined;
    if (there !== undefined) there.offsets.push(entry.offset);
    else if (repeated.has(value)) {
      const line = { state, values: [value], offsets: [entry.offset], isJoined: false };
      ofRepeated.set(`${state} ${value}`, line);
      lines.push(line);
    } else if (last?.isJoined === true && last.state === state) {
      last.values.push(value);
      last.offsets.push(entry.offset);
    } else lines.push({ state, values: [value], offsets: [entry.offset], isJoined: true });
  }
  return joined(lines).map(({ state, values, offsets }) => ({ ...place, state, values, offsets }));
}

interface Line {
  readonly state: Truth['state'];
  readonly values: string[];
  readonly offsets: number[];
  readonly isJoined: boolean;
}

/** A message that will come again later stands there once so far: it is told with its neighbours as they are. */
function joined(lines: readonly Line[]): readonly Line[] {
  const told: Line[] = [];
  for (const line of lines) {
    const last = told.at(-1);
    if (last !== undefined && isSingle(line) && isSingle(last) && last.state === line.state) {
      for (const value of line.values) last.values.push(value);
      for (const offset of line.offsets) last.offsets.push(offset);
    } else told.push(line);
  }
  return told;
}

function isSingle({ values, offsets }: Line): boolean {
  return values.length === offsets.length;
}

const repeatedByLog = new WeakMap<PartitionLog, ReadonlySet<string>>();

/** Messages that stand in a log more than once, whenever that is: few, and only they have to be looked up. */
function repeatedIn(log: PartitionLog): ReadonlySet<string> {
  const known = repeatedByLog.get(log);
  if (known !== undefined) return known;
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { content } of log.entries) {
    if (content.kind !== 'record') continue;
    if (seen.has(content.value)) repeated.add(content.value);
    seen.add(content.value);
  }
  repeatedByLog.set(log, repeated);
  return repeated;
}

function effectsAt({ effects }: Timeline, moment: number): Knowledge['effects'] {
  const times = new Map<string, number>();
  for (const { at, value, isRecognised } of effects) {
    if (at > moment) break;
    if (!isRecognised) times.set(value, (times.get(value) ?? 0) + 1);
  }
  const byTimes = new Map<number, string[]>();
  for (const [value, count] of times) {
    const values = byTimes.get(count);
    if (values === undefined) byTimes.set(count, [value]);
    else values.push(value);
  }
  return [...byTimes].map(([count, values]) => ({ values, times: count }));
}
