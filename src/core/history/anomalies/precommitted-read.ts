import { groupBy } from '../../group-by.js';
import type { Delivery } from '../evidence/deliveries.js';
import type { Send } from '../evidence/sends.js';
import { eventsOfAll, finding, type AnomalyRule, type Finding } from './rule.js';

/**
 * A process polled a value that it had itself sent in a transaction which had not ended yet (Jepsen
 * `precommitted-read`): not even its own reads may see a transaction before its commit.
 */
export const precommittedRead: AnomalyRule = {
  name: 'precommitted-read',
  informational: false,
  find: ({ deliveries, sends }) => {
    const own = groupBy(
      sends.filter(({ transaction }) => transaction !== undefined),
      ({ process, topic, value }) => `${process}\n${topic}\n${value}`,
    );
    return deliveries.flatMap((delivery) =>
      (own.get(`${delivery.process}\n${delivery.topic}\n${delivery.value}`) ?? [])
        .filter((send) => isUncommitted(delivery, send))
        .slice(0, 1)
        .map((send) => readFinding(delivery, send)),
    );
  },
};

function readFinding(delivery: Delivery, send: Send): Finding {
  return finding({
    value: delivery.value,
    topic: delivery.topic,
    partition: delivery.partition,
    offsets: [delivery.offset],
    process: delivery.process,
    events: eventsOfAll([send, delivery]),
    ...(send.transaction === undefined ? {} : { transaction: send.transaction.id }),
  });
}

function isUncommitted(delivery: Delivery, send: Send): boolean {
  return (
    (send.offset === undefined || send.offset === delivery.offset) &&
    send.invokedAt < delivery.seq &&
    delivery.seq < (send.transaction?.endedAt ?? Number.POSITIVE_INFINITY)
  );
}
