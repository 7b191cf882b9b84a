import { groupBy } from '../../group-by.js';
import { eventsOfAll, finding, type AnomalyRule } from './rule.js';

/**
 * One value had its effect more than once in one group; counts the effects beyond the first. What the ledger refused
 * (`skipped`) was no effect, and one that a crash cut off is not counted: it may not have happened.
 */
export const duplicateEffect: AnomalyRule = {
  name: 'duplicate-effect',
  informational: false,
  find: ({ effects }) => {
    const done = effects.filter(({ outcome }) => outcome === 'done');
    const byValue = groupBy(done, ({ group, topic, value }) => `${group}\n${topic}\n${value}`);
    return [...byValue.values()].flatMap((repeated) => {
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
    });
  },
};
