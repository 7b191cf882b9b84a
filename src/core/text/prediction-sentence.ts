import type { Asked } from '../prediction/asked.js';
import type { Translate } from './translate.js';

export function askedSentence({ message, place, observed }: Asked, t: Translate): string {
  switch (place) {
    case 'log':
      return t('How often will {message} be in the log?', { message });
    case 'visible':
      return observed === undefined
        ? t('How often will a read_committed reader see {message}?', { message })
        : t('How often will a read_committed reader see {message} while the transaction is open?', {
            message,
          });
    case 'effect':
      return t('How often will {message} be processed?', { message });
    case 'output':
      return t('How often will a read_committed reader see the output of {message}?', { message });
  }
}

export function timesWord(times: number, t: Translate): string {
  if (times === 0) return t('never');
  if (times === 1) return t('once');
  return times === 2 ? t('twice') : t('{times} times', { times });
}

/** What was said beside what the run has shown. */
export function comparedSentence(said: number, found: number, t: Translate): string {
  if (said === found) return t('You said: {said}. So it was.', { said: timesWord(said, t) });
  return t('You said: {said}. It was: {found}.', { said: timesWord(said, t), found: timesWord(found, t) });
}
