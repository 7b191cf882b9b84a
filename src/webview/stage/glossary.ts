import { glossary } from '../../core/text/steps/glossary.js';
import type { Timeline } from '../../core/timeline/timeline.js';
import { h } from '../dom.js';
import type { Parts } from '../parts.js';
import type { Ui } from '../ui.js';

/** A place for what the words of the pictures mean; it stays, so that whoever has opened it reads on over all renderings. */
export function wordsFrame(): HTMLElement {
  return h('div', {}, h('details', { class: 'words' }, h('summary', { 'data-focus': 'words' }), h('dl', {})));
}

/** Fills it with the words that the pictures of a run use. */
export function explainWords(frame: Element, parts: Parts, timeline: Timeline, ui: Ui): void {
  const [summary, list] = frame.querySelector('details')?.children ?? [];
  if (!(summary instanceof HTMLElement) || !(list instanceof HTMLElement)) return;
  parts.update(summary, [ui], () => ui.t('What the words mean'));
  parts.update(list, [timeline, ui], () =>
    glossary(timeline, ui.t).flatMap(({ term, meaning }) => [h('dt', {}, term), h('dd', {}, meaning)]),
  );
}
