import { groupBy } from '../group-by.js';
import type { EntryState } from './entries-at.js';
import type { Cell, PartitionState } from './partition-state.js';

/** A pointer below the cells: where a group goes on, or where an end of the log is. */
export interface Pointer {
  readonly offset: number;
  readonly label: string;
  readonly kind: 'end' | 'stable' | 'group' | 'position';
}

/** A partition's log as plain data to draw, in units of its own coordinates. */
export interface Strip {
  readonly width: number;
  readonly height: number;
  readonly cells: readonly DrawnCell[];
  readonly joints: readonly Joint[];
  readonly pointers: readonly DrawnPointer[];
  /** Messages that should stand there and do not, behind the end. */
  readonly missing: readonly { readonly x: number; readonly y: number; readonly value: string }[];
  /** How many places before the first cell are not drawn. */
  readonly before: number;
}

export interface DrawnCell {
  readonly x: number;
  readonly y: number;
  readonly offset: number;
  readonly label: string;
  readonly state: EntryState;
  readonly isCommit?: boolean;
  readonly isVisible: boolean;
  readonly isNew: boolean;
  /** Producer id, epoch and sequence, where the producer has them. */
  readonly producer?: string;
}

/** Two places in the same line that hold the same message. */
export interface Joint {
  readonly from: number;
  readonly to: number;
  readonly y: number;
}

export interface DrawnPointer {
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly kind: Pointer['kind'];
  /** Labels of several pointers stand below each other. */
  readonly row: number;
  /** At which end of its label the pointer stands. */
  readonly anchor: 'start' | 'end';
}

export const cellWidth = 46;
export const cellHeight = 36;
const gap = 4;
const above = 20;
const numberHeight = 16;
const pointerHeight = 17;

export interface StripRequest {
  readonly state: PartitionState;
  readonly pointers: readonly Pointer[];
  /** Messages that are known to be lost; only the end of a run can tell. */
  readonly missing: readonly string[];
  readonly cellsInLine: number;
  /** Marker words and the like. */
  readonly markerLabel: (commit: boolean) => string;
  /** The moment at which a cell counts as new: its sequence number or later. */
  readonly newSince: number;
}

export function layOutStrip(request: StripRequest): Strip {
  const { state, pointers, missing, cellsInLine } = request;
  const grid = gridOf(request);
  const cells = state.cells.map((cell, index) => drawnCell(cell, grid.place(index), request));
  return {
    width: cellsInLine * (cellWidth + gap),
    height: grid.height,
    cells,
    joints: jointsOf(cells),
    pointers: stack(pointers, grid).map((pointer) =>
      drawnPointer(pointer, grid.edge(pointer.offset), cellsInLine),
    ),
    missing: missing.map((value, index) => ({ value, ...grid.place(cells.length + index) })),
    before: state.before,
  };
}

interface Grid {
  readonly first: number;
  readonly height: number;
  /** The line in which the left edge of an offset's cell is pointed at. */
  readonly edgeLineOf: (offset: number) => number;
  /** By the cell's index. */
  readonly place: (index: number) => Point;
  readonly edge: (offset: number) => Point;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Where the cells stand: one behind the other in lines, each line as high as the pointers below it need. By their order and not by
 * their offsets: a compacted log has gaps of any width.
 */
function gridOf({ state, pointers, missing, cellsInLine }: StripRequest): Grid {
  const { cells, endOffset } = state;
  const indexOf = (offset: number) => {
    if (offset >= endOffset) return cells.length + offset - endOffset;
    return cells.findIndex(({ entry }) => entry.offset >= offset);
  };
  const places = Math.max(1, cells.length + missing.length);
  const lineOf = (index: number) => Math.floor(index / cellsInLine);
  // The end of a full line is pointed at there, not at the start of a line that has no cells.
  const isBehind = (index: number) => index > 0 && index >= places;
  const edgeLineOf = (offset: number) => {
    const index = indexOf(offset);
    return lineOf(isBehind(index) ? places - 1 : index);
  };
  const rows = groupBy(pointers, ({ offset }) => edgeLineOf(offset));
  const tops: number[] = [];
  let y = 0;
  for (let line = 0; line <= lineOf(places - 1); line += 1) {
    tops.push(y + above);
    y += above + cellHeight + numberHeight + (rows.get(line)?.length ?? 0) * pointerHeight + 6;
  }
  const column = (index: number) => 1 + (index % cellsInLine) * (cellWidth + gap);
  const edgeOf = (index: number) => (isBehind(index) ? column(places - 1) + cellWidth + gap : column(index));
  return {
    first: cells[0]?.entry.offset ?? endOffset,
    height: y,
    edgeLineOf,
    place: (index) => ({ x: column(index), y: tops[lineOf(index)] ?? above }),
    edge: (offset) => ({ x: edgeOf(indexOf(offset)), y: tops[edgeLineOf(offset)] ?? above }),
  };
}

function drawnCell(
  { entry, state, isVisible }: Cell,
  place: Point,
  { markerLabel, newSince }: StripRequest,
): DrawnCell {
  const { content, offset, producerId, epoch, writtenAt } = entry;
  const isMarker = content.kind === 'marker';
  return {
    ...place,
    offset,
    label: isMarker ? markerLabel(content.commit) : content.value,
    state,
    isVisible,
    isNew: writtenAt >= newSince,
    ...(isMarker ? { isCommit: content.commit } : {}),
    ...(producerId < 0
      ? {}
      : { producer: producerText(producerId, epoch, isMarker ? -1 : content.sequence) }),
  };
}

/** `pid/epoch·sequence`, as Kafka's own tools put it. */
function producerText(producerId: number, epoch: number, sequence: number): string {
  const who = `${String(producerId)}/${String(epoch)}`;
  return sequence < 0 ? who : `${who}·${String(sequence)}`;
}

/** The same message standing twice where readers see both. */
function jointsOf(cells: readonly DrawnCell[]): readonly Joint[] {
  const last = new Map<string, DrawnCell>();
  const joints: Joint[] = [];
  for (const cell of cells) {
    if (cell.state === 'marker' || !cell.isVisible) continue;
    const before = last.get(cell.label);
    if (before?.y === cell.y)
      joints.push({ from: before.x + cellWidth / 2, to: cell.x + cellWidth / 2, y: cell.y });
    last.set(cell.label, cell);
  }
  return joints;
}

interface Stacked extends Pointer {
  readonly row: number;
}

/** Pointers in one line get a row each, so that their labels never meet. */
function stack(pointers: readonly Pointer[], { first, edgeLineOf }: Grid): readonly Stacked[] {
  const rows = new Map<number, number>();
  return pointers
    .filter(({ offset }) => offset >= first)
    .map((pointer) => {
      const line = edgeLineOf(pointer.offset);
      const row = rows.get(line) ?? 0;
      rows.set(line, row + 1);
      return { ...pointer, row };
    });
}

function drawnPointer({ label, kind, row }: Stacked, { x, y }: Point, cellsInLine: number): DrawnPointer {
  const width = cellsInLine * (cellWidth + gap);
  const at = x - gap / 2;
  const anchor = at < width / 2 ? 'start' : 'end';
  return { x: at, y, label, kind, row, anchor };
}
