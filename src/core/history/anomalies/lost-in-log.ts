import { eventsOfAll, finding, type AnomalyRule } from './rule.js';
import { sentValues } from './values.js';

/**
 * The broker acknowledged the value with an offset, its transaction included, and at the end no log holds it: not even
 * read_uncommitted sees it. So the loss happened behind the broker's word (a failover, say), not on the way to it.
 */
export const lostInLog: AnomalyRule = {
  name: 'lost-in-log',
  informational: false,
  find: (evidence) =>
    sentValues(evidence)
      .filter(({ topic, copies }) => evidence.log.drained(topic) && copies.length === 0)
      .flatMap(({ topic, value, sends }) =>
        sends
          .filter(({ told, offset }) => told === 'ok' && offset !== undefined)
          .slice(0, 1)
          .map((send) =>
            finding({
              value,
              topic,
              partition: send.partition,
              process: send.process,
              events: eventsOfAll([send]),
              ...(send.offset === undefined ? {} : { offsets: [send.offset] }),
            }),
          ),
      ),
};
