import { focusOf } from '../timeline/focus.js';
import type { History, HistoryEvent } from './events.js';
import type { Verdict } from './verdict.js';

/** More events than these are not shown one by one: nobody reads them, and a page of them would be slow to open. */
const mostEvents = 200_000;

/**
 * A history as it is shown: whole, or when it is very long what the verdict is about. First the requests and answers of all
 * other messages go; if that is not enough, everything of theirs: the logs are then what the readers found.
 */
export function summarised(history: History, verdict: Verdict): History {
  if (history.length <= mostEvents) return history;
  const focus = focusOf(history, verdict);
  const witnesses = new Set(
    verdict.anomalies.flatMap((anomaly) => anomaly.witnesses.flatMap(({ events }) => events)),
  );
  const isAbout = (event: HistoryEvent) => witnesses.has(event.seq) || names(event, focus);
  const withoutFrames = history.filter((event) => isAbout(event) || !isFrameOrEnd(event));
  return withoutFrames.length <= mostEvents
    ? withoutFrames
    : withoutFrames.filter((event) => isAbout(event) || !isOfMessage(event));
}

function names(event: HistoryEvent, focus: ReadonlySet<string>): boolean {
  if ('value' in event) return focus.has(event.value);
  if (event.type !== 'request' && event.type !== 'response') return false;
  const { fate, detail } = event;
  return fate !== undefined || (detail?.values ?? []).some((value) => focus.has(value));
}

function isFrameOrEnd({ type }: HistoryEvent): boolean {
  return type === 'request' || type === 'response' || type === 'watermarks';
}

function isOfMessage(event: HistoryEvent): boolean {
  switch (event.type) {
    case 'append':
    case 'invoke':
    case 'ok':
      return true;
    default:
      return false;
  }
}
