import { assertNever } from '../assert-never.js';
import type { Doubt } from '../history/verdict.js';
import { figureName } from './figure-name.js';
import type { Translate } from './translate.js';

/** Why a run proves nothing: one sentence without capital and full stop, with the numbers and names of the guard. */
export function doubtSentence(doubt: Doubt, t: Translate): string {
  switch (doubt.guard) {
    case 'fault-not-armed':
    case 'fault-not-fired-once':
    case 'fault-elsewhere':
      return faultDoubt(doubt.guard, doubt.detail, t);
    case 'control-not-clean':
      return t(
        'the control run, without the fault, was not clean ({what}: expected {expected}, found {found})',
        {
          ...doubt.detail,
          what: figureName(String(doubt.detail['what']), t),
        },
      );
    case 'cancelled':
      return t('the run was cancelled');
    default:
      return recordingDoubt(doubt.guard, doubt.detail, t);
  }
}

type Detail = Doubt['detail'];

function faultDoubt(
  guard: 'fault-not-armed' | 'fault-not-fired-once' | 'fault-elsewhere',
  detail: Detail,
  t: Translate,
): string {
  switch (guard) {
    case 'fault-not-armed':
      return t('the fault ({point}) was never armed', detail);
    case 'fault-not-fired-once':
      return detail['fired'] === 0
        ? t('the fault ({point}) never struck', detail)
        : t('the fault ({point}) struck {fired} times instead of once', detail);
    case 'fault-elsewhere':
      return t(
        'the fault ({point}) did not strike as stated ({what}: expected {expected}, found {found})',
        detail,
      );
    default:
      return assertNever(guard);
  }
}

type FaultGuard = 'fault-not-armed' | 'fault-not-fired-once' | 'fault-elsewhere';

/** Something about what was recorded, rather than about the fault. */
function recordingDoubt(
  guard: Exclude<Doubt['guard'], FaultGuard | 'control-not-clean' | 'cancelled'>,
  detail: Detail,
  t: Translate,
): string {
  switch (guard) {
    case 'operations-unaccounted':
      return t('operation {operation} of {process} does not add up ({why})', detail);
    case 'unknown-writer':
      return t('nobody is known to have written {value} to {topic}', detail);
    case 'drain-incomplete':
      return detail['topic'] === undefined
        ? t('no fresh reader read the logs to their end')
        : t('{topic}/{partition} was not read to its end in both isolation levels ({why})', detail);
    case 'transaction-open':
      return t('a transaction in {topic}/{partition} was still open when the log was read', detail);
    case 'sequence-gap':
      return t('the history has a gap: event {expected} is missing', detail);
    case 'no-effects':
      return t('effects were expected and none was recorded');
    case 'process-failed':
      return t('{process} did not end as planned ({error})', detail);
    case 'broker-disagrees':
      return t(
        'the broker and the readers disagree about {topic}/{partition} ({what}: {expected}, {found})',
        detail,
      );
    default:
      return assertNever(guard);
  }
}
