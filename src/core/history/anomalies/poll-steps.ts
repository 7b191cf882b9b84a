import { groupBy } from '../../group-by.js';
import { ascending, countBetween } from '../../sorted.js';
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
  const known = knownOffsets(evidence);
  const byReader = groupBy(
    evidence.deliveries,
    (delivery) => `${delivery.process}\n${partitionKey(delivery)}`,
  );
  return [...byReader.values()].flatMap((observations) =>
    observations.slice(1).flatMap((to, index) => {
      const from = observations[index];
      return from === undefined || countBetween(restarts.get(to.process) ?? [], from.seq, to.seq) > 0
        ? []
        : [{ from, to, inside: from.seq === to.seq, delta: deltaOf(from, to, known(from)) }];
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

/** The sequence numbers of what makes a process start anew, ascending. */
function restartsOf({ history, performed }: Evidence): ReadonlyMap<string, readonly number[]> {
  const restarts = [
    ...history.filter((event) => event.type === 'rebalance'),
    ...performed
      .filter(({ what }) => what.f === 'abort')
      .map(({ process, invokedAt }) => ({ process, seq: invokedAt })),
  ];
  const byProcess = groupBy(restarts, ({ process }) => process);
  return new Map([...byProcess].map(([process, all]) => [process, ascending(all.map(({ seq }) => seq))]));
}

function deltaOf(from: Delivery, to: Delivery, known: readonly number[]): number {
  return to.offset > from.offset
    ? countBetween(known, from.offset, to.offset) + 1
    : -countBetween(known, to.offset, from.offset) - (to.offset === from.offset ? 0 : 1);
}

/**
 * The offsets, ascending, that a reader could see in the partition of a delivery. Aborted records and markers take
 * offsets that a read_committed reader never sees: they are no gap for it. Sorted once for each partition, since a
 * long history has many steps.
 */
function knownOffsets({ log, deliveries, sends }: Evidence): (delivery: Delivery) => readonly number[] {
  const told = groupBy([...deliveries, ...sends.filter((send) => send.told === 'ok')], partitionKey);
  const written = groupBy(log.records, partitionKey);
  const offsetsFor = (delivery: Delivery): readonly number[] => {
    const place = partitionKey(delivery);
    const records = log.drained(delivery.topic)
      ? written.get(place)?.filter(({ visible }) => visible || delivery.isolation === 'read_uncommitted')
      : told.get(place);
    return ascending((records ?? []).map(({ offset }) => offset).filter((offset) => offset !== undefined));
  };
  const known = new Map<string, readonly number[]>();
  return (delivery) => {
    const key = `${delivery.isolation}\n${partitionKey(delivery)}`;
    const offsets = known.get(key) ?? offsetsFor(delivery);
    known.set(key, offsets);
    return offsets;
  };
}

function partitionKey({ topic, partition }: { readonly topic: string; readonly partition: number }): string {
  return `${topic}\n${partition}`;
}
