import { element, svgText, type Markup } from './markup.js';
import { cellHeight, cellWidth, type DrawnCell, type DrawnPointer, type Joint, type Strip } from './strip.js';
import type { SvgText } from './svg.js';

/** The words at a cell that its look alone does not say. */
export type CellWords = (cell: DrawnCell) => string;

/** A partition's log as an SVG document. Every cell holds its offset, message and state as data attributes. */
export function drawStrip(strip: Strip, { title, description, id }: SvgText, words: CellWords): string {
  const { width, height, cells, joints, pointers, missing } = strip;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'log-strip',
      role: 'img',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      'aria-labelledby': `${id}-title ${id}-description`,
    },
    element('title', { id: `${id}-title` }, svgText(title)),
    element('desc', { id: `${id}-description` }, svgText(description)),
    ...joints.map(jointOf),
    ...cells.map((cell) => cellOf(cell, words(cell))),
    ...missing.map(missingOf),
    ...pointers.map(pointerOf),
  );
}

function cellOf(cell: DrawnCell, words: string): Markup {
  const { x, y, offset, label, state, isVisible, isNew } = cell;
  const middle = x + cellWidth / 2;
  const text = (dy: number, className: string, content: string): Markup =>
    element('text', { class: className, x: middle, y: y + dy, 'text-anchor': 'middle' }, svgText(content));
  const producer = cell.producer !== undefined && text(31, 'producer', cell.producer);
  const strike =
    state === 'aborted' &&
    element('line', { class: 'struck', x1: x + 6, y1: y + 13, x2: x + cellWidth - 6, y2: y + 13 });
  return element(
    'g',
    {
      class: ['place', state, isVisible ? 'visible' : 'hidden', isNew ? 'new' : ''].join(' ').trim(),
      'data-offset': offset,
      'data-value': label,
      'data-state': state,
      'data-visible': String(isVisible),
    },
    element('title', {}, svgText(words)),
    element('rect', { x, y, width: cellWidth, height: cellHeight, rx: 3 }),
    text(cell.producer === undefined ? 22 : 17, 'value', shortened(label)),
    strike,
    producer,
    text(cellHeight + 12, 'offset', String(offset)),
  );
}

function missingOf({ x, y, value }: Strip['missing'][number]): Markup {
  const text = { class: 'value', x: x + cellWidth / 2, y: y + 22, 'text-anchor': 'middle' };
  return element(
    'g',
    { class: 'place missing', 'data-value': value, 'data-state': 'missing' },
    element('rect', { x, y, width: cellWidth, height: cellHeight, rx: 3 }),
    element('text', text, svgText(shortened(value))),
    element('text', { ...text, class: 'offset', y: y + cellHeight + 12 }, svgText('✗')),
  );
}

/** A value of somebody else's history may be long; the tooltip has it whole. */
function shortened(value: string): string {
  return value.length > 6 ? `${value.slice(0, 5)}…` : value;
}

function jointOf({ from, to, y }: Joint): Markup {
  const lift = Math.min(16, 8 + (to - from) / 40);
  const d = `M${from} ${y} C ${from + 6} ${y - lift}, ${to - 6} ${y - lift}, ${to} ${y}`;
  return element('path', { class: 'joint', d });
}

/** Half of a ▲ in the label's size, so that it stands under its line. */
const pointerHalf = 4.5;

function pointerOf({ x, y, label, kind, row, anchor }: DrawnPointer): Markup {
  const bottom = y + cellHeight + 26 + row * 17;
  const shift = anchor === 'start' ? -pointerHalf : pointerHalf;
  const text = anchor === 'start' ? `▲ ${label}` : `${label} ▲`;
  return element(
    'g',
    { class: `pointer ${kind}` },
    element('line', { x1: x, y1: y - 3, x2: x, y2: bottom - 10 }),
    element('text', { x: x + shift, y: bottom, 'text-anchor': anchor }, svgText(text)),
  );
}
