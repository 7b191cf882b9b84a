import { groupBy } from '../../group-by.js';
import type { LogRecord } from '../evidence/log.js';
import { firstIndex } from '../../sorted.js';
import type { AnomalyRule } from './rule.js';
import { sendFinding, sendSteps, type SendStep } from './send-steps.js';

/**
 * Between two successive sends of one transaction stands a record of another writer (G0, Jepsen `int-send-skip`). Kafka
 * allows it: a transaction is atomic for readers, not contiguous in the log. Shown as information.
 */
export const writeIsolation: AnomalyRule = {
  name: 'write-isolation',
  informational: true,
  find: (evidence) => {
    const records = groupBy(evidence.log.records, partitionKey);
    return sendSteps(evidence)
      .filter((step) => step.inside && hasStrangerBetween(step, records.get(partitionKey(step.from)) ?? []))
      .map(sendFinding);
  },
};

/** The records of the partition stand in the order of their offsets, so only those between are looked at. */
function hasStrangerBetween(
  { from, fromOffset, toOffset }: SendStep,
  records: readonly LogRecord[],
): boolean {
  const first = firstIndex(records, ({ offset }) => offset > fromOffset);
  const behind = firstIndex(records, ({ offset }) => offset >= toOffset);
  return records.slice(first, behind).some(({ writer }) => writer?.transaction !== from.transaction);
}

function partitionKey({ topic, partition }: { readonly topic: string; readonly partition: number }): string {
  return `${topic}\n${partition}`;
}
