import { kindName } from '../events/kind.js';
import type { EventRow } from '../events/rows.js';
import { h } from '../dom.js';
import { milliseconds } from '../ui.js';
import type { Ui } from '../ui.js';

export interface TableData {
  readonly rows: readonly EventRow[];
  readonly selected: number | undefined;
}

/** The events as a table of rows; one row is in the tab order, the arrow keys move on from there (roving tabindex). */
export function eventsTable(data: TableData, ui: Ui): HTMLElement {
  const { t } = ui;
  const body = h('tbody', {}, bodyRows(data, ui));
  const heads = [t('time (ms)'), t('who'), t('kind'), t('what happened')];
  return h(
    'div',
    { class: 'scroll events-scroll' },
    h(
      'table',
      { class: 'events', role: 'grid', 'aria-label': t('Events of the run'), onkeydown: moveFocus },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', { scope: 'col', class: 'n' }, t('no.')),
          heads.map((head) => h('th', { scope: 'col' }, head)),
        ),
      ),
      body,
    ),
  );
}

function bodyRows({ rows, selected }: TableData, ui: Ui): readonly HTMLElement[] {
  const entry = rows.some(({ seq }) => seq === selected) ? selected : rows[0]?.seq;
  return rows.map((row) =>
    h(
      'tr',
      {
        class: row.mark,
        tabindex: row.seq === entry ? 0 : -1,
        'data-seq': row.seq,
        'data-focus': `event/${String(row.seq)}`,
        'aria-selected': row.seq === selected ? 'true' : 'false',
        onclick: () => ui.dispatch({ type: 'select-row', seq: row.seq }),
        onfocus: makeOnlyStop,
      },
      cells(row, ui),
    ),
  );
}

function cells(row: EventRow, ui: Ui): readonly HTMLElement[] {
  return [
    h('td', { class: 'n dim' }, row.seq),
    h('td', { class: 'n dim' }, milliseconds(row.timeMs, ui.language)),
    h('td', { class: 'who' }, row.who),
    h('td', {}, h('span', { class: `kind ${row.kind}` }, kindName(row.kind, ui.t))),
    h('td', {}, markSign(row, ui), row.sentence),
  ];
}

/** A sign with a text of its own: the mark does not hang on colour. */
function markSign({ mark }: EventRow, { t }: Ui): HTMLElement | undefined {
  if (mark === 'fault')
    return h('span', { class: 'sign fault', role: 'img', 'aria-label': t('The fault') }, '⚡');
  if (mark === 'witness')
    return h('span', { class: 'sign witness', role: 'img', 'aria-label': t('Witness of an anomaly') }, '⚠');
  return undefined;
}

/** Arrow keys, Home, End and the page keys move between rows; Enter and Space select. */
function moveFocus(event: Event): void {
  if (!(event instanceof KeyboardEvent) || !(event.target instanceof HTMLTableRowElement)) return;
  const row = event.target;
  const rows = [...(row.parentElement?.children ?? [])];
  const index = rows.indexOf(row);
  if (event.key === 'Enter' || event.key === ' ') row.click();
  else {
    const to = rows[target(event.key, index, rows.length)];
    if (!(to instanceof HTMLElement) || to === row) return;
    to.focus();
  }
  event.preventDefault();
}

const pageOfKeys = 12;

function target(key: string, index: number, length: number): number {
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + pageOfKeys,
    PageUp: index - pageOfKeys,
    Home: 0,
    End: length - 1,
  };
  return Math.min(Math.max(moves[key] ?? index, 0), length - 1);
}

/** The row that has the focus is the one that Tab comes back to. */
function makeOnlyStop({ target: row }: Event): void {
  if (!(row instanceof HTMLElement)) return;
  for (const other of row.parentElement?.querySelectorAll('tr[tabindex="0"]') ?? [])
    other.setAttribute('tabindex', '-1');
  row.setAttribute('tabindex', '0');
}
