import { assertNever } from '../../core/assert-never.js';
import type { BrokerEvent } from '../../core/history/events.js';
import type { Translate } from '../../core/text/translate.js';

/** What the embedded broker itself did: the truth that no client can see. */
export function brokerSentence(event: BrokerEvent, t: Translate): string {
  switch (event.type) {
    case 'append':
      return appended(event, t);
    case 'marker':
      return event.commit
        ? t(
            'writes a commit marker at offset {offset} (producer {producerId}, epoch {epoch})',
            numbers(event),
          )
        : t(
            'writes an abort marker at offset {offset} (producer {producerId}, epoch {epoch})',
            numbers(event),
          );
    case 'deduplicated':
      return t(
        'recognises the repeat of producer {producerId}, sequence {sequence}: it stands at offset {baseOffset}, nothing is appended',
        numbers(event),
      );
    case 'fenced':
      return t(
        'refuses {api} of producer {producerId}: epoch {epoch} is fenced, the current one is {currentEpoch}',
        { ...numbers(event), api: event.api },
      );
    case 'truncated':
      return t('cuts its log at offset {endOffset}: the new leader had no more', numbers(event));
    case 'watermarks':
      return t('high watermark {highWatermark}, LSO {lastStableOffset}', numbers(event));
    default:
      return assertNever(event);
  }
}

function appended(event: Extract<BrokerEvent, { type: 'append' }>, t: Translate): string {
  if (event.producerId < 0) return t('appends at offset {baseOffset}', numbers(event));
  return event.transactional
    ? t(
        'appends at offset {baseOffset}, in an open transaction (producer {producerId}, epoch {epoch}, sequence {sequence})',
        numbers(event),
      )
    : t(
        'appends at offset {baseOffset} (producer {producerId}, epoch {epoch}, sequence {sequence})',
        numbers(event),
      );
}

function numbers(event: BrokerEvent): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(event).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}
