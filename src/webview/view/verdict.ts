import { differenceSentence } from '../../core/text/difference-sentence.js';
import { doubtSentence } from '../../core/text/doubt-sentence.js';
import { guaranteeOf } from '../../core/text/lessons.js';
import { layerName } from '../../core/text/names.js';
import { isViolation, type LayerVerdict, type Verdict } from '../../core/history/verdict.js';
import type { Translate } from '../../core/text/translate.js';
import type { LabReport, ScenarioCard } from '../../shared/lab-report.js';
import { h } from '../dom.js';
import type { Child } from '../dom.js';
import type { Ui } from '../ui.js';
import { anomalyList } from './anomalies.js';
import { layerTable } from './layer-table.js';

/** Verdict for each layer, its witnesses, and what is guaranteed beside what was seen. */
export function verdictSection(report: LabReport, card: ScenarioCard, ui: Ui): HTMLElement {
  const { t } = ui;
  const { verdict } = report.fault;
  return h(
    'section',
    { 'aria-labelledby': 'verdict-heading' },
    h('h2', { id: 'verdict-heading' }, t('Verdict of the whole run')),
    doubts(report, t),
    differences(report, t),
    layerTable(verdict.layers, t),
    anomalyList(report.fault, ui),
    guaranteeBesideObservation(report, card, t),
  );
}

function guaranteeBesideObservation(
  report: LabReport,
  { text, semantics }: ScenarioCard,
  t: Translate,
): HTMLElement {
  const { guarantees, doesNotGuarantee } = guaranteeOf(text, semantics);
  return h(
    'div',
    { class: 'beside' },
    h(
      'div',
      {},
      h('h3', {}, t('What this configuration guarantees')),
      h('p', {}, guarantees),
      h('p', { class: 'dim' }, doesNotGuarantee),
    ),
    h('div', {}, h('h3', {}, t('What this run showed')), observations(report, t)),
  );
}

/** An inconclusive run shows nothing, whatever its counts are. */
function observations({ conclusive, fault }: LabReport, t: Translate): readonly Child[] {
  const { layers } = fault.verdict;
  if (!conclusive) return [h('p', {}, t('Nothing: this run is inconclusive.'))];
  return [...layers.map((layer) => h('p', {}, observation(layer, t))), caution(fault.verdict, t)];
}

function observation(
  { layer, atMostOnce, atLeastOnce, lost, duplicated }: LayerVerdict,
  t: Translate,
): string {
  const where = layerName(layer, t);
  if (atMostOnce && atLeastOnce) return t('{where}: nothing lost and nothing doubled.', { where });
  if (atLeastOnce)
    return t('{where}: nothing lost, {duplicated} doubled. This disproves “exactly once” here.', {
      where,
      duplicated,
    });
  if (atMostOnce)
    return t('{where}: {lost} lost, nothing doubled. This disproves “at least once” here.', { where, lost });
  return t('{where}: {lost} lost and {duplicated} doubled. This disproves both guarantees here.', {
    where,
    lost,
    duplicated,
  });
}

/** A violation that neither loses nor doubles (a reader was kept waiting) disproves neither guarantee, and the run was not clean. */
function caution({ layers, anomalies }: Verdict, t: Translate): HTMLElement | undefined {
  const clean = layers.every(({ atMostOnce, atLeastOnce }) => atMostOnce && atLeastOnce);
  if (clean && anomalies.some(isViolation)) return undefined;
  return h(
    'p',
    { class: 'dim' },
    clean
      ? t('A clean run proves no guarantee: it only failed to disprove one.')
      : t('A clean run would have proved nothing; a single violation disproves a guarantee.'),
  );
}

function doubts({ conclusive, inconclusiveBecause }: LabReport, t: Translate): Child {
  if (conclusive) return undefined;
  return h(
    'div',
    { class: 'note inconclusive' },
    h('p', {}, h('b', {}, t('Nothing can be concluded, because:'))),
    h(
      'ul',
      {},
      inconclusiveBecause.map((doubt) => h('li', {}, doubtSentence(doubt, t))),
    ),
  );
}

function differences({ differences: found, conclusive }: LabReport, t: Translate): Child {
  if (found.length === 0) return undefined;
  return h(
    'div',
    { class: conclusive ? 'note differs' : 'note' },
    h('p', {}, h('b', {}, t('Different from what the catalogue expects:'))),
    h(
      'ul',
      {},
      found.map((difference) => h('li', {}, differenceSentence(difference, t))),
    ),
  );
}
