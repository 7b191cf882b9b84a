import type { ScenarioCard } from '../../shared/lab-report.js';
import type { Neighbour } from '../../shared/page.js';
import { h } from '../dom.js';
import type { Ui } from '../ui.js';

/** The explanation comes after the run; before it, it would give the answer away. */
export function why({ text }: ScenarioCard, neighbours: readonly Neighbour[], ui: Ui): HTMLElement {
  const { t } = ui;
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
    neighbours.length > 0 && nextTo(neighbours, ui),
  );
}

/** Scenarios that change one thing: what is learnt here shows best beside them. */
function nextTo(neighbours: readonly Neighbour[], { t, post }: Ui): HTMLElement {
  return h(
    'div',
    { class: 'neighbours' },
    h('h3', {}, t('Change one thing')),
    h(
      'ul',
      { class: 'plain' },
      neighbours.map(({ id, title }) =>
        h(
          'li',
          {},
          h(
            'button',
            {
              class: 'link',
              type: 'button',
              'data-focus': `neighbour/${id}`,
              onclick: () => post({ type: 'show', scenario: id }),
            },
            `${title} ›`,
          ),
        ),
      ),
    ),
  );
}
