import { endLabel, type Drain } from '../evidence/drains.js';
import type { Evidence } from '../evidence/evidence.js';
import type { Transaction } from '../evidence/transactions.js';
import type { Witness } from '../verdict.js';
import { eventsOfAll, finding, type AnomalyRule } from './rule.js';

/**
 * The high watermark is beyond the last stable offset: an open transaction hides what stands behind its first record
 * from every read_committed reader, other writers' records too. Judged at the end and at every observation in the
 * middle of the plot (an observation is made where all is expected to be at rest); the witness names which, the open
 * producer, and how long its transaction had been open. One case for each observed partition.
 */
export const blocked: AnomalyRule = {
  name: 'blocked',
  informational: false,
  find: (evidence) =>
    evidence.drains.flatMap(({ uncommitted, committed }) => {
      const drain = uncommitted ?? committed;
      return drain === undefined || drain.highWatermark <= drain.lastStableOffset
        ? []
        : [finding(witness(drain, [committed, uncommitted], evidence))];
    }),
};

function witness(drain: Drain, looks: readonly (Drain | undefined)[], evidence: Evidence): Witness {
  const first = drain.records.find(({ offset }) => offset === drain.lastStableOffset);
  const holder = first === undefined ? undefined : holderOf(drain, first.value, evidence);
  return {
    topic: drain.topic,
    partition: drain.partition,
    offsets: [drain.lastStableOffset, drain.highWatermark],
    events: eventsOfAll([
      ...(holder === undefined ? [] : [holder]),
      ...looks.flatMap((look) => (look === undefined ? [] : [{ events: [look.seq] }])),
    ]),
    ...(drain.label === endLabel ? {} : { observed: drain.label }),
    ...(first?.producerId === undefined ? {} : { producerId: first.producerId }),
    ...(holder === undefined ? {} : heldSince(holder, drain, evidence)),
  };
}

/** The transaction that sent the first held record, the latest one that had been begun when the drain was made. */
function holderOf(drain: Drain, value: string, { sends }: Evidence): Transaction | undefined {
  return sends.findLast(
    (send) =>
      send.topic === drain.topic &&
      send.value === value &&
      send.transaction !== undefined &&
      send.invokedAt < drain.seq,
  )?.transaction;
}

function heldSince(
  { id, process, begunAt }: Transaction,
  drain: Drain,
  { history }: Evidence,
): Pick<Witness, 'transaction' | 'process' | 'ageMs'> {
  const begun = history.find(({ seq }) => seq === begunAt);
  return {
    transaction: id,
    process,
    ...(begun === undefined ? {} : { ageMs: drain.timeMs - begun.timeMs }),
  };
}
