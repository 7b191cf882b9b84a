import type { Anomaly } from '../../core/history/verdict.js';
import { witnessValues } from '../../core/history/witness-values.js';
import { processName } from '../../core/text/steps/process-name.js';
import type { Translate } from '../../core/text/translate.js';
import { ledgerAt, type Counted } from '../../core/timeline/effects.js';
import { h } from '../dom.js';
import type { Ui } from '../ui.js';
import type { StageModel } from './model.js';

/** Effects that are told one by one; before them stands how many more there are. */
const mostEffects = 60;

/** What processing did in the outside world up to this moment, one row an effect; at the end also what it never did. */
export function effectLedger(
  model: StageModel,
  anomalies: readonly Anomaly[],
  ui: Ui,
): HTMLElement | undefined {
  const { timeline, moment, isEnd, before } = model;
  if (timeline.effects.length === 0) return undefined;
  const { t } = ui;
  const { last, before: earlier } = ledgerAt(timeline, moment, mostEffects);
  const rows = last.map((effect) => effectRow(effect, before, ui));
  const missing = isEnd ? witnessValues(anomalies, new Set(['skipped'])).slice(0, mostEffects) : [];
  const gaps = missing.map((value) =>
    row({ number: 0, value, who: '', remark: t('✗ never processed'), kind: 'missing', isNew: false }),
  );
  return h(
    'div',
    { class: 'ledger' },
    h('h3', {}, t('Effects in the outside world')),
    earlier > 0 && h('p', { class: 'dim' }, t('{count} effects before these', { count: earlier })),
    h(
      'div',
      {
        class: 'scroll ledger-scroll',
        tabindex: 0,
        role: 'region',
        'aria-label': t('Effects in the outside world'),
      },
      table([...rows, ...gaps], ui),
    ),
  );
}

function effectRow(effect: Counted, before: number, { t }: Ui): HTMLElement {
  const { at, value, process, isRecognised, times, number } = effect;
  const isRepeated = !isRecognised && times > 1;
  const remark = remarkOn(effect, t);
  const kind = isRecognised ? 'recognised' : isRepeated ? 'repeated' : 'done';
  return row({ number, value, who: processName(process, t), remark, kind, isNew: at > before });
}

function remarkOn({ isRecognised, times }: Counted, t: Translate): string {
  if (isRecognised) return t('recognised, not done again');
  if (times <= 1) return '';
  return times === 2 ? t('✗ done a second time') : t('✗ done again: {times} times now', { times });
}

function table(rows: readonly HTMLElement[], { t }: Ui): HTMLElement {
  const heads = [t('no.'), t('message'), t('by'), t('remark')];
  return h(
    'table',
    { class: 'effects' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        heads.map((head) => h('th', { scope: 'col' }, head)),
      ),
    ),
    h('tbody', {}, rows),
  );
}

interface LedgerRow {
  /** 0: it was never done. */
  readonly number: number;
  readonly value: string;
  readonly who: string;
  readonly remark: string;
  readonly kind: 'done' | 'repeated' | 'recognised' | 'missing';
  readonly isNew: boolean;
}

function row({ number, value, who, remark, kind, isNew }: LedgerRow): HTMLElement {
  return h(
    'tr',
    { class: isNew ? `${kind} new` : kind },
    h('td', { class: 'n dim' }, number === 0 ? '–' : number),
    h('td', { class: 'mono' }, value),
    h('td', {}, who),
    h('td', { class: 'remark' }, remark),
  );
}
