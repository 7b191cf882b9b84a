import type { AnomalyRule } from './rule.js';
import { sendFinding, sendSteps } from './send-steps.js';

/** The same as `nonmonotonic-send` between two sends of one transaction (Jepsen `int-nonmonotonic-send`). */
export const internalNonmonotonicSend: AnomalyRule = {
  name: 'int-nonmonotonic-send',
  informational: false,
  find: (evidence) =>
    sendSteps(evidence)
      .filter(({ inside, fromOffset, toOffset }) => inside && toOffset <= fromOffset)
      .map(sendFinding),
};
