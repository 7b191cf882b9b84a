import type { CatalogueEntry, CatalogueGroup, Page } from '../../shared/page.js';
import { h } from '../dom.js';
import type { Ui } from '../ui.js';
import { standingName, standingSign } from './standing.js';

/** The page without a scenario: what there is to choose from, with the last verdicts. */
export function catalogue({ catalogue: groups, score }: Page, ui: Ui): HTMLElement {
  const { t } = ui;
  return h(
    'div',
    { class: 'catalogue' },
    h('h1', {}, t('What shall happen to m4?')),
    h(
      'p',
      { class: 'dim lead' },
      t(
        'Choose a scenario: real clients send ten messages, a fault strikes one of them at one exact point, and the verdict is computed from what was recorded.',
      ),
    ),
    score !== undefined &&
      score.answered > 0 &&
      h('p', { class: 'score' }, t('Your predictions: {right} of {answered} right.', score)),
    h(
      'div',
      { class: 'groups' },
      groups.map((group) => groupSection(group, ui)),
    ),
  );
}

function groupSection({ title, guarantees, scenarios }: CatalogueGroup, ui: Ui): HTMLElement {
  return h(
    'section',
    {},
    h('h2', {}, title),
    h('p', { class: 'dim' }, guarantees),
    h(
      'ul',
      { class: 'plain' },
      scenarios.map((entry) => entryItem(entry, ui)),
    ),
  );
}

function entryItem({ id, title, last }: CatalogueEntry, { t, post }: Ui): HTMLElement {
  return h(
    'li',
    {},
    h(
      'button',
      {
        class: 'link',
        type: 'button',
        'data-focus': id,
        onclick: () => post({ type: 'show', scenario: id }),
      },
      title,
    ),
    last !== undefined &&
      h(
        'div',
        { class: 'last' },
        standingSign(last.standing),
        last.sentence,
        h('span', { class: 'dim' }, ` · ${standingName(last.standing, t)}`),
      ),
  );
}
