import type { History, HistoryEvent } from '../../core/history/events.js';
import type { Anomaly } from '../../core/history/verdict.js';
import type { Translate } from '../../core/text/translate.js';
import type { EventKind, PageView } from '../../shared/page.js';
import { eventSentence } from './sentence.js';
import { kindOf } from './kind.js';

/** One event as a row of the table. */
export interface EventRow {
  readonly seq: number;
  readonly timeMs: number;
  readonly who: string;
  readonly kind: EventKind;
  readonly sentence: string;
  /** The fault itself, or an event that an anomaly names as its witness. */
  readonly mark?: 'fault' | 'witness' | undefined;
}

/** Rows in the order of the history; the sentences are in the learner's language. */
export function eventRows(
  history: History,
  anomalies: readonly Anomaly[],
  t: Translate,
): readonly EventRow[] {
  const witnesses = witnessEvents(anomalies);
  return history.map((event) => new LazyRow(event, witnesses, t));
}

/** The sentence is made when somebody asks for it: of a long history only the rows that are shown need theirs. */
class LazyRow implements EventRow {
  private told: string | undefined;
  readonly seq: number;
  readonly timeMs: number;
  readonly kind: EventKind;

  constructor(
    private readonly event: HistoryEvent,
    private readonly witnesses: ReadonlySet<number>,
    private readonly t: Translate,
  ) {
    this.seq = event.seq;
    this.timeMs = event.timeMs;
    this.kind = kindOf(event);
  }

  get who(): string {
    return whoOf(this.event, this.t);
  }

  get sentence(): string {
    return (this.told ??= eventSentence(this.event, this.t));
  }

  get mark(): EventRow['mark'] {
    return markOf(this.event, this.witnesses);
  }
}

function markOf(event: HistoryEvent, witnesses: ReadonlySet<number>): EventRow['mark'] {
  if (isStrike(event)) return 'fault';
  return witnesses.has(event.seq) ? 'witness' : undefined;
}

/** What Kafka allows is shown among the anomalies, but it marks no row. */
function witnessEvents(anomalies: readonly Anomaly[]): ReadonlySet<number> {
  const violations = anomalies.filter(({ informational }) => !informational);
  return new Set(violations.flatMap(({ witnesses }) => witnesses.flatMap(({ events }) => events)));
}

function whoOf(event: HistoryEvent, t: Translate): string {
  if ('process' in event) return event.process;
  switch (kindOf(event)) {
    case 'broker':
      return t('broker');
    case 'reader':
      return t('fresh reader');
    default:
      return t('lab');
  }
}

/** The moment at which the fault struck, if it did. */
export function strikeOf(history: History): number | undefined {
  return history.find(isStrike)?.seq;
}

function isStrike(event: HistoryEvent): boolean {
  return event.type === 'fault' && event.event === 'fired';
}

/** Rows that the learner's filter leaves; the words are looked for in everything that the row shows. */
export function filterRows(
  rows: readonly EventRow[],
  view: Pick<PageView, 'text' | 'kind' | 'wire'>,
): readonly EventRow[] {
  const words = view.text
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0 && view.wire && view.kind === 'all') return rows;
  return rows.filter((row) => {
    if (!view.wire && row.kind === 'wire') return false;
    if (view.kind !== 'all' && row.kind !== view.kind) return false;
    if (words.length === 0) return true;
    const text = `${String(row.seq)} ${row.who} ${row.sentence}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** At most `limit` rows, from the start or, when the selected one would fall outside, around it. */
export function windowOf(
  rows: readonly EventRow[],
  limit: number,
  selected: number | undefined,
): readonly EventRow[] {
  const at = selected === undefined ? -1 : rows.findIndex(({ seq }) => seq === selected);
  if (at < limit) return rows.slice(0, limit);
  const from = Math.min(at - Math.floor(limit / 2), rows.length - limit);
  return rows.slice(from, from + limit);
}
