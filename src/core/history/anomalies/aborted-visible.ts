import { eventsOfAll, finding, type AnomalyRule } from './rule.js';

/**
 * A record of an aborted transaction, as read_uncommitted sees it at the end: an abort removes nothing from the log, it
 * only adds a marker. Expected there, so shown as information. One case for each record.
 */
export const abortedVisible: AnomalyRule = {
  name: 'aborted-visible',
  informational: true,
  find: ({ log }) =>
    log.records
      .filter(({ fate, visible }) => fate === 'aborted' && !visible)
      .map((record) =>
        finding({
          value: record.value,
          topic: record.topic,
          partition: record.partition,
          offsets: [record.offset],
          events: eventsOfAll([record]),
          ...(record.writer?.transaction === undefined ? {} : { transaction: record.writer.transaction.id }),
        }),
      ),
};
