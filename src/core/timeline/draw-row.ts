import { isFrame } from './steps.js';
import { networkLane, seeder, type LaneId, type Step } from './step.js';
import type { Row } from './folds.js';
import type { Timeline } from './timeline.js';
import type { Words } from './words.js';

export interface DrawnRow {
  /** Index among all rows. */
  readonly index: number;
  readonly kind: Row['kind'];
  readonly first: number;
  readonly last: number;
  readonly y: number;
  readonly height: number;
  /** Where in the row its mark stands, from its top. */
  readonly middle: number;
  readonly time: 'past' | 'current' | 'future';
  readonly mark: Mark;
}

export type Mark =
  | Arrow
  /** Something happens at one place. */
  | {
      readonly kind: 'dot';
      readonly tone: Tone;
      readonly x: number;
      readonly label: string;
      readonly side: 'left' | 'right';
    }
  /** A process begins or ends. */
  | {
      readonly kind: 'life';
      readonly event: 'start' | 'stop' | 'crash';
      readonly x: number;
      readonly label: string;
      readonly strike: string;
    }
  /** Told across all lanes: a stretch of steps, a reader's finding, a note. */
  | { readonly kind: 'pill' | 'thin' | 'band'; readonly x: number; readonly label: string };

export interface Arrow {
  readonly kind: 'arrow';
  readonly from: number;
  readonly to: number;
  readonly isResponse: boolean;
  readonly label: string;
  /** Where it broke, and what broke it. */
  readonly broken?: { readonly x: number; readonly strike: string };
  /** It arrives, but late. */
  readonly delayed?: string;
}

export type Tone = 'plain' | 'good' | 'bad' | 'warn';

export interface RowRequest {
  readonly row: Row;
  readonly index: number;
  readonly y: number;
  readonly current: number;
  readonly timeline: Timeline;
  readonly words: Words;
  readonly xOf: (lane: LaneId) => number;
  readonly isDrawn: (lane: LaneId) => boolean;
  /** Between the outermost lanes: what is told across all of them stands there. */
  readonly center: number;
}

export function drawRow(request: RowRequest): DrawnRow {
  const { row, index, y, current } = request;
  const mark = markOf(request);
  const height = heightOf(mark);
  const time = index < current ? 'past' : index === current ? 'current' : 'future';
  const { kind, first, last } = row;
  return { index, kind, first, last, y, height, middle: height / 2, time, mark };
}

function heightOf(mark: Mark): number {
  if (mark.kind === 'arrow') return mark.broken === undefined && mark.delayed === undefined ? 40 : 58;
  if (mark.kind === 'life') return mark.strike === '' ? 30 : 46;
  if (mark.kind === 'thin') return 24;
  return mark.kind === 'dot' ? 28 : 36;
}

function markOf(request: RowRequest): Mark {
  const { row, timeline, words, center: x } = request;
  if (row.kind !== 'step') return { kind: row.isMinor ? 'thin' : 'pill', x, label: words.fold(row) };
  const step = timeline.steps[row.first];
  if (step === undefined) return { kind: 'band', x, label: '' };
  // Of more processes than can stand side by side the others are told by their names.
  const { process } = step;
  if (process !== undefined && process !== seeder && !request.isDrawn(process))
    return { kind: 'band', x, label: `${process}: ${words.step(step)}` };
  if (isFrame(step.event)) return arrow(step, request);
  if (step.event.type === 'process') return life(step, request);
  return isDot(step) ? dot(step, request) : { kind: 'band', x, label: words.step(step) };
}

/** Whether it happens at one place, with its label beside that. */
export function isDot({ event }: Step): boolean {
  return !isFrame(event) && event.type !== 'process' && event.type !== 'drain' && event.type !== 'note';
}

/** A frame of the seeder has no lane to come from; it is not recorded, so this is only a guard for other histories. */
function arrow(step: Step, { xOf, words }: RowRequest): Mark {
  const { event, lane, process = '' } = step;
  const isResponse = event.type === 'response';
  const near = xOf(process === seeder ? lane : process);
  const far = xOf(lane);
  const fate = isFrame(event) ? event.fate : undefined;
  return {
    kind: 'arrow',
    from: isResponse ? far : near,
    to: isResponse ? near : far,
    isResponse,
    label: words.step(step),
    ...(fate === 'lost' || fate === 'cut'
      ? { broken: { x: xOf(networkLane), strike: words.strike(step) } }
      : {}),
    ...(fate === 'delayed' ? { delayed: words.strike(step) } : {}),
  };
}

function life(step: Step, { xOf, words }: RowRequest): Mark {
  const { event, process = '' } = step;
  const what = event.type === 'process' ? event.event : 'stop';
  return {
    kind: 'life',
    event: what === 'error' ? 'crash' : what,
    x: xOf(process),
    label: words.step(step),
    strike: step.fault === undefined ? '' : words.strike(step),
  };
}

function dot(step: Step, { xOf, words, center }: RowRequest): Mark {
  const x = xOf(step.lane);
  return {
    kind: 'dot',
    tone: toneOf(step),
    x,
    label: words.step(step),
    side: x > center ? 'right' : 'left',
  };
}

function toneOf({ event, fault }: Step): Tone {
  if (fault !== undefined) return 'bad';
  switch (event.type) {
    case 'append':
      return 'good';
    case 'ok':
      return event.f === 'effect' ? 'good' : 'plain';
    case 'marker':
      return event.commit ? 'good' : 'warn';
    case 'fail':
    case 'truncated':
    case 'fenced':
      return 'bad';
    case 'info':
    case 'deduplicated':
      return 'warn';
    default:
      return 'plain';
  }
}
