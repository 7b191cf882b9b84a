import type { WireEvent } from '../history/events.js';
import { isStop, type Row } from './folds.js';
import { passing } from './passing.js';
import type { Step } from './step.js';
import { isFrame } from './steps.js';
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
  const { sides: ones, isCut } = sidesOf(left);
  const { sides: others, isCut: isOtherCut } = sidesOf(right);
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
  return { rows: aligned, isCut: isCut || isOtherCut };
}

interface Side {
  readonly label: string;
  /** What happens, without its result: rows with the same one can stand in one line. */
  readonly key: string;
  /** With its result: whether that is the same too. */
  readonly result: string;
}

function sidesOf({ timeline, rows, words }: Run): {
  readonly sides: readonly Side[];
  readonly isCut: boolean;
} {
  const told = rows.filter(isStop);
  const sides = told.slice(0, mostRows).flatMap((row): readonly Side[] => {
    const step = timeline.steps[row.first];
    if (step === undefined) return [];
    if (row.kind === 'step') return [sideOf(step, words)];
    const label = words.fold(row);
    const { values } = passing(timeline.steps.slice(row.first, row.last + 1));
    return [{ label, key: ['fold', ...values].join(' '), result: label }];
  });
  return { sides, isCut: told.length > mostRows };
}

function sideOf(step: Step, words: Words): Side {
  const { event } = step;
  // Beside each other there are no lanes: whose life it is must be said.
  const label =
    event.type === 'process' ? `${words.lane(event.process)}: ${words.step(step)}` : words.step(step);
  const result = isFrame(event) ? `${frameResult(event, label)} ${event.fate ?? ''}` : label;
  return { label, key: keyOf(step), result };
}

/** Which producer id a broker gives says nothing about the run; its epoch does. */
function frameResult({ type, api, detail = {} }: WireEvent, label: string): string {
  const { errorCode = 0, producerId, epoch = 0 } = detail;
  const isNewId = type === 'response' && api === 'InitProducerId' && errorCode === 0;
  return isNewId && producerId !== undefined ? `epoch ${String(epoch)}` : label;
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
