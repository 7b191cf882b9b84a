import { barsOf, type Bar } from './bars.js';
import { drawRow, isDot, type DrawnRow } from './draw-row.js';
import { brokerLane, fixedLanes, networkLane, type LaneId } from './step.js';
import type { Row } from './folds.js';
import type { Timeline } from './timeline.js';
import type { Words } from './words.js';

/** What to draw: which rows, where the learner stands, in which words. */
export interface DiagramRequest {
  readonly timeline: Timeline;
  readonly rows: readonly Row[];
  /** Index of the row that is looked at; those below it are still to come. */
  readonly current: number;
  /** Rows to draw: from this one on, and before that one. Others would make a long history slow to draw. */
  readonly from: number;
  readonly to: number;
  readonly words: Words;
}

/** The sequence diagram as plain data, in the units of its own coordinates (one is a CSS pixel at natural size). */
export interface Diagram {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly DrawnLane[];
  readonly bars: readonly Bar[];
  readonly rows: readonly DrawnRow[];
}

export interface DrawnLane {
  readonly id: LaneId;
  readonly name: string;
  readonly x: number;
  readonly kind: 'process' | 'network' | 'broker';
  /** Where its line begins and ends. */
  readonly top: number;
  readonly bottom: number;
}

export const headHeight = 34;

export function layOut(request: DiagramRequest): Diagram {
  const lanes = lanesIn(request);
  const placed = placesOf(lanes, marginsOf(request, lanes));
  const rows: DrawnRow[] = [];
  let y = headHeight + 10;
  for (let index = request.from; index < request.to; index += 1) {
    const row = request.rows[index];
    if (row === undefined) continue;
    const drawn = drawRow({ row, index, y, ...request, ...placed });
    rows.push(drawn);
    y += drawn.height;
  }
  const height = y + 10;
  return {
    width: placed.width,
    height,
    rows,
    bars: barsOf(request.timeline, rows, placed),
    lanes: lanes.map((id) => drawnLane(id, request, rows, { x: placed.xOf(id), height })),
  };
}

/** More processes than these cannot stand side by side: then only those are drawn that act in these rows. */
const mostProcesses = 5;

function lanesIn({ timeline, rows, from, to }: DiagramRequest): readonly LaneId[] {
  const processes = timeline.lanes.filter((lane) => !fixedLanes.has(lane));
  if (processes.length <= mostProcesses) return timeline.lanes;
  const acting = new Set<LaneId>();
  for (const { kind, first } of rows.slice(from, to)) {
    const process = timeline.steps[first]?.process;
    if (kind === 'step' && process !== undefined) acting.add(process);
  }
  const shown = processes.filter((lane) => acting.has(lane)).slice(0, mostProcesses);
  return [...shown, ...timeline.lanes.filter((lane) => fixedLanes.has(lane))];
}

interface Places {
  /** What has no lane of its own here is asked of the broker. */
  readonly xOf: (lane: LaneId) => number;
  readonly isDrawn: (lane: LaneId) => boolean;
  readonly width: number;
  readonly center: number;
}

interface Margins {
  readonly left: number;
  readonly right: number;
}

const leastMargin = 58;
/** A wide character of the label's font, in its size. */
const characterWidth = 7.4;

/** Room at both sides for the labels of what happens in a lane: they stand away from the middle. */
function marginsOf({ timeline, rows, from, to, words }: DiagramRequest, lanes: readonly LaneId[]): Margins {
  const gap = gapOf(lanes);
  const last = lanes.length - 1;
  let left = leastMargin;
  let right = leastMargin;
  for (const { kind, first } of rows.slice(from, to)) {
    const step = kind === 'step' ? timeline.steps[first] : undefined;
    const lane = step === undefined ? -1 : lanes.indexOf(step.lane);
    if (step === undefined || lane < 0 || !isDot(step)) continue;
    const room = words.step(step).length * characterWidth + 20;
    if (lane > last / 2) right = Math.max(right, room - (last - lane) * gap);
    else left = Math.max(left, room - lane * gap);
  }
  return { left, right };
}

function gapOf({ length }: readonly LaneId[]): number {
  return length <= 3 ? 190 : length === 4 ? 150 : length === 5 ? 114 : 99;
}

function placesOf(lanes: readonly LaneId[], { left, right }: Margins): Places {
  const gap = gapOf(lanes);
  const xs = new Map(lanes.map((lane, index) => [lane, left + index * gap]));
  const span = (lanes.length - 1) * gap;
  return {
    width: left + span + right,
    center: left + span / 2,
    xOf: (lane) => xs.get(lane) ?? xs.get(brokerLane) ?? left,
    isDrawn: (lane) => xs.has(lane),
  };
}

function drawnLane(
  id: LaneId,
  { timeline, words }: DiagramRequest,
  rows: readonly DrawnRow[],
  { x, height }: { readonly x: number; readonly height: number },
): DrawnLane {
  const kind = !fixedLanes.has(id) ? 'process' : id === networkLane ? 'network' : 'broker';
  const life = kind === 'process' ? lifeOf(id, timeline, rows, height) : { top: headHeight, bottom: height };
  return { id, name: words.lane(id), x, kind, ...life };
}

/** A process's line begins where it starts and ends where it stops or dies. */
function lifeOf(
  id: LaneId,
  { steps }: Timeline,
  rows: readonly DrawnRow[],
  height: number,
): Pick<DrawnLane, 'top' | 'bottom'> {
  let top = headHeight;
  let bottom = height;
  for (const { first, kind, y, middle } of rows) {
    const step = kind === 'step' ? steps[first] : undefined;
    if (step?.event.type !== 'process' || step.event.process !== id) continue;
    if (step.event.event === 'start') top = y + middle;
    else bottom = y + middle;
  }
  return { top, bottom: Math.max(top, bottom) };
}
