import { eventsOfAll, finding, type AnomalyRule } from './rule.js';
import { sentValues } from './values.js';

/**
 * The application asked for the send, no produce request with that value ever left the client, and no log holds it: it
 * was lost in the client's own queue. A request that the network lost did leave. Nothing is claimed of a history
 * without wire events.
 */
export const lostInClient: AnomalyRule = {
  name: 'lost-in-client',
  informational: false,
  find: (evidence) =>
    !evidence.wire.recorded
      ? []
      : sentValues(evidence)
          .filter(({ topic, copies }) => evidence.log.drained(topic) && copies.length === 0)
          .filter(({ topic, value }) => !evidence.wire.transmitted(topic, value))
          .map(({ topic, value, sends }) => finding({ value, topic, events: eventsOfAll(sends) })),
};
