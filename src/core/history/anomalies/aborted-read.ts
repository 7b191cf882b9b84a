import type { Delivery } from '../evidence/deliveries.js';
import type { Evidence } from '../evidence/evidence.js';
import { finding, type AnomalyRule, type Finding } from './rule.js';

/**
 * A read_committed reader, a poll or the final drain, was given a value whose transaction is known to be aborted (G1a):
 * by its marker, or because its client's abort succeeded. Under read_uncommitted that is expected: `aborted-visible`.
 * One case for each place and reader.
 */
export const abortedRead: AnomalyRule = {
  name: 'aborted-read',
  informational: false,
  find: (evidence) => [...abortedPolls(evidence), ...abortedInDrain(evidence)],
};

function abortedPolls(evidence: Evidence): readonly Finding[] {
  return evidence.deliveries
    .filter((delivery) => delivery.isolation === 'read_committed' && wasAborted(delivery, evidence))
    .map(({ topic, partition, offset, value, process, events }) =>
      finding({ topic, partition, offsets: [offset], value, process, events }),
    );
}

/** By the record at its place; without a drain, by what the senders of that value were told. */
function wasAborted({ topic, partition, offset, value }: Delivery, { log, sends }: Evidence): boolean {
  const record = log.at(topic, partition, offset);
  if (record?.value === value) {
    return record.fate === 'aborted';
  }
  const writers = sends.filter((send) => send.topic === topic && send.value === value);
  return writers.length > 0 && writers.every(({ told }) => told === 'aborted');
}

function abortedInDrain({ log }: Evidence): readonly Finding[] {
  return log.records
    .filter(({ visible, fate, writer }) => visible && (fate === 'aborted' || writer?.told === 'aborted'))
    .map(({ topic, partition, offset, value, events, writer }) =>
      finding({
        topic,
        partition,
        offsets: [offset],
        value,
        events,
        ...(writer?.transaction === undefined ? {} : { transaction: writer.transaction.id }),
      }),
    );
}
