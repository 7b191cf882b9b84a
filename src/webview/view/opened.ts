import { assertNever } from '../../core/assert-never.js';
import { verdictSentence } from '../../core/text/verdict-sentence.js';
import { doubtSentence } from '../../core/text/doubt-sentence.js';
import type { Translate } from '../../core/text/translate.js';
import type { OpenedHistory } from '../../shared/page.js';
import { capital } from '../../core/text/steps/process-name.js';
import { h } from '../dom.js';
import type { Ui } from '../ui.js';
import { anomalyList } from './anomalies.js';
import { layerTable } from './layer-table.js';

/** A history from a file: its verdict, computed from it alone, above the same stage as a run of the lab. */
export function openedHistory(opened: OpenedHistory, ui: Ui): HTMLElement {
  const { name, phase, leftOut } = opened;
  const { t, post } = ui;
  const { history, verdict } = phase;
  const layer = history.find((event) => event.type === 'run')?.layer;
  const headline =
    verdict.doubts.length === 0
      ? capital(verdictSentence(verdict, layer, t))
      : t('Inconclusive: this run proves nothing');
  const all = h(
    'button',
    { class: 'link', type: 'button', 'data-focus': 'all', onclick: () => post({ type: 'show' }) },
    t('All scenarios'),
  );
  return h(
    'div',
    {},
    h('nav', { class: 'crumb', 'aria-label': t('Where you are') }, all, ' › ', t('A recorded history')),
    h('h1', {}, name),
    h('div', { class: 'answer' }, h('p', { class: 'verdict' }, headline)),
    leftOut !== 'nothing' && h('p', { class: 'note summary' }, summaryWords(opened, t)),
    verdict.doubts.map((doubt) => h('p', { class: 'note inconclusive' }, doubtSentence(doubt, t))),
    layerTable(verdict.layers, t),
    anomalyList(phase, ui),
  );
}

function summaryWords({ phase, events, leftOut }: OpenedHistory, t: Translate): string {
  const args = { events, shown: phase.history.length };
  const shown = t(
    'This history holds {events} events; the verdict is computed from all of them. Shown are the {shown} that it is about.',
    args,
  );
  switch (leftOut) {
    case 'nothing':
      return '';
    case 'frames':
      return `${shown} ${t('The requests and answers of other messages are left out.')}`;
    case 'messages':
      return `${shown} ${t('All else that happened to other messages is left out; the logs are what the readers found.')}`;
    case 'more':
      return `${shown} ${t('Other messages, and whatever is beyond that number, are left out.')}`;
    default:
      return assertNever(leftOut);
  }
}
