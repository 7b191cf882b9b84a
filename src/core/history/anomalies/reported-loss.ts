import { eventsOfAll, finding, type AnomalyRule } from './rule.js';
import { lostValues, wasToldOk } from './values.js';

/**
 * The value is lost and its client was told that it failed, or that the outcome is unknown: somebody could have handled
 * the error. One case for each value.
 */
export const reportedLoss: AnomalyRule = {
  name: 'reported-loss',
  informational: false,
  find: (evidence) =>
    lostValues(evidence)
      .filter((value) => !wasToldOk(value))
      .map(({ topic, value, sends }) => finding({ value, topic, events: eventsOfAll(sends) })),
};
