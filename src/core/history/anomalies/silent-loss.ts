import { eventsOfAll, finding, type AnomalyRule } from './rule.js';
import { lostValues, wasToldOk } from './values.js';

/**
 * The value is lost and its client was told ok (with a transaction: that it is committed), so nobody will send it again.
 * With acks=0 "ok" only means that the request was written to the socket. One case for each value.
 */
export const silentLoss: AnomalyRule = {
  name: 'silent-loss',
  informational: false,
  find: (evidence) =>
    lostValues(evidence)
      .filter(wasToldOk)
      .map(({ topic, value, sends }) => finding({ value, topic, events: eventsOfAll(sends) })),
};
