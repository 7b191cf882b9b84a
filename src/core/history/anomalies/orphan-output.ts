import type { RecordPosition } from '../events.js';
import { endLabel } from '../evidence/drains.js';
import type { Evidence } from '../evidence/evidence.js';
import { visibleOutputs } from './outputs.js';
import { eventsOfAll, finding, type AnomalyRule } from './rule.js';

/**
 * A visible output was derived from a record that was aborted or that no log holds: the result of something that never
 * happened. A source before the start of the log (deleted since) proves nothing. One case for each output.
 */
export const orphanOutput: AnomalyRule = {
  name: 'orphan-output',
  informational: false,
  find: (evidence) =>
    visibleOutputs(evidence)
      .filter(({ source }) => neverHappened(source, evidence))
      .map(({ record }) =>
        finding({
          value: record.value,
          topic: record.topic,
          partition: record.partition,
          offsets: [record.offset],
          events: eventsOfAll([record, ...(record.writer === undefined ? [] : [record.writer])]),
        }),
      ),
};

function neverHappened(source: RecordPosition, { log, drains }: Evidence): boolean {
  if (!log.drained(source.topic)) {
    return false;
  }
  const record = log.at(source.topic, source.partition, source.offset);
  if (record !== undefined) {
    return !record.visible && !record.held;
  }
  const drain = drains.find(
    ({ label, topic, partition }) =>
      label === endLabel && topic === source.topic && partition === source.partition,
  );
  return source.offset >= (drain?.uncommitted?.logStart ?? 0);
}
