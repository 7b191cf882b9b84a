import type { History } from '../core/history/events.js';
import { groupProgress, type GroupProgress } from '../core/history/progress.js';
import type { Translate } from '../core/text/translate.js';

/** Beside the verdict of a history that a broker recorded alone: how far the groups got, and what nobody can know from it. */
export function brokerView(history: History, t: Translate): readonly string[] {
  if (!isBrokersOwn(history)) return [];
  return [
    ...groupProgress(history).map((progress) => progressSentence(progress, t)),
    t(
      'The broker alone recorded this: what was sent, answered and committed. It cannot know which answers arrived, what was never sent, nor what became of the records that were read. Equal values count as one message.',
    ),
  ];
}

export function isBrokersOwn(history: History): boolean {
  return history.some((event) => event.type === 'run' && event.observer === 'broker');
}

function progressSentence({ timesBack, ...progress }: GroupProgress, t: Translate): string {
  const reached = t('group {group}: {topic}/{partition} committed to {committed} of {end}', { ...progress });
  return timesBack === 0
    ? reached
    : t('{reached}, and went back {timesBack} times on the way', { reached, timesBack });
}
