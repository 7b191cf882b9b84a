import type { HistoryEvent } from '../../history/events.js';
import { isFrame } from '../../timeline/steps.js';
import type { Step } from '../../timeline/step.js';
import type { Translate } from '../translate.js';
import { brokerStepSentence } from './broker-step-sentence.js';
import { frameSentence } from './frame-sentence.js';
import { operationSentence } from './operation-sentence.js';
import { capital, processName } from './process-name.js';
import { strikeSentence } from './strike-sentence.js';

/** What happens at a step, in plain words; one or two sentences. */
export function stepSentence(step: Step, t: Translate): string {
  const { event } = step;
  if (isFrame(event)) return capital(frameSentence(step, event, t));
  return capital(sentenceOf(step, event, t));
}

function sentenceOf(step: Step, event: HistoryEvent, t: Translate): string {
  const who = processName(step.process, t);
  switch (event.type) {
    case 'ok':
    case 'fail':
    case 'info':
      return operationSentence(step, event, t);
    case 'process':
      return lifeSentence(step, event, t);
    case 'fault':
      return strikeSentence(event, t);
    case 'rebalance':
      return t('{who} is a member of the group, generation {generation}.', {
        who,
        generation: event.generation,
      });
    case 'drain':
      return readingSentence(step, event, t);
    case 'note':
      return event.about === 'takeover'
        ? t(
            'So that nobody has to wait for the time-out, the lab takes the dead member out of the group (LeaveGroup).',
          )
        : t('The lab notes: {detail}', { detail: event.detail });
    default:
      return brokerStepSentence(step, event, t);
  }
}

function lifeSentence(step: Step, event: Extract<HistoryEvent, { type: 'process' }>, t: Translate): string {
  const who = processName(event.process, t);
  switch (event.event) {
    case 'start':
      return event.process.includes('#')
        ? t('{who} starts: a new process, which remembers nothing.', { who })
        : t('{who} starts.', { who });
    case 'stop':
      return t('{who} shuts down cleanly.', { who });
    case 'error':
      return t('{who} ends with an error: {error}', { who, error: event.error ?? '' });
    case 'crash':
      return step.fault === undefined
        ? t('{who} dies: its memory is gone, its connections are cut.', { who })
        : strikeSentence(step.fault, t);
  }
}

function readingSentence(
  { found = {} }: Step,
  { label }: Extract<HistoryEvent, { type: 'drain' }>,
  t: Translate,
): string {
  const { read_committed: committed, read_uncommitted: uncommitted } = found;
  if (committed === undefined || uncommitted === undefined)
    return label === 'end'
      ? t('All is over. A fresh reader reads the log to its end.')
      : t('In the middle of the run a fresh reader reads the log.');
  const args = { committed, uncommitted };
  return label === 'end'
    ? t(
        'All is over. A fresh reader reads the log to its end: as read_committed it is given {committed}, as read_uncommitted {uncommitted}.',
        args,
      )
    : t(
        'In the middle of the run a fresh reader reads the log: as read_committed it is given {committed}, as read_uncommitted {uncommitted}.',
        args,
      );
}
