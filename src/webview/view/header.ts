import type { ScenarioCard } from '../../shared/lab-report.js';
import type { Page } from '../../shared/page.js';
import { button } from '../components.js';
import { h } from '../dom.js';
import type { Ui } from '../ui.js';
import { settingChips } from './settings.js';

/** Where we are, what it is called, what it is configured with, and what can be done now. */
export function header(page: Page, card: ScenarioCard, ui: Ui): HTMLElement {
  const { t } = ui;
  return h(
    'header',
    {},
    crumb(card, ui),
    h(
      'div',
      { class: 'row' },
      h('h1', {}, card.text.title),
      h('div', { class: 'actions' }, actions(page, card, ui)),
    ),
    h(
      'div',
      { class: 'row chips' },
      h('ul', { class: 'plain row', 'aria-label': t('Settings and steps') }, settingChips(card.scenario, t)),
    ),
  );
}

function crumb({ semantics }: ScenarioCard, { t, post }: Ui): HTMLElement {
  const all = h(
    'button',
    { class: 'link', type: 'button', 'data-focus': 'all', onclick: () => post({ type: 'show' }) },
    t('All scenarios'),
  );
  return h('nav', { class: 'crumb', 'aria-label': t('Where you are') }, all, ' › ', semantics.title);
}

function actions(page: Page, { scenario }: ScenarioCard, { t, post }: Ui): readonly HTMLElement[] {
  if (page.run.kind === 'running')
    return [button({ label: t('Stop'), focus: 'run', onPress: () => post({ type: 'stop' }) })];
  const run = button({
    label: page.run.kind === 'none' ? t('Run') : t('Run again'),
    focus: 'run',
    primary: true,
    disabled: page.busy,
    onPress: () => post({ type: 'run', scenario: scenario.id }),
  });
  if (page.run.kind !== 'done') return [run];
  const save = button({
    label: t('Save history…'),
    focus: 'save',
    onPress: () => post({ type: 'save-history', scenario: scenario.id, phase: 'fault' }),
  });
  return [run, save];
}
