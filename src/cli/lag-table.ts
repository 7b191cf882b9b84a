import type { GroupState } from '../cluster/cluster.js';
import { totalLag } from '../core/lag/total-lag.js';
import { totalCell } from '../core/text/lag-sentence.js';
import type { Translate } from '../core/text/translate.js';
import type { Style } from './terminal.js';

interface Look {
  readonly t: Translate;
  readonly style: Style;
}

/** The group's name, what it is, and its total lag: with "≥" where a part of it could not be read. */
export function groupHeading(
  { groupId, type, state, rows, problem }: GroupState,
  { t, style }: Look,
): string {
  const kinds = [type, state].filter((word) => word !== '').join(', ');
  const told =
    problem === undefined
      ? total(rows, t)
      : t('its offsets could not be read: {reason}', { reason: problem });
  return `${style.heading(groupId)}  ${style.dim([kinds, told].filter((word) => word !== '').join(' · '))}`;
}

function total(rows: GroupState['rows'], t: Translate): string {
  if (rows.length === 0) return t('nothing committed');
  return t('total lag {lag}', { lag: totalCell(totalLag(rows.map(({ lag }) => lag))) });
}

export interface TableRow {
  /** Topic, partition, committed, end, LSO, start, lag. */
  readonly cells: readonly string[];
  readonly note: string;
}

/** Names to the left, numbers to the right, notes behind them. */
export function lagTable(rows: readonly TableRow[], { t, style }: Look): readonly string[] {
  if (rows.length === 0) return [];
  const headings = ['topic', t('partition'), t('committed'), t('end'), 'LSO', t('start'), t('lag')];
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map(({ cells }) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return [
    `  ${style.dim(line(headings))}`,
    ...rows.map(({ cells, note }) => `  ${line(cells)}${note === '' ? '' : `  ${style.dim(note)}`}`),
  ];
}
