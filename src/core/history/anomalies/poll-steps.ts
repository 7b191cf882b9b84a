import { groupBy } from '../../group-by.js';
import type { Delivery } from '../evidence/deliveries.js';
import type { Evidence } from '../evidence/evidence.js';
import { eventsOfAll, finding, type Finding } from './rule.js';

/** Two successive observations of one partition by one process. */
export interface PollStep {
  readonly from: Delivery;
  readonly to: Delivery;
  /** Both in the result of one poll, or in two polls one after the other. */
  readonly inside: boolean;
  /**
   * Difference of their indexes, an index being the dense rank of an offset among the records that this reader could
   * see: 1 for neighbours, more when something between was left out, 0 or less when it went back.
   */
  readonly delta: number;
}

/**
 * The steps of all readers. A rebalance between two observations starts anew: the member was told where to begin. So
 * does an abort of the reader's own transaction: to go back is then its duty (kafkajs and librdkafka do not by
 * themselves).
 */
export function pollSteps(evidence: Evidence): readonly PollStep[] {
  const restarts = restartsOf(evidence);
  const byReader = groupBy(
    evidence.deliveries,
    ({ process, topic, partition }) => `${process}\n${topic}\n${partition}`,
  );
  return [...byReader.values()].flatMap((observations) =>
    observations.slice(1).flatMap((to, index) => {
      const from = observations[index];
      const restarted = from !== undefined && restarts.some((restart) => isBetween(restart, from, to));
      return from === undefined || restarted
        ? []
        : [{ from, to, inside: from.seq === to.seq, delta: deltaOf(from, to, evidence) }];
    }),
  );
}

export function pollFinding({ from, to }: PollStep): Finding {
  return finding({
    value: to.value,
    topic: to.topic,
    partition: to.partition,
    offsets: [from.offset, to.offset],
    process: to.process,
    events: eventsOfAll([from, to]),
  });
}

interface Restart {
  readonly process: string;
  readonly seq: number;
}

function restartsOf({ history, performed }: Evidence): readonly Restart[] {
  return [
    ...history.filter((event) => event.type === 'rebalance'),
    ...performed
      .filter(({ what }) => what.f === 'abort')
      .map(({ process, invokedAt }) => ({ process, seq: invokedAt })),
  ];
}

function isBetween(restart: Restart, from: Delivery, to: Delivery): boolean {
  return restart.process === to.process && from.seq < restart.seq && restart.seq < to.seq;
}

function deltaOf(from: Delivery, to: Delivery, evidence: Evidence): number {
  if (to.offset <= from.offset) {
    return -offsetsBetween(to, from, evidence) - (to.offset === from.offset ? 0 : 1);
  }
  return offsetsBetween(from, to, evidence) + 1;
}

/** Aborted records and markers take offsets that a read_committed reader never sees: they are no gap for it. */
function offsetsBetween(low: Delivery, high: Delivery, evidence: Evidence): number {
  if (high.offset - low.offset <= 1) {
    return 0;
  }
  const { log, deliveries, sends } = evidence;
  const known = log.drained(low.topic)
    ? log.records.filter(({ visible }) => visible || low.isolation === 'read_uncommitted')
    : [...deliveries, ...sends.filter(({ told }) => told === 'ok')];
  const between = known
    .filter(({ topic, partition }) => topic === low.topic && partition === low.partition)
    .map(({ offset }) => offset)
    .filter((offset) => offset !== undefined && low.offset < offset && offset < high.offset);
  return new Set(between).size;
}
