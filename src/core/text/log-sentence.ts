import type { BatchState } from '../log/log.js';
import type { Translate } from './translate.js';

/** The state of a batch in a word or two. */
export function stateName(state: BatchState, t: Translate): string {
  switch (state) {
    case 'committed':
      return t('committed');
    case 'aborted':
      return t('aborted');
    case 'open':
      return t('open');
    case 'beyond-stable':
      return t('past the LSO');
    case 'undecided':
      return t('undecided');
    case 'marker':
      return t('marker');
  }
}

/** What the word means to readers. */
export function stateMeaning(state: BatchState, t: Translate): string {
  switch (state) {
    case 'committed':
      return t('Both isolation levels are given it.');
    case 'aborted':
      return t('Its transaction was aborted: it stays in the log, and only read_uncommitted is given it.');
    case 'open':
      return t('Its transaction has not ended: read_committed waits for that.');
    case 'beyond-stable':
      return t('It is finished itself, but read_committed waits for an open transaction before it.');
    case 'undecided':
      return t('Whether its transaction was committed or aborted stands further on in the log.');
    case 'marker':
      return t('It ends a transaction, and no reader is ever given it: that is why offsets have gaps.');
  }
}
