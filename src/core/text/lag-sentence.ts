import { assertNever } from '../assert-never.js';
import type { Bounds, Committed, KnownLag, Lag, PartitionBounds } from '../lag/lag.js';
import type { TotalLag } from '../lag/total-lag.js';
import type { Translate } from './translate.js';

/** The lag in a table's cell: a number, "–" where none is committed or due, "?" where it could not be read. */
export function lagCell(lag: Lag): string {
  switch (lag.kind) {
    case 'none':
    case 'reset':
      return '–';
    case 'unknown':
      return '?';
    case 'known':
      return String(lag.lag);
    default:
      return assertNever(lag);
  }
}

/** The lag of several partitions in one cell: with "≥" where a part of it could not be read. */
export function totalCell(total: TotalLag): string {
  switch (total.kind) {
    case 'none':
      return '–';
    case 'unknown':
      return '?';
    case 'known':
      return total.isWhole ? String(total.lag) : `≥ ${String(total.lag)}`;
    default:
      return assertNever(total);
  }
}

/** What the number alone does not say; empty where it says everything. */
export function lagNote(lag: Lag, t: Translate): string {
  switch (lag.kind) {
    case 'none':
      return t('nothing committed');
    case 'reset':
      return lag.to === 'latest' ? t('reset to latest pending') : t('reset to earliest pending');
    case 'unknown':
      return lag.of === 'commit'
        ? t('the committed offset could not be read: {reason}', lag)
        : t('the end could not be read: {reason}', lag);
    case 'known':
      return notes(lag, t).join(' · ');
    default:
      return assertNever(lag);
  }
}

function notes(known: KnownLag, t: Translate): readonly string[] {
  const { expired, behindOpenTransaction, markers, beyondEnd } = known;
  return [
    ...(markers === 1n ? [t('1 is a transaction marker')] : []),
    ...(markers > 1n ? [t('{count} are transaction markers', { count: String(markers) })] : []),
    ...(expired > 0n ? [t('{count} expired before being read', { count: String(expired) })] : []),
    ...(behindOpenTransaction > 0n
      ? [t('{count} behind an open transaction', { count: String(behindOpenTransaction) })]
      : []),
    ...(beyondEnd > 0n ? [t('committed {count} beyond the end', { count: String(beyondEnd) })] : []),
  ];
}

/** A partition of a group for a screen reader: what the row, its icon and its columns say together. */
export function lagSpoken(
  row: {
    readonly topic: string;
    readonly partition: number;
    readonly committed: Committed;
    readonly bounds: Bounds;
    readonly lag: Lag;
  },
  t: Translate,
): string {
  const { topic, partition, committed, bounds, lag } = row;
  const note = lagNote(lag, t);
  const parts = [
    t('{topic}, partition {partition}', { topic, partition }),
    ...(lag.kind === 'known' ? [t('lag {lag}', { lag: String(lag.lag) })] : []),
    ...(note === '' ? [] : [note]),
    ...(committed.kind === 'offset' ? [t('committed {offset}', { offset: String(committed.offset) })] : []),
    ...('unreadable' in bounds ? [] : boundsParts(bounds, t)),
  ];
  return parts.join(', ');
}

/** `start 0`, `end 5`, `last stable 3`: the last only where an open transaction keeps it below the end. */
export function boundsParts({ start, end, lastStable }: PartitionBounds, t: Translate): readonly string[] {
  return [
    t('start {offset}', { offset: String(start) }),
    t('end {offset}', { offset: String(end) }),
    ...(lastStable < end ? [t('last stable {offset}', { offset: String(lastStable) })] : []),
  ];
}
