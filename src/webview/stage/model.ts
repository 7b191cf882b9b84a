import { firstIndex } from '../../core/sorted.js';
import { isStop, rowOfStep, rowsOf, type Row } from '../../core/timeline/folds.js';
import { actorAt, stepOfEvent } from '../../core/timeline/places.js';
import type { Step } from '../../core/timeline/step.js';
import type { Timeline } from '../../core/timeline/timeline.js';
import type { Words } from '../../core/timeline/words.js';
import type { PageView } from '../../shared/page.js';

/** Where the learner stands in a run: all parts of the stage are drawn from this. */
export interface StageModel {
  readonly timeline: Timeline;
  readonly words: Words;
  readonly rows: readonly Row[];
  /** Index of the row that is looked at. */
  readonly current: number;
  /** Rows on which stepping rests, and which of them this is (or the next one, on a row that is stepped over). */
  readonly stops: readonly number[];
  readonly stop: number;
  /** Where a step on leads: from a row that is stepped over, to the next one that is not. */
  readonly next: number;
  /** The last step of the row. */
  readonly step: Step;
  /** What was true at this sequence number is shown. */
  readonly moment: number;
  /** The moment of the row before: what came since is new. */
  readonly before: number;
  /** No stop follows: all is told. */
  readonly isEnd: boolean;
  /** Whose knowledge is shown. */
  readonly process: string | undefined;
}

/** Undefined for a history in which nothing is told. */
export function stageModel(
  timeline: Timeline,
  words: Words,
  { moment, opened }: Pick<PageView, 'moment' | 'opened'>,
): StageModel | undefined {
  const { steps } = timeline;
  const { rows, stops } = linesOf(timeline, opened);
  const at = moment === undefined ? steps.length - 1 : stepOfEvent(steps, moment);
  const current = rowOfStep(rows, at);
  const step = steps[rows[current]?.last ?? -1];
  if (step === undefined) return undefined;
  const stop = firstIndex(stops, (index) => index >= current);
  return {
    timeline,
    words,
    rows,
    current,
    stops,
    stop: Math.min(stop, stops.length - 1),
    next: stops[stop] === current ? stop + 1 : stop,
    step,
    moment: step.until,
    before: steps[(rows[current]?.first ?? 0) - 1]?.until ?? -1,
    isEnd: (stops.at(-1) ?? -1) <= current,
    process: actorAt(steps, step.index),
  };
}

interface Lines {
  readonly opened: PageView['opened'];
  readonly rows: readonly Row[];
  readonly stops: readonly number[];
}

const lastLines = new WeakMap<Timeline, Lines>();

/** The same from step to step, until a stretch is opened or folded. */
function linesOf(timeline: Timeline, opened: PageView['opened']): Lines {
  const known = lastLines.get(timeline);
  if (known?.opened === opened) return known;
  const rows = rowsOf(timeline.steps.length, timeline.folds, new Set(opened));
  const stops = rows.flatMap((row, index) => (isStop(row) ? [index] : []));
  const lines = { opened, rows, stops };
  lastLines.set(timeline, lines);
  return lines;
}

/** The moment of a stop: an event by which the page's state names it. */
export function momentOf({ timeline, rows, stops }: StageModel, stop: number): number | undefined {
  const row = rows[stops[stop] ?? -1];
  return row === undefined ? undefined : timeline.steps[row.last]?.event.seq;
}
