import { assertNever } from '../assert-never.js';
import type { CountName } from '../history/verdict.js';
import type { Layer } from '../layer.js';
import type { Guarantee, Side } from '../semantics/semantics.js';
import type { Translate } from './translate.js';

/** "producer → log": where a guarantee is measured, for a heading or a table's first column. */
export function layerName(layer: Layer, t: Translate): string {
  switch (layer) {
    case 'producer-to-log':
      return t('producer → log');
    case 'log-to-effect':
      return t('log → effect');
    case 'input-to-output':
      return t('input → output');
    case 'external-effect':
      return t('external effect');
    default:
      return assertNever(layer);
  }
}

export function guaranteeName(guarantee: Guarantee, t: Translate): string {
  switch (guarantee) {
    case 'at-most-once':
      return t('at most once');
    case 'at-least-once':
      return t('at least once');
    case 'exactly-once':
      return t('exactly once');
    default:
      return assertNever(guarantee);
  }
}

export function sideName(side: Side, t: Translate): string {
  switch (side) {
    case 'producer':
      return t('producer');
    case 'consumer':
      return t('consumer');
    case 'pipeline':
      return t('pipeline');
    default:
      return assertNever(side);
  }
}

/** What a count counts, for the head of a table's column or a difference between expected and found. */
export function countName(name: CountName, t: Translate): string {
  switch (name) {
    case 'sent':
      return t('sent');
    case 'ok':
      return t('told “ok”');
    case 'failed':
      return t('told “failed”');
    case 'unknown':
      return t('outcome unknown');
    case 'readUncommitted':
      return t('visible to read_uncommitted');
    case 'readCommitted':
      return t('visible to read_committed');
    case 'endOffset':
      return t('end offset');
    case 'lastStableOffset':
      return t('last stable offset (LSO)');
    case 'deduplicated':
      return t('repeats recognised by the broker');
    case 'deliveries':
      return t('deliveries');
    case 'effects':
      return t('effects');
    case 'lost':
      return t('lost');
    case 'duplicates':
      return t('duplicates');
    default:
      return assertNever(name);
  }
}
