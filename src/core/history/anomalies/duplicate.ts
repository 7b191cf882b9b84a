import { groupBy } from '../../group-by.js';
import { eventsOfAll, finding, type AnomalyRule } from './rule.js';

/**
 * One value stands at two or more places of one topic, as read_committed sees it at the end: what was aborted, or is
 * still held back, is no duplicate. Counts the copies beyond the first. Outputs that were derived from an input record
 * are left to `duplicate-output`, which asks about their source.
 */
export const duplicate: AnomalyRule = {
  name: 'duplicate',
  informational: false,
  find: ({ log }) => {
    const written = log.records.filter(({ visible, writer }) => visible && writer?.source === undefined);
    return [...groupBy(written, ({ topic, value }) => `${topic}\n${value}`).values()].flatMap((copies) => {
      const [first] = copies;
      return first === undefined || copies.length < 2
        ? []
        : [
            finding(
              {
                value: first.value,
                topic: first.topic,
                partition: first.partition,
                offsets: copies.map(({ offset }) => offset),
                events: eventsOfAll([...copies, ...(first.writer === undefined ? [] : [first.writer])]),
              },
              copies.length - 1,
            ),
          ];
    });
  },
};
