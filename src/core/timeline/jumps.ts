import { isViolation, type Verdict } from '../history/verdict.js';
import type { Step } from './step.js';
import { stepOfEvent } from './places.js';

/** Steps worth going to at once. */
export interface Jumps {
  readonly fault?: number;
  readonly firstAnomaly?: number;
}

export function jumpsOf(steps: readonly Step[], { anomalies }: Verdict): Jumps {
  const fault = steps.find((step) => step.fault !== undefined)?.index;
  const violation = anomalies.find(isViolation);
  const events = violation?.witnesses[0]?.events ?? [];
  // That somebody was kept waiting shows in what a reader was not given.
  const shown = violation?.name === 'blocked' ? stepAt(steps, events.at(-1)) : witnessStep(steps, events);
  return {
    ...(fault === undefined ? {} : { fault }),
    ...(shown === undefined ? {} : { firstAnomaly: shown }),
  };
}

function stepAt(steps: readonly Step[], seq: number | undefined): number | undefined {
  return seq === undefined ? undefined : stepOfEvent(steps, seq);
}

/**
 * The step that shows a witness best: what a client or a broker did says more than the reader's summary at the end. Of
 * several it is the last one: the second append, not the first, is what should not have been.
 */
function witnessStep(steps: readonly Step[], events: readonly number[]): number | undefined {
  const shown = events.map((seq) => stepOfEvent(steps, seq)).filter((index) => index >= 0);
  return shown.findLast((index) => steps[index]?.event.type !== 'drain') ?? shown.at(-1);
}
