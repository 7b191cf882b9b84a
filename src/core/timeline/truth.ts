import { orderedLog, standingAt, type EntryState, type OrderedLog, type StandingRun } from './entries-at.js';
import type { PartitionLog } from './log-entry.js';
import { Messages, type Part } from './messages.js';
import type { Timeline } from './timeline.js';

/** Messages of one partition that share a fate in the log. */
export interface Truth {
  readonly state: Exclude<EntryState, 'marker'>;
  readonly values: Messages;
  /** Only where there are several that anything was written to. */
  readonly partition?: number;
  /** Of a message told by itself all its places, of several the first and the last. */
  readonly offsets: readonly number[];
}

/** Output partitions that anything was ever written to; the only one is told of even when it stays empty. */
export function writtenOutputs({ logs }: Timeline): readonly PartitionLog[] {
  const outputs = logs.filter(({ role }) => role === 'output');
  return outputs.length === 1 ? outputs : outputs.filter(({ entries }) => entries.length > 0);
}

export function truthAt(timeline: Timeline, moment: number): readonly Truth[] {
  return writtenOutputs(timeline).flatMap((log, _, all) =>
    truthOf(log, moment).map((line) => (all.length > 1 ? { ...line, partition: log.partition } : line)),
  );
}

/** Neighbours that stand there once each and share a fate are told together; what stands there several times, by itself. */
function truthOf(log: PartitionLog, moment: number): readonly Truth[] {
  const ordered = orderedLog(log);
  const lines = joined(linesOf(standingAt(log, moment), ordered));
  return lines.map(({ state, parts, offsets }) => ({
    state,
    values: new Messages(ordered.names, parts),
    offsets,
  }));
}

interface Line {
  readonly state: Truth['state'];
  readonly parts: Part[];
  offsets: number[];
  isRepeated: boolean;
}

function linesOf(standing: readonly StandingRun[], { entries, names }: OrderedLog): readonly Line[] {
  const lines: Line[] = [];
  const ofRepeated = new Map<string, Line>();
  const offsetOf = (index: number) => entries[index]?.offset ?? -1;
  for (const { state: shared, from, to } of standing) {
    const { state, isRepeated } = shared;
    if (state === 'marker') continue;
    if (!isRepeated) {
      const offsets = to - from === 1 ? [offsetOf(from)] : [offsetOf(from), offsetOf(to - 1)];
      lines.push({ state, parts: [{ from, to }], offsets, isRepeated });
      continue;
    }
    for (let index = from; index < to; index += 1) {
      const key = `${state} ${names.values[index] ?? ''}`;
      const there = ofRepeated.get(key);
      if (there !== undefined) there.offsets.push(offsetOf(index));
      else {
        const line = {
          state,
          parts: [{ from: index, to: index + 1 }],
          offsets: [offsetOf(index)],
          isRepeated,
        };
        ofRepeated.set(key, line);
        lines.push(line);
      }
    }
  }
  return lines;
}

/** A message that will come again later stands there once so far: it is told with its neighbours as they are. */
function joined(lines: readonly Line[]): readonly Line[] {
  const told: Line[] = [];
  for (const line of lines) {
    const last = told.at(-1);
    if (last !== undefined && isSingle(line) && isSingle(last) && last.state === line.state) {
      last.parts.push(...line.parts);
      last.offsets = [last.offsets[0] ?? -1, line.offsets.at(-1) ?? -1];
      last.isRepeated = false;
    } else told.push(line);
  }
  return told;
}

/** Whether each of its messages stands there once. */
function isSingle({ isRepeated, offsets }: Line): boolean {
  return !isRepeated || offsets.length === 1;
}
