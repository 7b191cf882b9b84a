import { glossary } from '../../core/text/steps/glossary.js';
import type { Timeline } from '../../core/timeline/timeline.js';
import { h } from '../dom.js';
import type { Ui } from '../ui.js';

/** What the words of the pictures mean, to be opened by whoever meets them for the first time. */
export function words(timeline: Timeline, { t }: Ui): HTMLElement {
  const terms = glossary(timeline, t);
  return h(
    'details',
    { class: 'words' },
    h('summary', { 'data-focus': 'words' }, t('What the words mean')),
    h(
      'dl',
      {},
      terms.flatMap(({ term, meaning }) => [h('dt', {}, term), h('dd', {}, meaning)]),
    ),
  );
}
