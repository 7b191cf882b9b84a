import { groupBy } from '../../group-by.js';
import type { LogRecord } from '../evidence/log.js';
import type { Send } from '../evidence/sends.js';
import { eventsOfAll, finding, type AnomalyRule } from './rule.js';

/**
 * Some but not all records of a transaction are visible to read_committed once it has ended: its atomicity is broken.
 * A transaction of which a record is still held back has not ended for readers. One case for each transaction.
 */
export const tornTransaction: AnomalyRule = {
  name: 'torn-transaction',
  informational: false,
  find: ({ sends, log }) => {
    const written = groupBy(log.records, ({ writer }) => writer);
    const inTransactions = sends.filter(
      ({ transaction, outcome, topic }) =>
        transaction !== undefined && outcome === 'ok' && log.drained(topic),
    );
    return [...groupBy(inTransactions, ({ transaction }) => transaction?.id).values()].flatMap((members) => {
      const records = members.flatMap((send) => written.get(send) ?? []);
      return isTorn(members, records) ? [tornFinding(members, records)] : [];
    });
  },
};

function isTorn(members: readonly Send[], records: readonly LogRecord[]): boolean {
  const visible = new Set(records.filter((record) => record.visible).map(({ writer }) => writer));
  const ended = records.every(({ held }) => !held);
  return ended && visible.size > 0 && visible.size < members.length;
}

function tornFinding(members: readonly Send[], records: readonly LogRecord[]): ReturnType<typeof finding> {
  const [first] = members;
  return finding({
    events: eventsOfAll([...members, ...records]),
    offsets: records.filter(({ visible }) => visible).map(({ offset }) => offset),
    ...(first === undefined ? {} : { topic: first.topic, process: first.process }),
    ...(first?.transaction === undefined ? {} : { transaction: first.transaction.id }),
  });
}
