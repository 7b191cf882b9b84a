import type { WireEvent } from '../history/events.js';
import type { Row } from './folds.js';
import { isFrame } from './steps.js';
import type { Step } from './step.js';
import type { Timeline } from './timeline.js';
import type { Words } from './words.js';

/** Two runs side by side, line by line. */
export interface AlignedRow {
  /** What the row of each run says. */
  readonly left?: string;
  readonly right?: string;
  /** `changed`: the same thing happens, with another result. */
  readonly kind: 'same' | 'changed' | 'only-left' | 'only-right';
}

export interface Run {
  readonly timeline: Timeline;
  readonly rows: readonly Row[];
  readonly words: Words;
}

export interface Alignment {
  readonly rows: readonly AlignedRow[];
  /** One of them is longer than what was compared. */
  readonly isCut: boolean;
}

/** Longer ones than these are cut: nobody compares them line by line, and the effort grows with the square. */
const mostRows = 400;

/** Aligns what two runs did, by the longest sequence of rows that both have in the same order. */
export function alignRuns(left: Run, right: Run): Alignment {
  const ones = sidesOf(left);
  const others = sidesOf(right);
  const aligned: AlignedRow[] = [];
  let [at, other] = [0, 0];
  for (const [one, two] of commonPairs(ones, others)) {
    onlyLeft(aligned, ones.slice(at, one));
    onlyRight(aligned, others.slice(other, two));
    pair(aligned, ones[one], others[two]);
    [at, other] = [one + 1, two + 1];
  }
  onlyLeft(aligned, ones.slice(at));
  onlyRight(aligned, others.slice(other));
  return { rows: aligned, isCut: ones.length === mostRows || others.length === mostRows };
}

interface Side {
  readonly label: string;
  /** What happens, without its result: rows with the same one can stand in one line. */
  readonly key: string;
  /** With its result: whether that is the same too. */
  readonly result: string;
}

function sidesOf({ timeline, rows, words }: Run): readonly Side[] {
  return rows
    .filter((row) => row.kind === 'step' || (row.kind === 'fold' && !row.isMinor))
    .slice(0, mostRows)
    .flatMap((row): readonly Side[] => {
      const step = timeline.steps[row.first];
      if (step === undefined) return [];
      if (row.kind === 'step') return [sideOf(step, words.step(step))];
      const label = words.fold(row);
      return [{ label, key: foldKey(timeline.steps.slice(row.first, row.last + 1)), result: label }];
    });
}

/** Which producer id a broker gives says nothing about the run; its epoch does. */
function sideOf(step: Step, label: string): Side {
  const { event } = step;
  const isNewId = event.type === 'response' && event.api === 'InitProducerId' && !hasFailed(event);
  const result = isNewId ? `epoch ${String(event.detail?.epoch ?? 0)}` : label;
  return { label, key: keyOf(step), result };
}

function hasFailed({ detail }: WireEvent): boolean {
  return (detail?.errorCode ?? 0) !== 0;
}

/** A stretch is the same when the same messages pass in it; how clients connect and ask again in between may differ. */
function foldKey(steps: readonly Step[]): string {
  const values = new Set(steps.flatMap((step) => (step.isHousekeeping ? [] : step.values)));
  return ['fold', ...values].join(' ');
}

/** Offsets, ids and who exactly it was may differ. */
function keyOf({ event, carried }: Step): string {
  const what = isFrame(event) ? event.api : 'f' in event ? event.f : 'event' in event ? event.event : '';
  return [event.type, what, ...carried].join(' ');
}

/** Indexes of the longest common subsequence, by dynamic programming. */
function commonPairs(ones: readonly Side[], others: readonly Side[]): readonly (readonly [number, number])[] {
  const lengths = lengthsOf(ones, others);
  const length = (one: number, two: number) => lengths[one]?.[two] ?? 0;
  const pairs: (readonly [number, number])[] = [];
  let [one, two] = [0, 0];
  while (one < ones.length && two < others.length) {
    if (ones[one]?.key === others[two]?.key) pairs.push([one++, two++]);
    else if (length(one + 1, two) >= length(one, two + 1)) one += 1;
    else two += 1;
  }
  return pairs;
}

/** By two starting points: how long the common subsequence from there on is. */
function lengthsOf(ones: readonly Side[], others: readonly Side[]): readonly (readonly number[])[] {
  const lengths = Array.from({ length: ones.length + 1 }, () => new Array<number>(others.length + 1).fill(0));
  for (let one = ones.length - 1; one >= 0; one -= 1)
    for (let two = others.length - 1; two >= 0; two -= 1) {
      const row = lengths[one];
      if (row === undefined) continue;
      row[two] =
        ones[one]?.key === others[two]?.key
          ? 1 + (lengths[one + 1]?.[two + 1] ?? 0)
          : Math.max(lengths[one + 1]?.[two] ?? 0, row[two + 1] ?? 0);
    }
  return lengths;
}

function onlyLeft(aligned: AlignedRow[], sides: readonly Side[]): void {
  for (const { label } of sides) aligned.push({ kind: 'only-left', left: label });
}

function onlyRight(aligned: AlignedRow[], sides: readonly Side[]): void {
  for (const { label } of sides) aligned.push({ kind: 'only-right', right: label });
}

function pair(aligned: AlignedRow[], one: Side | undefined, two: Side | undefined): void {
  if (one === undefined || two === undefined) return;
  const kind = one.result === two.result ? 'same' : 'changed';
  aligned.push({ kind, left: one.label, right: two.label });
}
