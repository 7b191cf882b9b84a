import { assertNever } from '../assert-never.js';
import type { AnomalyName } from '../history/verdict.js';
import type { Translate } from './translate.js';

/** The learner's name of an anomaly; the stable name (as in docs/verdict.md) stays the key in JSON. */
export function anomalyName(name: AnomalyName, t: Translate): string {
  switch (name) {
    case 'silent-loss':
    case 'reported-loss':
    case 'lost-write':
    case 'lost-in-log':
    case 'lost-in-client':
    case 'unseen':
    case 'skipped':
    case 'lost-output':
      return lossName(name, t);
    case 'duplicate':
      return t('duplicate');
    case 'duplicate-delivery':
      return t('delivered again');
    case 'duplicate-effect':
      return t('duplicate effect');
    case 'duplicate-output':
      return t('duplicate output');
    case 'phantom':
      return t('phantom');
    case 'orphan-output':
      return t('orphan output');
    case 'torn-transaction':
      return t('torn transaction');
    case 'aborted-visible':
      return t('aborted, yet visible');
    case 'aborted-read':
      return t('aborted, yet read');
    case 'precommitted-read':
      return t('read before its commit');
    case 'blocked':
      return t('blocked by the LSO');
    case 'fenced-write':
      return t('write accepted from a fenced producer');
    default:
      return orderName(name, t);
  }
}

type Loss =
  | 'silent-loss'
  | 'reported-loss'
  | 'lost-write'
  | 'lost-in-log'
  | 'lost-in-client'
  | 'unseen'
  | 'skipped'
  | 'lost-output';

function lossName(name: Loss, t: Translate): string {
  switch (name) {
    case 'silent-loss':
      return t('lost, silent');
    case 'reported-loss':
      return t('lost, reported');
    case 'lost-write':
      return t('lost write');
    case 'lost-in-log':
      return t('lost from the log');
    case 'lost-in-client':
      return t('lost in the client');
    case 'unseen':
      return t('never read');
    case 'skipped':
      return t('skipped');
    case 'lost-output':
      return t('lost output');
    default:
      return assertNever(name);
  }
}

type Order =
  | 'inconsistent-offsets'
  | 'poll-skip'
  | 'int-poll-skip'
  | 'nonmonotonic-poll'
  | 'int-nonmonotonic-poll'
  | 'nonmonotonic-send'
  | 'int-nonmonotonic-send'
  | 'write-isolation';

function orderName(name: Order, t: Translate): string {
  switch (name) {
    case 'inconsistent-offsets':
      return t('two values at one offset');
    case 'poll-skip':
      return t('gap between two reads');
    case 'int-poll-skip':
      return t('gap within one read');
    case 'nonmonotonic-poll':
      return t('went back between two reads');
    case 'int-nonmonotonic-poll':
      return t('went back within one read');
    case 'nonmonotonic-send':
      return t('reordered');
    case 'int-nonmonotonic-send':
      return t('reordered within one transaction');
    case 'write-isolation':
      return t('interleaved transactions');
    default:
      return assertNever(name);
  }
}
