import type { Committed } from '../lag/lag.js';
import type { Translate } from './translate.js';

/** What a reset does to one partition: `5 → 0`, and what that means to its readers. */
export function resetSentence(
  row: {
    readonly before: Committed;
    readonly after?: bigint;
    readonly replays: bigint;
    readonly skips: bigint;
    readonly problem?: string;
  },
  t: Translate,
): { readonly title: string; readonly detail: string } {
  const before = row.before.kind === 'offset' ? String(row.before.offset) : '–';
  const title = `${before} → ${row.after === undefined ? '?' : String(row.after)}`;
  if (row.before.kind !== 'offset' && row.after !== undefined)
    return { title, detail: t('its readers begin there, whatever auto.offset.reset says') };
  return { title, detail: detailOf(row, t) };
}

function detailOf(
  {
    replays,
    skips,
    problem,
  }: { readonly replays: bigint; readonly skips: bigint; readonly problem?: string },
  t: Translate,
): string {
  if (problem !== undefined) return t('stays as it is: {reason}', { reason: problem });
  if (replays === 1n) return t('reads 1 again');
  if (replays > 0n) return t('reads {count} again', { count: String(replays) });
  if (skips === 1n) return t('never reads 1');
  if (skips > 0n) return t('never reads {count}', { count: String(skips) });
  return t('nothing changes for its readers');
}
