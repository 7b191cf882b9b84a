import type { Fold } from './folds.js';
import type { LaneId, Step } from './step.js';

/** The few words that a drawing holds, in the learner's language. */
export interface Words {
  readonly lane: (lane: LaneId) => string;
  /** At an arrow or a dot: as short as can be. */
  readonly step: (step: Step) => string;
  readonly fold: (fold: Fold) => string;
  /** What struck, beside a broken arrow or at a death. */
  readonly strike: (step: Step) => string;
}
