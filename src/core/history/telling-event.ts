import { eventBySeq } from './event-by-seq.js';
import type { History } from './events.js';
import type { AnomalyName } from './verdict.js';

/**
 * The event that shows a witness of an anomaly best: what a client or a broker did says more than the reader's summary at the
 * end. Of several it is the last one: the second append, not the first, is what should not have been. Only that somebody was
 * kept waiting shows in what a reader was not given.
 */
export function tellingEvent(
  anomaly: AnomalyName,
  events: readonly number[],
  history: History,
): number | undefined {
  const done =
    anomaly === 'blocked' ? [] : events.filter((seq) => eventBySeq(history, seq)?.type !== 'drain');
  return done.at(-1) ?? events.at(-1);
}
