import type { History, ProcessId } from '../history/events.js';
import { isViolation, type Verdict } from '../history/verdict.js';

/** More messages than these would leave nothing folded. */
const inFocus = 3;

/** The messages that the run is about: the struck one, then those that a violated guarantee names first. */
export function focusOf(history: History, verdict: Verdict): ReadonlySet<string> {
  const struck: string[] = [];
  for (const event of history)
    if (event.type === 'fault' && event.message !== undefined) struck.push(event.message);
  const violated = verdict.anomalies
    .filter(isViolation)
    .flatMap(({ witnesses }) => witnesses.slice(0, inFocus).flatMap(({ value }) => value ?? []));
  return new Set([...new Set([...struck, ...violated, ...besides(history)])].slice(0, inFocus));
}

/** A process that sends a single message beside others that send many is there for that message. */
function besides(history: History): readonly string[] {
  const sent = new Map<ProcessId, { count: number; readonly value: string }>();
  for (const event of history) {
    if (event.type !== 'invoke' || event.f !== 'send') continue;
    const own = sent.get(event.process);
    if (own === undefined) sent.set(event.process, { count: 1, value: event.value });
    else own.count += 1;
  }
  return sent.size < 2 ? [] : [...sent.values()].filter(({ count }) => count === 1).map(({ value }) => value);
}
