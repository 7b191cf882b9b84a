import type { Belief } from './beliefs.js';
import type { DrawnRow } from './draw-row.js';
import { stepOfEvent } from './places.js';
import type { LaneId } from './step.js';
import type { Timeline } from './timeline.js';

/** While a client waits for an answer, or does not know: a bar along its lane. */
export interface Bar {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  readonly state: 'waiting' | 'unknown';
  /** Still to come, from where the learner stands. */
  readonly isFuture: boolean;
}

interface Span {
  readonly lane: LaneId;
  readonly from: number;
  /** Absent: never answered, so unknown to the end of the run. */
  readonly to?: number;
  readonly state: Bar['state'];
}

/** Of the messages in the drawn rows, and of those that the run is about. */
export function barsOf(
  timeline: Timeline,
  drawn: readonly DrawnRow[],
  { xOf, isDrawn }: { readonly xOf: (lane: LaneId) => number; readonly isDrawn: (lane: LaneId) => boolean },
): readonly Bar[] {
  const values = new Set([
    ...timeline.focus,
    ...drawn
      .filter(({ kind }) => kind === 'step')
      .flatMap(({ first }) => timeline.steps[first]?.values ?? []),
  ]);
  const bottom = drawn.at(-1);
  const end = bottom === undefined ? 0 : bottom.y + bottom.height;
  return [...timeline.beliefs]
    .filter(([process]) => isDrawn(process))
    .flatMap(([, own]) => [...values].flatMap((value) => own.get(value) ?? []))
    .flatMap((belief) => spansOf(belief, timeline))
    .flatMap((span) => bar(span, timeline, drawn, end).map((one) => ({ ...one, x: xOf(span.lane) })))
    .flatMap((one) => cutAt(one, presentIn(drawn)));
}

/** Down to where the learner stands it has happened. */
function presentIn(drawn: readonly DrawnRow[]): number {
  const row = drawn.findLast(({ time }) => time !== 'future');
  return row === undefined ? 0 : row.y + row.height;
}

function cutAt(one: Omit<Bar, 'isFuture'>, present: number): readonly Bar[] {
  const past = { ...one, bottom: Math.min(one.bottom, present), isFuture: false };
  const future = { ...one, top: Math.max(one.top, present), isFuture: true };
  return [past, future].filter(({ top, bottom }) => bottom > top);
}

/** An answer that a dead process was still waiting for never comes to anybody. */
function spansOf({ process, changes }: Belief, { deaths }: Timeline): readonly Span[] {
  const death = deaths.get(process);
  return changes.flatMap(({ at, state }, index): readonly Span[] => {
    if (state !== 'waiting' && state !== 'unknown') return [];
    const next = changes[index + 1]?.at;
    if (next !== undefined) return [{ lane: process, from: at, to: next, state }];
    const unknown: Span = { lane: process, from: state === 'unknown' ? at : (death ?? at), state: 'unknown' };
    return state === 'waiting' && death !== undefined
      ? [{ lane: process, from: at, to: death, state }, unknown]
      : [state === 'waiting' ? { ...unknown, state } : unknown];
  });
}

function bar(
  { from, to, state }: Span,
  { steps }: Timeline,
  drawn: readonly DrawnRow[],
  end: number,
): readonly Omit<Bar, 'x' | 'isFuture'>[] {
  const top = placeOf(stepOfEvent(steps, from), drawn, end);
  const bottom = to === undefined ? end : placeOf(stepOfEvent(steps, to), drawn, end);
  return bottom <= top ? [] : [{ top, bottom, state }];
}

/** Where a step stands, or the fold that hides it; outside of the drawn rows, the edge that it lies beyond. */
function placeOf(step: number, drawn: readonly DrawnRow[], end: number): number {
  const row = drawn.find(({ kind, last }) => kind !== 'opened' && last >= step);
  if (row === undefined) return end;
  return row.first <= step ? row.y + row.middle : row.y;
}
