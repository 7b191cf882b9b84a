import type { Delivery } from '../evidence/deliveries.js';
import type { Send } from '../evidence/sends.js';
import { eventsOfAll, finding, type AnomalyRule } from './rule.js';

/**
 * A process polled a value that it had itself sent in a transaction which had not ended yet (Jepsen
 * `precommitted-read`): not even its own reads may see a transaction before its commit.
 */
export const precommittedRead: AnomalyRule = {
  name: 'precommitted-read',
  informational: false,
  find: ({ deliveries, sends }) =>
    deliveries.flatMap((delivery) =>
      sends
        .filter((send) => isOwnUncommitted(delivery, send))
        .slice(0, 1)
        .map((send) =>
          finding({
            value: delivery.value,
            topic: delivery.topic,
            partition: delivery.partition,
            offsets: [delivery.offset],
            process: delivery.process,
            events: eventsOfAll([send, delivery]),
            ...(send.transaction === undefined ? {} : { transaction: send.transaction.id }),
          }),
        ),
    ),
};

function isOwnUncommitted(delivery: Delivery, send: Send): boolean {
  return (
    send.transaction !== undefined &&
    send.process === delivery.process &&
    send.topic === delivery.topic &&
    send.value === delivery.value &&
    (send.offset === undefined || send.offset === delivery.offset) &&
    send.invokedAt < delivery.seq &&
    delivery.seq < (send.transaction.endedAt ?? Number.POSITIVE_INFINITY)
  );
}
