import { assertNever } from '../../assert-never.js';
import type { OffsetBelief } from '../../timeline/beliefs.js';
import type { Known } from '../../timeline/known.js';
import type { Truth } from '../../timeline/truth.js';
import type { Translate } from '../translate.js';

/** What a client knows of a message, behind the message's name. */
export function knownWords(state: Known['state'], t: Translate): string {
  switch (state) {
    case 'waiting':
      return t('sent, no answer yet');
    case 'unknown':
      return t('unknown: no answer came');
    case 'written':
      return t('written');
    case 'handed-over':
      return t('sent; nobody answers (acks=0)');
    case 'failed':
      return t('failed');
    case 'in-transaction':
      return t('in an open transaction');
    case 'committed':
      return t('in a committed transaction');
    case 'aborted':
      return t('in an aborted transaction');
    case 'read':
      return t('read');
    case 'processed':
      return t('processed');
    case 'recognised':
      return t('recognised, not done again');
    case 'not-yet':
      return t('not sent yet');
    default:
      return assertNever(state);
  }
}

/** How far a client believes its group to have committed. */
export function offsetWords({ offset, state }: OffsetBelief, t: Translate): string {
  switch (state) {
    case 'committed':
      return t('committed offset {offset}', { offset });
    case 'waiting':
      return t('commit of offset {offset}: no answer yet', { offset });
    case 'in-transaction':
      return t('offset {offset} in an open transaction', { offset });
    case 'aborted':
      return t('offset {offset} is dropped with the transaction', { offset });
    case 'unknown':
      return t('commit of offset {offset}: unknown', { offset });
    case 'failed':
      return t('commit of offset {offset}: failed', { offset });
    default:
      return assertNever(state);
  }
}

/** Where messages stand, behind their names. */
export function truthWords({ isHidden, ...truth }: Truth, t: Translate): string {
  const words = standingWords(truth, t);
  return isHidden ? t('{words}, hidden behind the LSO', { words }) : words;
}

function standingWords({ state, values, offsets, partition }: Omit<Truth, 'isHidden'>, t: Translate): string {
  const offsetsOnly = placeWords(values.length, offsets, t);
  const where = partition === undefined ? '' : ` (${t('partition {partition}', { partition })})`;
  const place = `${offsetsOnly}${where}`;
  switch (state) {
    case 'plain':
      return place;
    case 'committed':
      return t('{place}, committed', { place });
    case 'open':
      return t('{place}, in an open transaction', { place });
    case 'aborted':
      return t('{place}, aborted', { place });
    default:
      return assertNever(state);
  }
}

/** How often the work of messages was done, behind their names. */
export function effectWords(times: number, t: Translate): string {
  if (times === 1) return t('processed once');
  return times === 2 ? t('processed twice') : t('processed {times} times', { times });
}

function placeWords(values: number, offsets: readonly number[], t: Translate): string {
  const [first = 0] = offsets;
  if (offsets.length === 1) return t('at offset {first}', { first });
  if (values === 1 && offsets.length === 2)
    return t('twice: at offsets {offsets}', { offsets: offsets.join(', ') });
  if (values === 1)
    return t('{times} times: at offsets {offsets}', { times: offsets.length, offsets: offsets.join(', ') });
  const last = offsets.at(-1) ?? first;
  return last - first + 1 === values
    ? t('at offsets {first} – {last}', { first, last })
    : t('between offsets {first} and {last}', { first, last });
}
