import { assertNever } from '../assert-never.js';
import type { Counts } from '../history/verdict.js';
import type { Layer } from '../layer.js';
import type { Translate } from './translate.js';

/**
 * The two or three counts that matter at this layer, for one cell of a table: "ok 10, log 11", "deliveries 11, effects 10",
 * "output 10 (uncommitted readers see 11)".
 */
export function countsSentence(counts: Counts, layer: Layer, t: Translate): string {
  switch (layer) {
    case 'producer-to-log':
      return produced(counts, t);
    case 'log-to-effect':
      return t('deliveries {deliveries}, effects {effects}', counts);
    case 'input-to-output':
      return output(counts, t);
    case 'external-effect':
      return t('output {readCommitted}, effects {effects}', counts);
    default:
      return assertNever(layer);
  }
}

function produced(counts: Counts, t: Translate): string {
  return t('{told}, log {readUncommitted}', { ...counts, told: toldTo(counts, t) });
}

/** Three-valued, as the producer experienced it; the values that did not occur are left out. */
function toldTo(counts: Counts, t: Translate): string {
  if (counts.failed > 0 && counts.unknown > 0)
    return t('ok {ok}, failed {failed}, unknown {unknown}', counts);
  if (counts.failed > 0) return t('ok {ok}, failed {failed}', counts);
  if (counts.unknown > 0) return t('ok {ok}, unknown {unknown}', counts);
  return t('ok {ok}', counts);
}

function output(counts: Counts, t: Translate): string {
  if (counts.readCommitted === counts.readUncommitted) return t('output {readCommitted}', counts);
  return t('output {readCommitted} (uncommitted readers see {readUncommitted})', counts);
}
