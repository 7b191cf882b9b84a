import { pollFinding, pollSteps } from './poll-steps.js';
import type { AnomalyRule } from './rule.js';

/**
 * A reader went from one poll to the next past records that it could have seen: index delta > 1, without a
 * reassignment between (Jepsen `poll-skip`). One case for each step.
 */
export const pollSkip: AnomalyRule = {
  name: 'poll-skip',
  informational: false,
  find: (evidence) =>
    pollSteps(evidence)
      .filter(({ inside, delta }) => !inside && delta > 1)
      .map(pollFinding),
};
