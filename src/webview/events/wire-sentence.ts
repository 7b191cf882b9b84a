import { errorName } from '../../core/error-codes.js';
import type { WireDetail, WireEvent } from '../../core/history/events.js';
import type { Translate } from '../../core/text/translate.js';

/** A frame on the wire: direction, API and what of its body matters; what the fault did to it stands at the end. */
export function wireSentence(event: WireEvent, t: Translate): string {
  const api = `${event.api} v${String(event.version)}`;
  const what = event.type === 'request' ? `→ ${api}` : `← ${api}`;
  const details = detailParts(event.detail ?? {}).join(', ');
  return [details === '' ? what : `${what} · ${details}`, fate(event, t)]
    .filter((part) => part !== '')
    .join(' · ');
}

function fate({ fate: struck }: WireEvent, t: Translate): string {
  switch (struck) {
    case 'lost':
      return t('lost on the way');
    case 'delayed':
      return t('held back');
    case 'cut':
      return t('the connection is cut');
    case undefined:
      return '';
    default:
      return struck;
  }
}

/** Kafka's own field names: they are the same in every language. */
function detailParts(detail: WireDetail): readonly string[] {
  const { values, producerId, errorCode, transactionalId, commit } = detail;
  return [
    values !== undefined && values.length > 0 && values.join(' '),
    producerId !== undefined && producerId >= 0 && producerText(detail),
    transactionalId !== undefined && `transactional.id ${transactionalId}`,
    detail.baseOffset !== undefined && `base offset ${String(detail.baseOffset)}`,
    detail.offset !== undefined && `offset ${String(detail.offset)}`,
    detail.generation !== undefined && `generation ${String(detail.generation)}`,
    commit !== undefined && (commit ? 'commit' : 'abort'),
    errorCode !== undefined && errorCode !== 0 && errorName(errorCode),
  ].filter((part) => part !== false);
}

function producerText({ producerId, epoch, sequence }: WireDetail): string {
  const numbers = [`pid ${String(producerId)}`];
  if (epoch !== undefined) numbers.push(`epoch ${String(epoch)}`);
  if (sequence !== undefined && sequence >= 0) numbers.push(`seq ${String(sequence)}`);
  return numbers.join(' ');
}
