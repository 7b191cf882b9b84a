import { assertNever } from '../../core/assert-never.js';
import type {
  DrainEvent,
  FaultEvent,
  HistoryEvent,
  NoteEvent,
  ProcessEvent,
  RunEvent,
} from '../../core/history/events.js';
import type { Translate } from '../../core/text/translate.js';
import { brokerSentence } from './broker-sentence.js';
import { clientSentence } from './client-sentence.js';
import { wireSentence } from './wire-sentence.js';

/** One event in plain words, without its process, which stands in a column of its own. */
export function eventSentence(event: HistoryEvent, t: Translate): string {
  switch (event.type) {
    case 'run':
      return runSentence(event, t);
    case 'invoke':
    case 'ok':
    case 'fail':
    case 'info':
      return clientSentence(event, t);
    case 'rebalance':
      return t('joined {group} as {memberId}, generation {generation}, with {partitions} partitions', {
        group: event.group,
        memberId: event.memberId,
        generation: event.generation,
        partitions: event.assigned.length,
      });
    case 'process':
      return processSentence(event, t);
    case 'fault':
      return faultSentence(event, t);
    case 'request':
    case 'response':
      return wireSentence(event, t);
    case 'drain':
      return drainSentence(event, t);
    case 'note':
      return noteSentence(event, t);
    default:
      return brokerSentence(event, t);
  }
}

function runSentence({ phase, topics }: RunEvent, t: Translate): string {
  const names = topics.map(({ topic }) => topic).join(', ');
  return phase === 'control'
    ? t('the control run begins, with the fault off: {names}', { names })
    : t('the run begins: {names}', { names });
}

function processSentence({ event, error = '' }: ProcessEvent, t: Translate): string {
  switch (event) {
    case 'start':
      return t('the process starts');
    case 'crash':
      return t('the process crashes: its memory is gone, its connections are cut');
    case 'stop':
      return t('the process shuts down cleanly');
    case 'error':
      return t('the process ends with an error: {error}', { error });
    default:
      return assertNever(event);
  }
}

function faultSentence(event: FaultEvent, t: Translate): string {
  const { point } = event;
  const target = [event.api, event.message].filter((part) => part !== undefined).join(' ');
  if (event.event === 'armed') return t('fault {point} is armed for {target}', { point, target });
  return strike(event, target, t);
}

function strike({ action, point, message = '' }: FaultEvent, target: string, t: Translate): string {
  switch (action) {
    case 'lose-request':
      return t('the fault strikes: the request {target} is lost before it reaches the broker', { target });
    case 'lose-response':
      return t('the fault strikes: the broker’s answer to {target} is lost', { target });
    case 'delay-response':
      return t('the fault strikes: the broker’s answer to {target} is held back', { target });
    case 'crash-on-response':
      return t('the fault strikes: the process dies before it sees the answer to {target}', { target });
    case 'crash':
      return t('the fault strikes: the process dies at {message}', { message });
    case 'abort':
      return t('the application decides to abort at {message}', { message });
    default:
      return t('fault {point} strikes {target}: {action}', { point, target, action });
  }
}

function drainSentence(event: DrainEvent, t: Translate): string {
  const { isolation, partition, records, highWatermark, lastStableOffset } = event;
  const found = { isolation, partition, records: records.length, highWatermark, lastStableOffset };
  if (!event.complete)
    return t('{isolation} gave up on partition {partition} after {records} records', found);
  return t(
    '{isolation} finds {records} records in partition {partition} (end offset {highWatermark}, LSO {lastStableOffset})',
    found,
  );
}

function noteSentence({ about, detail }: NoteEvent, t: Translate): string {
  switch (about) {
    case 'takeover':
      return t('spared a wait: {detail}', { detail });
    case 'warm-up':
      return t('warmed up: {detail}', { detail });
    case 'cancelled':
      return t('cancelled: {detail}', { detail });
    case 'clean-up':
      return t('cleaned up: {detail}', { detail });
    default:
      return assertNever(about);
  }
}
