import { pollFinding, pollSteps } from './poll-steps.js';
import type { AnomalyRule } from './rule.js';

/**
 * A reader was given the same record again or an earlier one in its next poll: index delta < 1, without a reassignment
 * and without an abort of its own between (Jepsen `nonmonotonic-poll`). One case for each step.
 */
export const nonmonotonicPoll: AnomalyRule = {
  name: 'nonmonotonic-poll',
  informational: false,
  find: (evidence) =>
    pollSteps(evidence)
      .filter(({ inside, delta }) => !inside && delta < 1)
      .map(pollFinding),
};
