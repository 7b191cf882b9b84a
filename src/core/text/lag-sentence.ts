import { assertNever } from '../assert-never.js';
import type { KnownLag, Lag } from '../lag/lag.js';
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
