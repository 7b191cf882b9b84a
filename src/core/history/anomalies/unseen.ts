import { groupBy } from '../../group-by.js';
import type { Evidence } from '../evidence/evidence.js';
import { eventsOfAll, finding, type AnomalyRule } from './rule.js';

/**
 * A value is visible in a topic that somebody reads (a member was assigned to it, or polled from it), and nobody was
 * handed it by the end (Jepsen `unseen`). It is not lost in the log: it stands there, and a group that began behind it
 * (`auto.offset.reset=latest`) will never ask for it.
 */
export const unseen: AnomalyRule = {
  name: 'unseen',
  informational: false,
  find: (evidence) => {
    // A broker knows what it sent, not what was handed to anybody.
    if (evidence.run?.observer === 'broker') return [];
    const topics = topicsWithReaders(evidence);
    const seen = new Set(evidence.deliveries.map(({ topic, value }) => `${topic}\n${value}`));
    const missed = evidence.log.records.filter(
      ({ visible, topic, value }) => visible && topics.has(topic) && !seen.has(`${topic}\n${value}`),
    );
    const byValue = groupBy(missed, ({ topic, value }) => `${topic}\n${value}`);
    return [...byValue.values()].flatMap((copies) =>
      copies.slice(0, 1).map(({ topic, partition, value }) =>
        finding({
          value,
          topic,
          partition,
          offsets: copies.map(({ offset }) => offset),
          events: eventsOfAll(copies),
        }),
      ),
    );
  },
};

function topicsWithReaders({ history, deliveries }: Evidence): ReadonlySet<string> {
  const assigned = history
    .filter((event) => event.type === 'rebalance')
    .flatMap((event) => event.assigned.map(({ topic }) => topic));
  return new Set([...assigned, ...deliveries.map(({ topic }) => topic)]);
}
