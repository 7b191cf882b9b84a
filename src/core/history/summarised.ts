import { focusOf } from '../timeline/focus.js';
import { About } from './about.js';
import type { History, HistoryEvent } from './events.js';
import type { Verdict } from './verdict.js';

/** More events than these are not shown one by one: nobody reads them, and a page of them would be slow to open. */
const mostEvents = 200_000;

/** What was left out of a history: nothing; the frames of other messages; all of theirs; or even more, to keep to the limit. */
export type LeftOut = 'nothing' | 'frames' | 'messages' | 'more';

/** A history as it is shown. */
export interface Summary {
  readonly history: History;
  readonly leftOut: LeftOut;
}

/**
 * A history as it is shown: whole, or when it is very long what the verdict is about, `most` events at the most. First the
 * frames of all other messages go; if that is not enough, everything of theirs: the logs are then what the readers found.
 */
export function summarised(history: History, verdict: Verdict, most = mostEvents): Summary {
  if (history.length <= most) return { history, leftOut: 'nothing' };
  const kept = keptOf(history, verdict);
  const withoutFrames = history.filter((event) => kept.has(event) || !isOfFrames(event));
  if (withoutFrames.length <= most) return { history: withoutFrames, leftOut: 'frames' };
  const withoutMessages = history.filter((event) => kept.has(event) || !isOfMessages(event));
  if (withoutMessages.length <= most) return { history: withoutMessages, leftOut: 'messages' };
  const essential = new Set(history.filter(isEssential).slice(0, most));
  const others = [...kept].filter((event) => !essential.has(event));
  const first = new Set(others.slice(0, most - essential.size));
  return { history: history.filter((event) => essential.has(event) || first.has(event)), leftOut: 'more' };
}

/** A long run may have thousands of witnesses; the page names the first ones. */
const mostWitnesses = 50;

/** What the verdict is about: the messages in focus, and the events by which anomalies are witnessed. */
function keptOf(history: History, verdict: Verdict): ReadonlySet<HistoryEvent> {
  const about = new About(history, focusOf(history, verdict));
  const witnesses = new Set(
    verdict.anomalies.flatMap((anomaly) =>
      anomaly.witnesses.slice(0, mostWitnesses).flatMap(({ events }) => events),
    ),
  );
  // `takes` wants to see every event.
  return new Set(history.filter((event) => about.takes(event) || witnesses.has(event.seq)));
}

/** Without these nothing else can be understood. */
function isEssential({ type }: HistoryEvent): boolean {
  return essential.has(type);
}

const essential: ReadonlySet<HistoryEvent['type']> = new Set([
  'run',
  'process',
  'fault',
  'drain',
  'truncated',
]);

/** Frames that come with each message; those that open and end transactions or build groups stay. */
const ofMessages = new Set([
  'Produce',
  'Fetch',
  'OffsetCommit',
  'TxnOffsetCommit',
  'AddPartitionsToTxn',
  'AddOffsetsToTxn',
  'Heartbeat',
  'Metadata',
]);

function isOfFrames(event: HistoryEvent): boolean {
  return (event.type === 'request' || event.type === 'response') && ofMessages.has(event.api);
}

function isOfMessages(event: HistoryEvent): boolean {
  return !isEssential(event) && event.type !== 'note' && event.type !== 'rebalance';
}
