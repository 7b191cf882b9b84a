import type { History } from '../history/events.js';
import { tellingEvent } from '../history/telling-event.js';
import { isViolation, type Verdict } from '../history/verdict.js';
import type { Step } from './step.js';
import { stepOfEvent } from './places.js';

/** Steps worth going to at once. */
export interface Jumps {
  readonly fault?: number;
  readonly firstAnomaly?: number;
}

export function jumpsOf(steps: readonly Step[], history: History, { anomalies }: Verdict): Jumps {
  const fault = steps.find((step) => step.fault !== undefined)?.index;
  const violation = anomalies.find(isViolation);
  const seq = violation && tellingEvent(violation.name, violation.witnesses[0]?.events ?? [], history);
  const shown = seq === undefined ? -1 : stepOfEvent(steps, seq);
  return { ...(fault === undefined ? {} : { fault }), ...(shown < 0 ? {} : { firstAnomaly: shown }) };
}
