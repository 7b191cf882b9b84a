import type { Scenario } from '../../core/scenario/scenario.js';
import { programsOf, struckSettings } from '../../core/text/settings-words.js';
import type { Translate } from '../../core/text/translate.js';
import { h } from '../dom.js';

/** Settings of the actor that is struck, and the order of the steps. */
export function settingChips(scenario: Scenario, t: Translate): readonly HTMLElement[] {
  const programs = programsOf(scenario);
  const several = programs.length > 1;
  return [
    ...struckSettings(scenario).map(([name, value]) => chip(name, value)),
    ...programs.map(({ name, steps }) =>
      h(
        'li',
        { class: 'chip' },
        `${t('{name}:', { name: several ? name : t('steps') })} `,
        h('b', { class: 'mono' }, steps),
      ),
    ),
  ];
}

function chip(name: string, value: string): HTMLElement {
  return h('li', { class: 'chip mono' }, `${name}=`, h('b', {}, value));
}
