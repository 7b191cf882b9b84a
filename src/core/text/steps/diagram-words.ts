import { errorName } from '../../error-codes.js';
import type { HistoryEvent, WireEvent } from '../../history/events.js';
import type { Fold } from '../../timeline/folds.js';
import type { Step } from '../../timeline/step.js';
import { isFrame } from '../../timeline/steps.js';
import type { Timeline } from '../../timeline/timeline.js';
import type { Words } from '../../timeline/words.js';
import type { Translate } from '../translate.js';
import { foldWords } from './fold-words.js';
import { laneName } from './process-name.js';
import { rangesOf } from './ranges.js';
import { strikeWords } from './strike-sentence.js';

/** The words of a sequence diagram. */
export function diagramWords({ steps }: Timeline, t: Translate): Words {
  // A stretch may hold thousands of steps, and its words are asked for at every drawing.
  const folds = new Map<number, string>();
  const foldOnce = ({ first, last, isMinor }: Fold): string => {
    const words = folds.get(first) ?? foldWords(steps.slice(first, last + 1), isMinor, t);
    folds.set(first, words);
    return words;
  };
  return {
    lane: (lane) => laneName(lane, t),
    // What a reader was given is told across all lanes.
    step: (step) => (step.event.type === 'drain' ? stepWords(step, t) : shortened(stepWords(step, t))),
    fold: foldOnce,
    strike: ({ fault, event }) => (fault === undefined ? fateWords(event, t) : strikeWords(fault, t)),
  };
}

/** A label has its place in a drawing; the sentence above it says all. */
const mostCharacters = 44;

function shortened(words: string): string {
  return words.length > mostCharacters ? `${words.slice(0, mostCharacters - 1)}…` : words;
}

/** Of a frame that no fault of the lab's struck. */
function fateWords(event: HistoryEvent, t: Translate): string {
  if (isFrame(event) && event.fate === 'delayed') return t('held back');
  return event.type === 'request' ? t('request lost') : t('answer lost, connection cut');
}

function stepWords(step: Step, t: Translate): string {
  const { event } = step;
  return isFrame(event) ? frameWords(step, event, t) : eventWords(step, event, t);
}

function frameWords(step: Step, { type, api, detail = {} }: WireEvent, t: Translate): string {
  const values = rangesOf(step.carried);
  const { errorCode = 0, offset = -1 } = detail;
  if (type === 'response' && errorCode !== 0) return errorName(errorCode);
  if (api === 'Produce' && type === 'request')
    return step.isRepeated ? t('Produce {values}, again', { values }) : `Produce ${values}`;
  if (api === 'Produce') return offsetWords(detail.baseOffset ?? -1, t);
  if (type === 'response') return answerWords(api, detail, t);
  if (api === 'EndTxn') return `EndTxn (${detail.commit === true ? 'commit' : 'abort'})`;
  return offset >= 0 && api.endsWith('OffsetCommit') ? `${api} ${String(offset)}` : api;
}

function offsetWords(offset: number, t: Translate): string {
  return offset < 0 ? t('ok') : t('ok, offset {offset}', { offset });
}

function answerWords(
  api: string,
  { producerId, epoch, offset }: NonNullable<WireEvent['detail']>,
  t: Translate,
): string {
  if (api === 'InitProducerId' && producerId !== undefined)
    return t('producer {producerId}, epoch {epoch}', { producerId, epoch: epoch ?? 0 });
  if (api === 'OffsetFetch' && offset !== undefined)
    return offset < 0 ? t('nothing committed') : t('committed: {offset}', { offset });
  return t('ok');
}

function eventWords(step: Step, event: HistoryEvent, t: Translate): string {
  const values = rangesOf(step.carried);
  switch (event.type) {
    case 'append':
      return t('{values} → offset {offset}', { values, offset: event.baseOffset });
    case 'marker':
      return event.commit
        ? t('commit marker → offset {offset}', { offset: event.offset })
        : t('abort marker → offset {offset}', { offset: event.offset });
    case 'deduplicated':
      return t('recognised, not appended');
    case 'fenced':
      return t('fenced');
    case 'truncated':
      return t('cut back to offset {offset}', { offset: event.endOffset });
    case 'ok':
      return operationWords(step, event, t);
    case 'fail':
      return t('told: failed');
    case 'info':
      return t('does not know');
    case 'process':
      return lifeWords(event.event, t);
    case 'rebalance':
      return t('joins the group');
    case 'fault':
      return strikeWords(event, t);
    case 'drain':
      return lookWords(step, t);
    case 'note':
      return noteWords(event.about, t);
    default:
      return '';
  }
}

/** What a fresh reader was given; a second count only where the other isolation level was given another one. */
function lookWords({ event, found = {} }: Step, t: Translate): string {
  const isEnd = event.type === 'drain' && event.label === 'end';
  const { read_committed: committed, read_uncommitted: uncommitted } = found;
  const count = committed ?? uncommitted;
  if (count === undefined)
    return isEnd ? t('a fresh reader reads the log') : t('a fresh reader looks in between');
  const given = isEnd
    ? t('in the end a fresh reader is given {count}', { count })
    : t('in between a fresh reader is given {count}', { count });
  return committed === undefined || uncommitted === undefined || committed === uncommitted
    ? given
    : t('{given}, as read_uncommitted {uncommitted}', { given, uncommitted });
}

function noteWords(about: Extract<HistoryEvent, { type: 'note' }>['about'], t: Translate): string {
  switch (about) {
    case 'takeover':
      return t('the lab spares a wait');
    case 'warm-up':
      return t('the lab has warmed the cluster up');
    case 'cancelled':
      return t('the run is cancelled');
    case 'clean-up':
      return t('the lab cleans up');
  }
}

function operationWords(step: Step, event: Extract<HistoryEvent, { type: 'ok' }>, t: Translate): string {
  const values = rangesOf(step.carried);
  switch (event.f) {
    case 'poll':
      return t('reads {values}', { values });
    case 'effect':
      return event.result !== undefined && 'skipped' in event.result
        ? t('recognises {values}', { values })
        : t('processes {values}', { values });
    case 'begin':
      return t('begins');
    case 'send':
      return t('{values}: told “ok”', { values });
    default:
      return t('told “ok”');
  }
}

function lifeWords(event: Extract<HistoryEvent, { type: 'process' }>['event'], t: Translate): string {
  switch (event) {
    case 'start':
      return t('starts');
    case 'stop':
      return t('closed');
    case 'crash':
      return t('dies');
    case 'error':
      return t('ends with an error');
  }
}
