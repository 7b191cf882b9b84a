import type { Bar } from './bars.js';
import type { Arrow, DrawnRow, Mark } from './draw-row.js';
import { headHeight, type Diagram, type DrawnLane } from './layout.js';
import { element, svgText, type Markup } from './markup.js';

export interface SvgText {
  /** Read instead of the picture. */
  readonly title: string;
  readonly description: string;
  /** Unique in the document; without it ids of two pictures would meet. */
  readonly id: string;
}

/**
 * The diagram as an SVG document. Colours come from classes, which the page's style sheet or the report's own one fills; every
 * text is escaped. Each row is a group with its index in `data-row`.
 */
export function drawSvg(diagram: Diagram, { title, description, id }: SvgText): string {
  const { width, height, lanes, bars, rows } = diagram;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'diagram',
      role: 'img',
      viewBox: `0 0 ${round(width)} ${round(height)}`,
      width: round(width),
      height: round(height),
      'aria-labelledby': `${id}-title ${id}-description`,
    },
    element('title', { id: `${id}-title` }, svgText(title)),
    element('desc', { id: `${id}-description` }, svgText(description)),
    ...rows.filter(({ time }) => time === 'current').map((row) => highlight(row, width)),
    ...lanes.map((lane) => laneLine(lane, height)),
    ...bars.map(barOf),
    ...rows.map((row) => rowOf(row, width)),
    ...lanes.map(laneHead),
  );
}

/** The heads alone, to stand still above a drawing that is scrolled. */
export function drawHeads({ width, lanes }: Diagram): string {
  const size = { viewBox: `0 0 ${round(width)} ${headHeight}`, width: round(width), height: headHeight };
  const svg = { xmlns: 'http://www.w3.org/2000/svg', class: 'diagram heads', 'aria-hidden': 'true', ...size };
  return element('svg', svg, ...lanes.map(laneHead));
}

function highlight({ y, height }: DrawnRow, width: number): Markup {
  return element('rect', { class: 'here', x: 2, y, width: width - 4, height, rx: 3 });
}

function laneLine({ x, top, bottom, kind }: DrawnLane, height: number): Markup {
  const line = element('line', { class: `lane ${kind}`, x1: x, y1: top, x2: x, y2: bottom });
  const before =
    top > headHeight && element('line', { class: 'lane absent', x1: x, y1: headHeight, x2: x, y2: top });
  const after =
    bottom < height && element('line', { class: 'lane absent', x1: x, y1: bottom, x2: x, y2: height });
  return element('g', {}, before, line, after);
}

function laneHead({ x, name, kind }: DrawnLane): Markup {
  const label = element('text', { x, y: 21, 'text-anchor': 'middle' }, svgText(name));
  if (kind === 'network') return element('g', { class: 'head network' }, label);
  const half = Math.max(40, name.length * 3.4 + 8);
  const box = { x: round(x - half), y: 4, width: round(2 * half), height: headHeight - 8, rx: 3 };
  return element('g', { class: `head ${kind}` }, element('rect', box), label);
}

function barOf({ x, top, bottom, state, isFuture }: Bar): Markup {
  return element('rect', {
    class: `bar ${state}${isFuture ? ' future' : ''}`,
    x: x - 4,
    y: top,
    width: 8,
    height: bottom - top,
    rx: 2,
  });
}

function rowOf(row: DrawnRow, width: number): Markup {
  const hit = element('rect', { class: 'hit', x: 0, y: row.y, width, height: row.height });
  return element(
    'g',
    { class: `row ${row.time} ${row.kind}`, 'data-row': row.index },
    hit,
    ...markOf(row.mark, row),
  );
}

function markOf(mark: Mark, row: DrawnRow): readonly Markup[] {
  const middle = row.y + row.middle;
  switch (mark.kind) {
    case 'arrow':
      return arrowOf(mark, row);
    case 'dot': {
      const side = mark.side === 'right' ? 1 : -1;
      const anchor = mark.side === 'right' ? 'start' : 'end';
      return [
        element('circle', { class: `dot ${mark.tone}`, cx: mark.x, cy: middle, r: 5 }),
        label(mark.x + 12 * side, middle + 4, mark.label, { 'text-anchor': anchor }),
      ];
    }
    case 'life':
      return lifeOf(mark, middle);
    case 'pill':
      return pillOf(mark, row);
    case 'thin':
      return [label(mark.x, middle + 4, signed(mark, row), { 'text-anchor': 'middle', class: 'label thin' })];
    case 'band':
      return [label(mark.x, middle + 4, mark.label, { 'text-anchor': 'middle', class: 'label band' })];
  }
}

