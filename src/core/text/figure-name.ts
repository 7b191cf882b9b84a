import type { AnomalyName, CountName } from '../history/verdict.js';
import { anomalyName } from './anomaly-name.js';
import { countName } from './names.js';
import type { Translate } from './translate.js';

/** The learner's name of a count or of an anomaly; anything else stays as it is. */
export function figureName(name: string, t: Translate): string {
  if (isCount(name)) return countName(name, t);
  return isAnomaly(name) ? anomalyName(name, t) : name;
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

function isCount(name: string): name is CountName {
  return Object.hasOwn(counts, name);
}

const anomalies: Readonly<Record<AnomalyName, true>> = {
  'inconsistent-offsets': true,
  duplicate: true,
  'lost-write': true,
  unseen: true,
  'aborted-read': true,
  'precommitted-read': true,
  'poll-skip': true,
  'int-poll-skip': true,
  'nonmonotonic-poll': true,
  'int-nonmonotonic-poll': true,
  'nonmonotonic-send': true,
  'int-nonmonotonic-send': true,
  'write-isolation': true,
  'lost-in-log': true,
  'lost-in-client': true,
  'silent-loss': true,
  'reported-loss': true,
  phantom: true,
  skipped: true,
  'duplicate-delivery': true,
  'duplicate-effect': true,
  'duplicate-output': true,
  'lost-output': true,
  'orphan-output': true,
  'torn-transaction': true,
  'aborted-visible': true,
  blocked: true,
  'fenced-write': true,
};

function isAnomaly(name: string): name is AnomalyName {
  return Object.hasOwn(anomalies, name);
}
