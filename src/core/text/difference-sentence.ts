import { figureName } from './figure-name.js';
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
  const args = { ...difference, what: figureName(difference.what, t), observed: difference.observed ?? '' };
  if (difference.phase === 'control')
    return t('control run, {what}: expected {expected}, found {found}', args);
  if (difference.observed !== undefined)
    return t('at “{observed}”, {what}: expected {expected}, found {found}', args);
  return t('{what}: expected {expected}, found {found}', args);
}