/** Time runs down, so what is under way slopes. */
function arrowOf(arrow: Arrow, { y, height }: DrawnRow): readonly Markup[] {
  const { from, to, isResponse, broken } = arrow;
  const start = y + 18;
  const end = y + height - (broken === undefined && arrow.delayed === undefined ? 6 : 22);
  const style = isResponse ? 'arrow response' : 'arrow';
  const middle = label((from + to) / 2, y + 14, arrow.label, { 'text-anchor': 'middle' });
  if (broken === undefined) {
    const line = element('line', { class: style, x1: from, y1: start, x2: to, y2: end });
    const late =
      arrow.delayed === undefined ? [] : [strikeLabel((from + to) / 2, y + height - 6, arrow.delayed)];
    return [line, head(to, end, to > from), middle, ...late];
  }
  const at = start + ((end - start) * Math.abs(broken.x - from)) / Math.max(1, Math.abs(to - from));
  return [
    element('line', { class: `${style} broken`, x1: from, y1: start, x2: broken.x, y2: round(at) }),
    element('line', { class: 'arrow never', x1: broken.x, y1: round(at), x2: to, y2: end }),
    cross(broken.x, at),
    middle,
    strikeLabel(broken.x, y + height - 6, broken.strike),
  ];
}

function head(x: number, y: number, isRight: boolean): Markup {
  const back = isRight ? -9 : 9;
  return element('path', { class: 'arrowhead', d: `M${round(x)} ${round(y)} l${back} -4.5 l0 9 z` });
}

function cross(x: number, y: number): Markup {
  return element('path', { class: 'cross', d: `M${round(x - 6)} ${round(y - 6)} l12 12 m0 -12 l-12 12` });
}

function lifeOf(mark: Extract<Mark, { kind: 'life' }>, middle: number): readonly Markup[] {
  const { x, event, strike } = mark;
  const y = strike === '' ? middle : middle - 8;
  const sign =
    event === 'start'
      ? element('circle', { class: 'start', cx: x, cy: middle, r: 4 })
      : event === 'stop'
        ? element('rect', { class: 'stop', x: x - 5, y: middle - 5, width: 10, height: 10 })
        : cross(x, middle);
  const text = label(x + 12, y + 4, mark.label, { 'text-anchor': 'start' });
  return [sign, text, ...(strike === '' ? [] : [strikeLabel(x + 12, y + 21, strike, 'start')])];
}

type Folded = Extract<Mark, { kind: 'pill' | 'thin' | 'band' }>;

function signed({ label: text }: Folded, { kind }: DrawnRow): string {
  return `${kind === 'opened' ? '⊖' : '⊕'} ${text}`;
}

function pillOf(mark: Folded, row: DrawnRow): readonly Markup[] {
  const { y } = row;
  const text = signed(mark, row);
  const half = Math.max(60, text.length * 3.4 + 14);
  return [
    element('rect', {
      class: 'pill',
      x: round(mark.x - half),
      y: y + 4,
      width: round(2 * half),
      height: 28,
      rx: 14,
    }),
    element('text', { class: 'label pill', x: mark.x, y: y + 22, 'text-anchor': 'middle' }, svgText(text)),
  ];
}

/** A label stands on lines; its halo in the page's own colour keeps it readable. */
function label(x: number, y: number, text: string, attributes: Readonly<Record<string, string>>): Markup {
  return element('text', { class: 'label', x: round(x), y: round(y), ...attributes }, svgText(text));
}

function strikeLabel(x: number, y: number, text: string, anchor = 'middle'): Markup {
  return label(x, y, `⚡ ${text}`, { 'text-anchor': anchor, class: 'label strike' });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
