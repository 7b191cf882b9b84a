import type { ProcessId, WireEvent } from '../history/events.js';
import { firstIndex } from '../sorted.js';
import { seeder, type Step } from './step.js';

/** A stretch of steps in which nothing happens that the run is about. */
export interface Fold {
  readonly first: number;
  readonly last: number;
  /** A few frames of housekeeping between two steps that matter: drawn thin, and stepped over. */
  readonly isMinor: boolean;
}

/** A line of the diagram: a step, or a folded stretch; an opened stretch has a head above its steps, to fold it again. */
export type Row =
  | { readonly kind: 'step'; readonly first: number; readonly last: number }
  | ({ readonly kind: 'fold' | 'opened' } & Fold);

/** A single step is told as easily as a fold. */
const shortest = 2;

export function foldSteps(steps: readonly Step[], focus: ReadonlySet<string>): readonly Fold[] {
  const folds: Fold[] = [];
  let first: number | undefined;
  const told = new Set<ProcessId>();
  for (const step of steps) {
    if (isUneventful(step, focus, told)) first ??= step.index;
    else {
      close(folds, steps, first, step.index - 1);
      first = undefined;
    }
  }
  close(folds, steps, first, steps.length - 1);
  return folds;
}

const mostInMinor = 6;

function close(folds: Fold[], steps: readonly Step[], first: number | undefined, last: number): void {
  if (first === undefined || last - first + 1 < shortest) return;
  const isShort = last - first < mostInMinor;
  const isMinor = isShort && steps.slice(first, last + 1).every(({ isHousekeeping }) => isHousekeeping);
  folds.push({ first, last, isMinor });
}

function isUneventful(step: Step, focus: ReadonlySet<string>, told: Set<ProcessId>): boolean {
  const { event, fault, values, process, isHousekeeping } = step;
  if (fault !== undefined) return false;
  if (isHousekeeping || process === seeder) return true;
  switch (event.type) {
    case 'process':
    case 'fault':
    case 'drain':
    case 'note':
    case 'fail':
    case 'info':
    case 'deduplicated':
    case 'fenced':
    case 'truncated':
      return false;
    case 'rebalance':
      return true;
    case 'response':
      return event.api === 'OffsetFetch' ? !isResumption(event, told) : isBesides(values, focus);
    default:
      return isBesides(values, focus);
  }
}

function isBesides(values: readonly string[], focus: ReadonlySet<string>): boolean {
  return values.length > 0 && !values.some((value) => focus.has(value));
}

/** Where a process goes on reading, told once: clients ask more than once, and at first there is nothing to go on from. */
function isResumption({ process, detail }: WireEvent, told: Set<ProcessId>): boolean {
  if ((detail?.offset ?? -1) < 0 || told.has(process)) return false;
  told.add(process);
  return true;
}

/** The rows from top to bottom. `opened` holds the first steps of the folds that are opened. */
export function rowsOf(
  stepCount: number,
  folds: readonly Fold[],
  opened: ReadonlySet<number>,
): readonly Row[] {
  const rows: Row[] = [];
  let next = 0;
  for (const { first, last, isMinor } of folds) {
    singles(rows, next, first - 1);
    const isOpen = opened.has(first);
    rows.push({ kind: isOpen ? 'opened' : 'fold', first, last, isMinor });
    if (isOpen) singles(rows, first, last);
    next = last + 1;
  }
  singles(rows, next, stepCount - 1);
  return rows;
}

function singles(rows: Row[], first: number, last: number): void {
  for (let index = first; index <= last; index += 1) rows.push({ kind: 'step', first: index, last: index });
}

/** The row on which a step stands: its own, or the fold that hides it. */
export function rowOfStep(rows: readonly Row[], step: number): number {
  // The head of an opened stretch begins with the first of its steps, which stands right behind it.
  const row = firstIndex(rows, ({ first }) => first > step) - 1;
  return step <= (rows[row]?.last ?? -1) ? row : -1;
}

/** Whether stepping rests on a row. */
export function isStop(row: Row): boolean {
  return row.kind === 'step' || (row.kind === 'fold' && !row.isMinor);
}
