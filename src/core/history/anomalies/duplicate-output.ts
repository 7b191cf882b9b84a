import { groupBy } from '../../group-by.js';
import { placeKey } from '../place-key.js';
import { visibleOutputs } from './outputs.js';
import { eventsOfAll, finding, type AnomalyRule } from './rule.js';

/** Two or more visible outputs were derived from one input record; counts the outputs beyond the first. */
export const duplicateOutput: AnomalyRule = {
  name: 'duplicate-output',
  informational: false,
  find: (evidence) =>
    [...groupBy(visibleOutputs(evidence), ({ source }) => placeKey(source)).values()].flatMap((outputs) => {
      const [first] = outputs;
      return first === undefined || outputs.length < 2
        ? []
        : [
            finding(
              {
                value: first.record.value,
                topic: first.record.topic,
                partition: first.record.partition,
                offsets: outputs.map(({ record }) => record.offset),
                events: eventsOfAll(outputs.map(({ record }) => record)),
              },
              outputs.length - 1,
            ),
          ];
    }),
};
