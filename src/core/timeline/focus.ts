import { groupBy } from '../group-by.js';
import type { History } from '../history/events.js';
import type { Verdict } from '../history/verdict.js';

/** More messages than these would leave nothing folded. */
const inFocus = 3;

/** The messages that the run is about: the struck one, then those that a violated guarantee names first. */
export function focusOf(history: History, verdict: Verdict): ReadonlySet<string> {
  const struck = history.flatMap((event) =>
    event.type === 'fault' && event.message !== undefined ? [event.message] : [],
  );
  const violated = verdict.anomalies
    .filter(({ informational, count }) => !informational && count > 0)
    .flatMap(({ witnesses }) => witnesses.slice(0, inFocus).flatMap(({ value }) => value ?? []));
  return new Set([...new Set([...struck, ...violated, ...besides(history)])].slice(0, inFocus));
}

/** A process that sends a single message beside others that send many is there for that message. */
function besides(history: History): readonly string[] {
  const sends = history.flatMap((event) => (event.type === 'invoke' && event.f === 'send' ? [event] : []));
  const byProcess = [...groupBy(sends, ({ process }) => process).values()];
  return byProcess.length < 2
    ? []
    : byProcess.flatMap((own) => (own.length === 1 ? own.map(({ value }) => value) : []));
}
