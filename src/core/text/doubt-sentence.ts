import type { Doubt } from '../history/verdict.js';
import type { Translate } from './translate.js';

/** Why a run proves nothing, in one sentence; the numbers and names behind it follow in parentheses. */
export function doubtSentence(doubt: Doubt, t: Translate): string {
  const reason = reasons[doubt.guard](t);
  const detail = Object.entries(doubt.detail)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
  return detail === '' ? reason : t('{reason} ({detail})', { reason, detail });
}

const reasons: Readonly<Record<Doubt['guard'], (t: Translate) => string>> = {
  'fault-not-armed': (t) => t('the fault was never armed'),
  'fault-not-fired-once': (t) => t('the fault did not strike exactly once'),
  'fault-elsewhere': (t) => t('the fault struck at another point than stated'),
  'control-not-clean': (t) => t('the control run, without the fault, was not clean'),
  'operations-unaccounted': (t) => t('attempted sends and their outcomes do not add up'),
  'unknown-writer': (t) => t('a value in the log has no known writer'),
  'drain-incomplete': (t) => t('the final reader did not reach the end of the log'),
  'transaction-open': (t) => t('a transaction was still open at the end'),
  'sequence-gap': (t) => t('the history has a gap'),
  'no-effects': (t) => t('effects were expected and none was recorded'),
  'process-failed': (t) => t('a process ended though nobody had planned it'),
  'broker-disagrees': (t) => t('the broker’s own account differs from the readers’'),
  cancelled: (t) => t('the run was cancelled'),
};
