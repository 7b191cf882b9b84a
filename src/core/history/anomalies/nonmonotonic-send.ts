import type { AnomalyRule } from './rule.js';
import { sendFinding, sendSteps } from './send-steps.js';

/**
 * Reordered: of two successive sends of one process to one partition, the later one landed before the earlier one or
 * at its place: index delta < 1 (Jepsen `nonmonotonic-send`). One case for each pair.
 */
export const nonmonotonicSend: AnomalyRule = {
  name: 'nonmonotonic-send',
  informational: false,
  find: (evidence) =>
    sendSteps(evidence)
      .filter(({ inside, fromOffset, toOffset }) => !inside && toOffset <= fromOffset)
      .map(sendFinding),
};
