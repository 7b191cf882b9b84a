import { groupBy } from '../../group-by.js';
import { eventsOfAll, finding, type AnomalyRule } from './rule.js';

/**
 * A group was handed one value more than once; counts the deliveries beyond the first. Allowed: exactly once is about
 * effects and outputs, never about deliveries. Shown as information.
 */
export const duplicateDelivery: AnomalyRule = {
  name: 'duplicate-delivery',
  informational: true,
  find: ({ deliveries }) =>
    [...groupBy(deliveries, ({ group, topic, value }) => `${group}\n${topic}\n${value}`).values()].flatMap(
      (repeated) => {
        const [first] = repeated;
        return first === undefined || repeated.length < 2
          ? []
          : [
              finding(
                {
                  value: first.value,
                  topic: first.topic,
                  partition: first.partition,
                  group: first.group,
                  offsets: repeated.map(({ offset }) => offset),
                  events: eventsOfAll(repeated),
                },
                repeated.length - 1,
              ),
            ];
      },
    ),
};
