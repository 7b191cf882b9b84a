import { assertNever } from '../../assert-never.js';
import type { HistoryEvent, OperationEvent, OperationResult } from '../../history/events.js';
import type { Step } from '../../timeline/step.js';
import type { Translate } from '../translate.js';
import { processName } from './process-name.js';
import { rangesOf } from './ranges.js';

type Ending = Extract<HistoryEvent, { type: 'ok' | 'fail' | 'info' }>;

/** What an application is told of its own operation, or does without asking anybody. */
export function operationSentence(step: Step, event: Ending, t: Translate): string {
  const who = processName(event.process, t);
  if (event.type === 'ok') return success(step, event, who, t);
  const args = { who, what: operationName(event, t), error: event.error };
  return event.type === 'fail'
    ? t('{who} is told that it failed ({what}): {error}', args)
    : t('{who} does not know what became of it ({what}): {error}', args);
}

function success(step: Step, event: Extract<Ending, { type: 'ok' }>, who: string, t: Translate): string {
  switch (event.f) {
    case 'poll':
      return step.carried.length === 0
        ? t('{who} is handed nothing.', { who })
        : t('{who} is handed {values}.', { who, values: rangesOf(step.carried) });
    case 'effect':
      return event.result !== undefined && 'skipped' in event.result
        ? t('{who} meets {value} again and recognises it: nothing is done a second time.', {
            who,
            value: event.value,
          })
        : t('{who} processes {value}: work in the outside world, which no transaction takes back.', {
            who,
            value: event.value,
          });
    case 'begin':
      return t('{who} begins a transaction. Nobody is asked for that.', { who });
    case 'send':
      return sent(event.value, event.result, who, t);
    default:
      return t('{who} is told “ok” ({what}).', { who, what: operationName(event, t) });
  }
}

function sent(value: string, result: OperationResult | undefined, who: string, t: Translate): string {
  if (result === undefined || !('offset' in result))
    return t('{who} is told “ok” ({what}).', { who, what: t('sending {value}', { value }) });
  return result.offset >= 0
    ? t('{who} is told that {value} stands at offset {offset}.', { who, value, offset: result.offset })
    : t('{who} takes {value} for sent. With acks=0 no broker answers, so “ok” only means that it left.', {
        who,
        value,
      });
}

function operationName(event: OperationEvent, t: Translate): string {
  switch (event.f) {
    case 'send':
      return t('sending {value}', { value: event.value });
    case 'effect':
      return t('processing {value}', { value: event.value });
    case 'begin':
      return t('beginning a transaction');
    case 'commit':
      return t('committing the transaction');
    case 'abort':
      return t('aborting the transaction');
    case 'poll':
      return t('reading');
    case 'commit-offset':
      return t('committing offset {offset}', { offset: event.offset });
    case 'init':
      return t('asking for a producer id');
    default:
      return assertNever(event);
  }
}
