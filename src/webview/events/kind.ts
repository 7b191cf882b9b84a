import { assertNever } from '../../core/assert-never.js';
import type { HistoryEvent } from '../../core/history/events.js';
import type { Translate } from '../../core/text/translate.js';
import type { EventKind } from '../../shared/page.js';

export const eventKinds: readonly EventKind[] = [
  'client',
  'wire',
  'broker',
  'fault',
  'process',
  'reader',
  'note',
];

/** Seven kinds instead of all the types of a history: as many as a filter can offer and a learner tell apart. */
export function kindOf(event: HistoryEvent): EventKind {
  switch (event.type) {
    case 'invoke':
    case 'ok':
    case 'fail':
    case 'info':
    case 'rebalance':
      return 'client';
    case 'request':
    case 'response':
      return 'wire';
    case 'append':
    case 'marker':
    case 'deduplicated':
    case 'truncated':
    case 'fenced':
    case 'watermarks':
      return 'broker';
    case 'fault':
      return 'fault';
    case 'run':
    case 'process':
      return 'process';
    case 'drain':
      return 'reader';
    case 'note':
      return 'note';
    default:
      return assertNever(event);
  }
}

export function kindName(kind: EventKind, t: Translate): string {
  switch (kind) {
    case 'client':
      return t('client');
    case 'wire':
      return t('wire');
    case 'broker':
      return t('broker');
    case 'fault':
      return t('fault');
    case 'process':
      return t('process');
    case 'reader':
      return t('reader');
    case 'note':
      return t('note');
    default:
      return assertNever(kind);
  }
}
