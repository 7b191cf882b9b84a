import { isPassed, processedValues } from './processing.js';
import { eventsOfAll, finding, type AnomalyRule } from './rule.js';

/**
 * A value is visible to the group, had no effect, and the group's committed offset is past it: it will never have one.
 * An effect that a crash cut off may have happened, so it is no proof. One case for each value and group.
 */
export const skipped: AnomalyRule = {
  name: 'skipped',
  informational: false,
  find: (evidence) =>
    processedValues(evidence)
      .filter(({ done, unknown }) => done.length === 0 && unknown.length === 0)
      .filter(({ group, copies }) => copies.every((record) => isPassed(evidence, group, record)))
      .map(({ group, topic, value, copies }) =>
        finding({
          value,
          topic,
          group,
          offsets: copies.map(({ offset }) => offset),
          events: eventsOfAll([
            ...copies,
            ...evidence.deliveries.filter((one) => one.topic === topic && one.value === value),
            ...copies.map((record) => ({ events: evidence.offsets.passing(group, record) })),
          ]),
        }),
      ),
};
