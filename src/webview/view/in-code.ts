import { formsOf } from '../../core/snippets/snippet.js';
import type { SemanticsCode } from '../../shared/page.js';
import { button } from '../components.js';
import { h } from '../dom.js';
import type { Ui } from '../ui.js';

/** The line that the run was about, in each language, and the way to a program that one can deploy. */
export function inCode({ semantics, isToBlame, lines }: SemanticsCode, { t, post }: Ui): HTMLElement {
  const safeForms = formsOf(semantics).filter((form) => form !== 'course');
  const safe = button({
    label: t('Insert the Safe Form…'),
    focus: 'insert-safe',
    // Where there are several, the user chooses.
    onPress: () =>
      post({ type: 'insert-snippet', semantics, ...(safeForms.length === 1 && { form: 'safe' }) }),
  });
  const other = button({
    label: t('Insert Another Form…'),
    focus: 'insert-other',
    onPress: () => post({ type: 'insert-snippet', semantics }),
  });
  return h(
    'section',
    { class: 'code', 'aria-labelledby': 'code-heading' },
    h('h2', { id: 'code-heading' }, isToBlame ? t('The line to blame') : t('The line that keeps it')),
    h(
      'dl',
      {},
      lines.map(({ language, line }) => [h('dt', {}, language), h('dd', {}, h('code', {}, line))]),
    ),
    h('div', { class: 'row actions' }, safe, other),
  );
}
