import { pollFinding, pollSteps } from './poll-steps.js';
import type { AnomalyRule } from './rule.js';

/** The same as `nonmonotonic-poll` between two records of one poll (Jepsen `int-nonmonotonic-poll`). */
export const internalNonmonotonicPoll: AnomalyRule = {
  name: 'int-nonmonotonic-poll',
  informational: false,
  find: (evidence) =>
    pollSteps(evidence)
      .filter(({ inside, delta }) => inside && delta < 1)
      .map(pollFinding),
};
