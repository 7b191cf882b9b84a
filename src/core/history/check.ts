import type { History } from './events.js';
import type { Verdict } from './verdict.js';

/** The verdict of a history, computed from it alone: the same for our runner's and for somebody else's. */
export function check(history: History): Verdict {
  void history;
  throw new Error('unfinished');
}
