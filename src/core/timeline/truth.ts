import { orderedLog, standingAt, type EntryState, type OrderedLog, type Standing } from './entries-at.js';
import type { PartitionLog } from './log-entry.js';
import { Messages } from './messages.js';
import { partitionAt } from './partition-state.js';
import type { Part, StatePart } from './states-over-time.js';
import type { Timeline } from './timeline.js';

/** Messages of one partition that share a fate in the log. */
export interface Truth {
  readonly state: Exclude<EntryState, 'marker'>;
  readonly values: Messages;
  /** Behind the last stable offset: read_committed is not given it yet. */
  readonly isHidden: boolean;
  /** Only where there are several that anything was written to. */
  readonly partition?: number;
  /** Of a message told by itself all its places, of several the first and the last. */
  readonly offsets: readonly number[];
}

export interface Truths {
  readonly told: readonly Truth[];
  /** How many more records stand there than are told. */
  readonly untold: number;
}

/** Output partitions that anything was ever written to; the only one is told of even when it stays empty. */
export function writtenOutputs({ logs }: Timeline): readonly PartitionLog[] {
  const outputs = logs.filter(({ role }) => role === 'output');
  return outputs.length === 1 ? outputs : outputs.filter(({ entries }) => entries.length > 0);
}

/** More lines are no help to anybody: each duplicate of a long run would be one. */
const mostLines = 16;

export function truthAt(timeline: Timeline, moment: number): Truths {
  const outputs = writtenOutputs(timeline);
  const told: Truth[] = [];
  let untold = 0;
  for (const log of outputs) {
    const { lines, places } = linesOf(log, moment, mostLines - told.length);
    const place = outputs.length > 1 ? { partition: log.partition } : {};
    const { lastStableOffset } = partitionAt(log, { moment, isolation: 'read_committed', limit: 0 });
    const { names } = orderedLog(log);
    for (const { state, parts, offsets } of lines)
      told.push({
        ...{ ...place, state, offsets, values: new Messages(names, parts) },
        isHidden: state !== 'open' && state !== 'aborted' && (offsets[0] ?? -1) >= lastStableOffset,
      });
    untold += places - lines.reduce((sum, line) => sum + line.places, 0);
  }
  return { told, untold };
}

interface Line {
  readonly state: Truth['state'];
  readonly parts: Part[];
  offsets: readonly number[];
  /** How many records it tells of. */
  places: number;
  readonly isRepeated: boolean;
}

/** The first lines of a log, and how many records stand in all of it. */
function linesOf(
  log: PartitionLog,
  moment: number,
  most: number,
): { readonly lines: readonly Line[]; readonly places: number } {
  const told = new Told(orderedLog(log), moment, most);
  let places = 0;
  for (const part of standingAt(log, moment)) {
    if (part.state.state === 'marker') continue;
    places += part.to - part.from;
    told.take(part, part.state.state);
  }
  return { lines: told.lines, places };
}

/** Neighbours that stand there once each and share a fate are told together; what stands there several times, by itself. */
class Told {
  readonly lines: Line[] = [];
  private readonly repeated = new Set<string>();
  /** Something had no place any more: what comes behind it is not told either. */
  private isFull = false;

  constructor(
    private readonly log: OrderedLog,
    private readonly moment: number,
    private readonly most: number,
  ) {}

  take(part: StatePart<Standing>, state: Truth['state']): void {
    if (!part.state.isRepeated) this.single(part, state);
    else for (let index = part.from; index < part.to; index += 1) this.several(index, part.state, state);
  }

  private add(line: Line): void {
    if (this.lines.length < this.most) this.lines.push(line);
    else this.isFull = true;
  }

  private single({ from, to }: Part, state: Truth['state']): void {
    if (this.isFull) return;
    const last = this.lines.at(-1);
    const [first, end] = [this.offsetOf(from), this.offsetOf(to - 1)];
    const places = to - from;
    if (last !== undefined && !last.isRepeated && last.state === state) {
      // Markers lie between the parts: of thousands of transactions nothing is copied.
      last.parts.push({ from, to });
      last.offsets = [last.offsets[0] ?? first, end];
      last.places += places;
    } else {
      const offsets = places === 1 ? [first] : [first, end];
      this.add({ state, parts: [{ from, to }], offsets, places, isRepeated: false });
    }
  }

  private several(index: number, standing: Standing, state: Truth['state']): void {
    if (this.isFull) return;
    const { names, placesOf, states } = this.log;
    const value = names.values[index] ?? '';
    const key = `${state} ${value}`;
    if (this.repeated.has(key)) return;
    this.repeated.add(key);
    const there = (placesOf.get(value) ?? []).filter(
      (place) => states.stateAt(place, this.moment) === standing,
    );
    const offsets = there.map((place) => this.offsetOf(place));
    const parts = [{ from: index, to: index + 1 }];
    this.add({ state, parts, offsets, places: there.length, isRepeated: true });
  }

  private offsetOf(index: number): number {
    return this.log.entries[index]?.offset ?? -1;
  }
}
