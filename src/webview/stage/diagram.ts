import type { Bar } from '../../core/timeline/bars.js';
import { layOut } from '../../core/timeline/layout.js';
import { drawHeads, drawSvg } from '../../core/timeline/svg.js';
import { h } from '../dom.js';
import type { Ui } from '../ui.js';
import type { StageModel } from './model.js';
import { picture } from './picture.js';
import { sayStep } from './say.js';

/** So many rows are drawn at once: more than fit on a screen, and few enough to be drawn within a frame. */
const drawnRows = 80;

/** The sequence diagram around the row that is looked at. */
export function diagram(model: StageModel, ui: Ui): readonly HTMLElement[] {
  const { timeline, rows, current, words } = model;
  const { from, to } = windowAround(current, rows.length);
  const drawing = layOut({ timeline, rows, current, from, to, words });
  const svg = drawSvg(drawing, {
    id: 'sequence',
    title: ui.t('Sequence diagram'),
    description: sayStep(model, ui.t),
  });
  return [
    readable(picture('heads', drawHeads(drawing)), drawing.width),
    h('div', {}, more(from, ui)),
    readable(picture('body', svg), drawing.width),
    h('div', {}, more(rows.length - to, ui)),
    legend(drawing.bars, ui),
  ];
}

/** What the bars beside a process mean; only of those that are drawn. */
function legend(bars: readonly Bar[], { t }: Ui): HTMLElement {
  const entry = (state: Bar['state'], words: string) =>
    bars.some((bar) => bar.state === state) &&
    h('span', {}, h('i', { class: `legend ${state}`, 'aria-hidden': 'true' }), words);
  return h(
    'p',
    { class: 'dim legends' },
    entry('waiting', t('waits for an answer')),
    entry('unknown', t('does not know')),
  );
}

/** Shrunk further, its text could not be read any more: then it is scrolled. */
const leastScale = 0.78;

function readable(place: HTMLElement, width: number): HTMLElement {
  place.style.minWidth = `${String(Math.round(width * leastScale))}px`;
  return place;
}

function windowAround(current: number, length: number): { readonly from: number; readonly to: number } {
  if (length <= drawnRows) return { from: 0, to: length };
  const from = Math.max(0, Math.min(current - drawnRows / 2, length - drawnRows));
  return { from, to: from + drawnRows };
}

function more(count: number, { t }: Ui): HTMLElement | undefined {
  return count > 0 ? h('p', { class: 'dim more' }, t('… {count} more lines', { count })) : undefined;
}

/** Brings the row that is looked at into the scrolled frame. */
export function bringIntoView(frame: HTMLElement, isCalm: boolean): void {
  const row = frame.querySelector('.row.current .hit');
  if (!(row instanceof SVGElement)) return;
  const place = row.getBoundingClientRect();
  const view = frame.getBoundingClientRect();
  const isSeen = place.top >= view.top + 40 && place.bottom <= view.bottom - 24;
  if (isSeen) return;
  const top = frame.scrollTop + place.top - view.top - (view.height - place.height) / 2;
  frame.scrollTo({ top, behavior: isCalm ? 'instant' : 'smooth' });
}
