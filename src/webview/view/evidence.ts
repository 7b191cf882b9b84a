import { assertNever } from '../../core/assert-never.js';
import type { Translate } from '../../core/text/translate.js';
import type { LabReport, ScenarioCard } from '../../shared/lab-report.js';
import { h } from '../dom.js';
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
  return h(
    'figure',
    {},
    h(
      'figcaption',
      { class: 'row' },
      h('span', { class: 'caption' }, title),
      note !== undefined && h('span', { class: 'dim' }, note),
      legend(cells).map((entry) => h('span', { class: 'dim', 'aria-hidden': 'true' }, entry)),
    ),
    h(
      'ol',
      { class: 'plain strip' },
      cells.slice(0, shownCells),
      more > 0 && h('li', { class: 'dim' }, t('and {more} more', { more })),
    ),
  );
}

/** What the quiet signs mean, each once; every cell says it to screen readers by itself. */
function legend(cells: readonly HTMLElement[]): readonly string[] {
  return [...new Set(cells.map(({ dataset }) => dataset['legend']).filter((entry) => entry !== undefined))];
}

function logItem(cell: LogCell, t: Translate): HTMLElement {
  switch (cell.kind) {
    case 'record':
      return recordItem(cell, t);
    case 'marker':
      return markerItem(cell, t);
    case 'missing':
      return item({ kind: 'missing', value: cell.value, special: t('missing') });
    default:
      return assertNever(cell);
  }
}

function recordItem(cell: Extract<LogCell, { kind: 'record' }>, t: Translate): HTMLElement {
  const { value, offset, hidden, repeated } = cell;
  const place = String(offset);
  if (hidden) return quietItem('hidden-record', value, place, t('hidden from read_committed'), t);
  return repeated
    ? item({ kind: 'repeated', value, place, special: t('twice') })
    : item({ kind: 'record', value, place });
}

function markerItem({ offset, commit }: Extract<LogCell, { kind: 'marker' }>, t: Translate): HTMLElement {
  const place = String(offset);
  if (commit === undefined) return quietItem('marker', '▪', place, t('marker'), t);
  return commit
    ? quietItem('marker', '✓', place, t('commit marker'), t)
    : quietItem('marker', '⊘', place, t('abort marker'), t);
}

function effectItem(cell: EffectCell, t: Translate): HTMLElement {
  const { value } = cell;
  switch (cell.kind) {
    case 'effect':
      return cell.repeated
        ? item({ kind: 'repeated', value, special: t('twice') })
        : item({ kind: 'record', value });
    case 'recognised':
      return quietItem('hidden-record', value, undefined, t('recognised, not done again'), t);
    case 'missing':
      return item({ kind: 'missing', value, special: t('missing') });
    default:
      return assertNever(cell);
  }
}

/** A cell whose meaning stands in the legend, in its tooltip and for screen readers: below every cell it would be noise. */
function quietItem(
  kind: 'hidden-record' | 'marker',
  value: string,
  place: string | undefined,
  special: string,
  t: Translate,
): HTMLElement {
  const entry =
    kind === 'marker' ? `${value} ${special}` : t('struck through: {meaning}', { meaning: special });
  return item({ kind, value, place, special, legend: entry });
}

interface CellText {
  readonly kind: string;
  readonly value: string;
  /** The offset. */
  readonly place?: string | undefined;
  /** In words, what is special about it. */
  readonly special?: string;
  readonly legend?: string;
}

function item({ kind, value, place, special, legend: entry }: CellText): HTMLElement {
  return h(
    'li',
    { class: `cell ${kind}`, title: special, 'data-legend': entry },
    h('span', { class: 'value' }, value),
    place !== undefined && h('span', { class: 'place' }, place),
    special !== undefined && h('span', { class: 'special' }, special),
  );
}
