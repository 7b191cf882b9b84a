import type { Evidence } from '../evidence/evidence.js';
import type { AnomalyRule } from './rule.js';
import { sendFinding, sendSteps, type SendStep } from './send-steps.js';

/**
 * Between two successive sends of one transaction stands a record of another writer (G0, Jepsen `int-send-skip`). Kafka
 * allows it: a transaction is atomic for readers, not contiguous in the log. Shown as information.
 */
export const writeIsolation: AnomalyRule = {
  name: 'write-isolation',
  informational: true,
  find: (evidence) =>
    sendSteps(evidence)
      .filter((step) => step.inside && hasStrangerBetween(step, evidence))
      .map(sendFinding),
};

function hasStrangerBetween({ from, fromOffset, toOffset }: SendStep, { log }: Evidence): boolean {
  return log.records.some(
    ({ topic, partition, offset, writer }) =>
      topic === from.topic &&
      partition === from.partition &&
      fromOffset < offset &&
      offset < toOffset &&
      writer?.transaction !== from.transaction,
  );
}
