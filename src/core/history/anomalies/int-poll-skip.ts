import { pollFinding, pollSteps } from './poll-steps.js';
import type { AnomalyRule } from './rule.js';

/** The same as `poll-skip` between two records of one poll: index delta > 1 (Jepsen `int-poll-skip`). */
export const internalPollSkip: AnomalyRule = {
  name: 'int-poll-skip',
  informational: false,
  find: (evidence) =>
    pollSteps(evidence)
      .filter(({ inside, delta }) => inside && delta > 1)
      .map(pollFinding),
};
