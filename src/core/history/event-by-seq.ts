import type { History, HistoryEvent } from './events.js';

/** The event of a sequence number, also in a history from which events were left out; undefined where there is none. */
export function eventBySeq(history: History, seq: number): HistoryEvent | undefined {
  let low = 0;
  let high = history.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((history[middle]?.seq ?? 0) < seq) low = middle + 1;
    else high = middle;
  }
  const found = history[low];
  return found?.seq === seq ? found : undefined;
}
