import type { ReportFormat } from '../../shared/messages.js';
import type { PageView } from '../../shared/page.js';
import { button } from '../components.js';
import { h } from '../dom.js';
import type { Ui } from '../ui.js';

/** A place for the learner's own words, and the report that holds them: what can be handed in. */
export function keep(scenario: string, { words }: PageView, ui: Ui): HTMLElement {
  const { t, dispatch, post } = ui;
  const field = h(
    'textarea',
    {
      id: 'own-words',
      rows: 4,
      'data-focus': 'own-words',
      'aria-describedby': 'own-words-hint',
      oninput: () => dispatch({ type: 'words', words: field.value }),
    },
    words,
  );
  const report = (label: string, format: ReportFormat) =>
    button({
      label,
      focus: `report/${format}`,
      onPress: () => post({ type: 'export-report', scenario, format, words: field.value }),
    });
  return h(
    'section',
    { class: 'keep', 'aria-labelledby': 'keep-heading' },
    h('h2', { id: 'keep-heading' }, h('label', { for: 'own-words' }, t('In my own words'))),
    h('p', { class: 'dim', id: 'own-words-hint' }, t('What happened, and why? It goes into the report.')),
    field,
    h(
      'div',
      { class: 'row' },
      report(t('Report as HTML…'), 'html'),
      report(t('Report as Markdown…'), 'markdown'),
    ),
  );
}
