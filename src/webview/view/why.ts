import type { ScenarioCard } from '../../shared/lab-report.js';
import { h } from '../dom.js';
import type { Ui } from '../ui.js';

/** The explanation comes after the run; before it, it would give the answer away. */
export function why({ text }: ScenarioCard, { t }: Ui): HTMLElement {
  return h(
    'section',
    { class: 'why', 'aria-labelledby': 'why-heading' },
    h('h2', { id: 'why-heading' }, t('Why')),
    h('p', {}, text.why),
    h('h3', {}, t('Sources')),
    h(
      'ul',
      { class: 'sources dim' },
      text.sources.map((source) => h('li', {}, source)),
    ),
  );
}
