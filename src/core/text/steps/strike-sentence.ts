import type { FaultEvent } from '../../history/events.js';
import type { Translate } from '../translate.js';
import { processName } from './process-name.js';

/** The moment at which the fault strikes, where it is a death or a decision and no frame. */
export function strikeSentence({ action, process, message = '', after }: FaultEvent, t: Translate): string {
  const who = processName(process, t);
  const args = { who, message };
  if (action === 'abort')
    return t('{who} decides to abort: the transaction with {message} shall not count.', args);
  if (!action.startsWith('crash')) return t('The fault strikes {message}: {action}.', { message, action });
  switch (after) {
    case 'process':
    case 'process-if-new':
      return t(
        '{who} dies right after the work on {message}. Its memory is gone, its offset not committed.',
        args,
      );
    case 'commit-offset':
      return t('{who} dies right after committing the offset of {message}. Its memory is gone.', args);
    case 'send':
      if (process.startsWith('pipeline'))
        return t(
          '{who} dies right after its output for {message} was acknowledged. Its memory is gone.',
          args,
        );
      return t('{who} dies right after {message} was acknowledged. Its memory is gone.', args);
    case 'send-offsets':
      return t(
        '{who} dies with output and offset of {message} in an open transaction. Its memory is gone.',
        args,
      );
    default:
      return t('{who} dies with {message} in its hand. Its memory is gone, its connections are cut.', args);
  }
}

/** The same in a few words, for the drawing. */
export function strikeWords({ action, message = '' }: FaultEvent, t: Translate): string {
  switch (action) {
    case 'lose-request':
      return t('request lost');
    case 'lose-response':
      return t('answer lost, connection cut');
    case 'delay-response':
      return t('answer held back');
    case 'abort':
      return t('decides to abort');
    default:
      return t('the fault, at {message}', { message });
  }
}
