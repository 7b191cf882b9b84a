import { assertNever } from '../../core/assert-never.js';
import type { Translate } from '../../core/text/translate.js';
import type { LabReport, ScenarioCard } from '../../shared/lab-report.js';
import { h } from '../dom.js';
import type { Child } from '../dom.js';
import { effectLedger } from '../evidence/effect-ledger.js';
import type { EffectCell } from '../evidence/effect-ledger.js';
import { logStrips } from '../evidence/log-strips.js';
import type { LogCell, LogStrip } from '../evidence/log-strips.js';
import type { Ui } from '../ui.js';

/** More cells than this are no picture any more; the table below has them all. */
const shownCells = 240;

/** What was found in the end, message by message: the log's places and the work that was done. */
export function evidence({ fault }: LabReport, { scenario }: ScenarioCard, { t }: Ui): HTMLElement {
  const strips = scenario.layer === 'log-to-effect' ? [] : logStrips(fault.history, fault.verdict);
  const ledger = effectLedger(fault.history, fault.verdict.anomalies);
  return h(
    'section',
    { class: 'evidence', 'aria-label': t('What was found') },
    strips.map((strip) => stripFigure(strip, strips, t)),
    ledger.length > 0 &&
      figure(
        t('What was processed, in this order'),
        ledger.map((cell) => effectItem(cell, t)),
        t,
      ),
  );
}

function stripFigure(strip: LogStrip, all: readonly LogStrip[], t: Translate): HTMLElement {
  const { label, partition, highWatermark, lastStableOffset } = strip;
  const title =
    label === 'end'
      ? t('The log, as a fresh reader found it')
      : t('The log in the middle of the run ({label})', { label });
  const several = all.some((other) => other.partition !== partition);
  const place = several ? ` · ${t('partition {partition}', { partition })}` : '';
  const ends = t('end offset {highWatermark}, LSO {lastStableOffset}', { highWatermark, lastStableOffset });
  return figure(
    `${title}${place}`,
    strip.cells.map((cell) => logItem(cell, t)),
    t,
    ends,
  );
}

function figure(title: string, cells: readonly HTMLElement[], t: Translate, note?: string): HTMLElement {
  const more = cells.length - shownCells;
  const caption: readonly Child[] = [
    h('span', { class: 'caption' }, title),
    note !== undefined && h('span', { class: 'dim' }, note),
  ];
  return h(
    'figure',
    {},
    h('figcaption', { class: 'row' }, caption),
    h(
      'ol',
      { class: 'plain strip' },
      cells.slice(0, shownCells),
      more > 0 && h('li', { class: 'dim' }, t('and {more} more', { more })),
    ),
  );
}

function logItem(cell: LogCell, t: Translate): HTMLElement {
  switch (cell.kind) {
    case 'record':
      return recordItem(cell, t);
    case 'marker':
      return item('marker', markerSign(cell.commit), String(cell.offset), markerName(cell.commit, t));
    case 'missing':
      return item('missing', cell.value, t('is lost'));
    default:
      return assertNever(cell);
  }
}

function recordItem(
  { value, offset, hidden, repeated }: Extract<LogCell, { kind: 'record' }>,
  t: Translate,
): HTMLElement {
  if (hidden) return item('hidden-record', value, String(offset), t('hidden from read_committed'));
  return repeated
    ? item('repeated', value, String(offset), t('twice'))
    : item('record', value, String(offset));
}

function markerSign(commit: boolean | undefined): string {
  if (commit === undefined) return '▪';
  return commit ? '✓' : '⊘';
}

function markerName(commit: boolean | undefined, t: Translate): string {
  if (commit === undefined) return t('marker');
  return commit ? t('commit marker') : t('abort marker');
}

function effectItem(cell: EffectCell, t: Translate): HTMLElement {
  switch (cell.kind) {
    case 'effect':
      return cell.repeated ? item('repeated', cell.value, '', t('twice')) : item('record', cell.value, '');
    case 'recognised':
      return item('hidden-record', cell.value, '', t('recognised, not done again'));
    case 'missing':
      return item('missing', cell.value, t('is lost'));
    default:
      return assertNever(cell);
  }
}

/** A cell: the message, its place below, and in words what is special about it. */
function item(kind: string, value: string, place: string, special?: string): HTMLElement {
  return h(
    'li',
    { class: `cell ${kind}`, title: special },
    h('span', { class: 'value' }, value),
    place !== '' && h('span', { class: 'place' }, place),
    special !== undefined && h('span', { class: 'special' }, special),
  );
}
