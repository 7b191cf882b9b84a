import type { HistoryEvent } from '../../history/events.js';
import type { Step } from '../../timeline/step.js';
import type { Translate } from '../translate.js';
import { rangesOf } from './ranges.js';

/** What the broker does of its own; a real cluster does not tell. */
export function brokerStepSentence(step: Step, event: HistoryEvent, t: Translate): string {
  switch (event.type) {
    case 'append':
      return appended(step, event, t);
    case 'marker':
      return event.commit
        ? t(
            'The broker writes a commit marker at offset {offset}: now read_committed is given the transaction’s records.',
            {
              offset: event.offset,
            },
          )
        : t(
            'The broker writes an abort marker at offset {offset}: the records stay in the log, and read_committed skips them.',
            {
              offset: event.offset,
            },
          );
    case 'deduplicated':
      return t(
        'The broker recognises producer {producerId}, sequence {sequence}: it has that already, appends nothing and answers as the first time.',
        { producerId: event.producerId, sequence: event.sequence },
      );
    case 'fenced':
      return t(
        'The broker refuses {api}: epoch {epoch} of producer {producerId} is over, {currentEpoch} is the one that counts.',
        {
          api: event.api,
          epoch: event.epoch,
          producerId: event.producerId,
          currentEpoch: event.currentEpoch,
        },
      );
    case 'truncated':
      return t('Another replica leads, and it has no more than offset {offset}: what stood behind is gone.', {
        offset: event.endOffset,
      });
    default:
      return '';
  }
}

function appended(step: Step, event: Extract<HistoryEvent, { type: 'append' }>, t: Translate): string {
  const args = { values: rangesOf(step.carried), offset: event.baseOffset };
  return event.transactional
    ? t(
        'The broker appends {values} at offset {offset}, as part of an open transaction: read_committed is not given it yet.',
        args,
      )
    : t('The broker appends {values} at offset {offset}.', args);
}
