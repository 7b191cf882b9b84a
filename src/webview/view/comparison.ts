import type { CountName, Counts } from '../../core/history/verdict.js';
import type { Layer } from '../../core/layer.js';
import { countName } from '../../core/text/names.js';
import type { Translate } from '../../core/text/translate.js';
import type { LabReport, ScenarioCard } from '../../shared/lab-report.js';
import { h } from '../dom.js';
import type { Ui } from '../ui.js';

/** The two runs side by side: what the fault changed is marked by a sign and not only by weight. */
export function comparison(report: LabReport, { scenario }: ScenarioCard, { t }: Ui): HTMLElement {
  const control = report.control.verdict.counts;
  const fault = report.fault.verdict.counts;
  const heads = [t('control'), t('fault'), t('difference')];
  return h(
    'section',
    { 'aria-labelledby': 'comparison-heading' },
    h('h2', { id: 'comparison-heading' }, t('Control beside fault')),
    h(
      'table',
      { class: 'comparison' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', { scope: 'col' }, t('count')),
          heads.map((head) => h('th', { scope: 'col', class: 'n' }, head)),
        ),
      ),
      h(
        'tbody',
        {},
        rowsOf(scenario.layer, control, fault, t).map(({ name, count }) =>
          row(name, control[count], fault[count]),
        ),
      ),
    ),
  );
}

function row(name: string, control: number, fault: number): HTMLElement {
  const difference = fault - control;
  const sign = difference > 0 ? '+' : '−';
  return h(
    'tr',
    { class: difference === 0 ? 'same' : 'changed' },
    h('th', { scope: 'row' }, name),
    h('td', { class: 'n' }, control),
    h('td', { class: 'n' }, fault),
    h('td', { class: 'n' }, difference === 0 ? '=' : `${sign}${String(Math.abs(difference))}`),
  );
}

interface CountRow {
  readonly count: CountName;
  readonly name: string;
}

/** Counts that say something in this scenario; where all readers see the same, one row stands for them. */
function rowsOf(layer: Layer, control: Counts, fault: Counts, t: Translate): readonly CountRow[] {
  const named = (count: CountName): CountRow => ({ count, name: countName(count, t) });
  const differ = (left: CountName, right: CountName) =>
    control[left] !== control[right] || fault[left] !== fault[right];
  const occurs = (count: CountName) => control[count] !== 0 || fault[count] !== 0;
  const inLog: readonly CountRow[] = differ('readUncommitted', 'readCommitted')
    ? [named('readUncommitted'), named('readCommitted')]
    : [{ count: 'readUncommitted', name: t('in the log') }];
  const log = [
    ...inLog,
    ...(differ('endOffset', 'readUncommitted') ? [named('endOffset')] : []),
    ...(differ('lastStableOffset', 'endOffset') ? [named('lastStableOffset')] : []),
  ];
  const told = (['ok', 'failed', 'unknown'] as const)
    .filter((count) => count === 'ok' || occurs(count))
    .map(named);
  const produced = layer === 'log-to-effect' ? [] : [named('sent'), ...told, ...log];
  const others = (['deduplicated', 'deliveries', 'effects'] as const).filter(occurs).map(named);
  return [...produced, ...others, named('lost'), named('duplicates')];
}
