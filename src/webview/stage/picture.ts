import { h } from '../dom.js';

/** An SVG that `core/timeline` has drawn: its texts are escaped there, so it may be set as markup. */
export function picture(name: string, svg: string): HTMLElement {
  const place = h('div', { class: `picture ${name}` });
  place.innerHTML = svg;
  return place;
}
