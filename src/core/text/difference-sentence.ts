import type { AnomalyName, CountName } from '../history/verdict.js';
import { anomalyName } from './anomaly-name.js';
import { countName } from './names.js';
import type { Translate } from './translate.js';

/** Where a run differs from what the catalogue expects; the runner's and the judge's differences have this shape. */
export interface DifferenceText {
  readonly phase: 'control' | 'fault';
  /** Label of a look in the middle of the run; absent for the end. */
  readonly observed?: string;
  /** A count's or an anomaly's name. */
  readonly what: string;
  readonly expected: number;
  readonly found: number;
}

/** "lost: expected 0, found 1", with the control run or the look in the middle named where it was there. */
export function differenceSentence(difference: DifferenceText, t: Translate): string {
  const args = { ...difference, what: whatName(difference.what, t), observed: difference.observed ?? '' };
  if (difference.phase === 'control')
    return t('control run, {what}: expected {expected}, found {found}', args);
  if (difference.observed !== undefined)
    return t('at “{observed}”, {what}: expected {expected}, found {found}', args);
  return t('{what}: expected {expected}, found {found}', args);
}

function whatName(what: string, t: Translate): string {
  return isCount(what) ? countName(what, t) : anomalyName(what as AnomalyName, t);
}

const counts: Readonly<Record<CountName, true>> = {
  sent: true,
  ok: true,
  failed: true,
  unknown: true,
  readUncommitted: true,
  readCommitted: true,
  endOffset: true,
  lastStableOffset: true,
  deduplicated: true,
  deliveries: true,
  effects: true,
  lost: true,
  duplicates: true,
};

function isCount(what: string): what is CountName {
  return Object.hasOwn(counts, what);
}
