import type { ProcessId } from '../../history/events.js';
import { brokerLane, groupsLane, networkLane, transactionsLane, type LaneId } from '../../timeline/step.js';
import type { Translate } from '../translate.js';

/** "the producer", "producer #2": an actor in a sentence, with its start where it is not the first. */
export function processName(process: ProcessId | undefined, t: Translate): string {
  const [actor = '', start] = (process ?? '').split('#');
  return start === undefined ? actorName(actor, t) : againName(actor, start, t);
}

function againName(actor: string, start: string, t: Translate): string {
  switch (actor) {
    case 'producer':
      return t('producer #{start}', { start });
    case 'consumer':
      return t('consumer #{start}', { start });
    case 'pipeline':
      return t('pipeline #{start}', { start });
    default:
      return t('{name} #{start}', { name: actorName(actor, t), start });
  }
}

function actorName(actor: string, t: Translate): string {
  switch (actor) {
    case 'producer':
      return t('the producer');
    case 'consumer':
      return t('the consumer');
    case 'pipeline':
      return t('the pipeline');
    case 'other':
      return t('the other producer');
    case 'successor':
      return t('the successor');
    case 'seeder':
      return t('the lab');
    case '':
      return t('somebody');
    default:
      return actor;
  }
}

/** The head of a lane. */
export function laneName(lane: LaneId, t: Translate): string {
  switch (lane) {
    case networkLane:
      return t('network');
    case brokerLane:
      return t('broker');
    case transactionsLane:
      return t('transactions');
    case groupsLane:
      return t('groups');
    default:
      return lane;
  }
}

/** A sentence begins with a capital letter, whoever acts, but a message keeps its name: M4 is another one than m4. */
export function capital(sentence: string): string {
  if (/^[^\s]*\d/.test(sentence)) return sentence;
  return sentence.charAt(0).toLocaleUpperCase() + sentence.slice(1);
}
