import type { Evidence } from '../evidence/evidence.js';
import type { LogRecord } from '../evidence/log.js';
import { placeKey } from '../place-key.js';
import { isPipeline, visibleOutputs } from './outputs.js';
import { isPassed } from './processing.js';
import { eventsOfAll, finding, type AnomalyRule } from './rule.js';

/**
 * An input record is visible, the group's committed offset is past it, and no visible output was derived from it: it
 * will never have one. Nothing is claimed while an output is held back by somebody's open transaction. One case for
 * each input record.
 */
export const lostOutput: AnomalyRule = {
  name: 'lost-output',
  informational: false,
  find: (evidence) =>
    inputsWithoutOutput(evidence)
      .filter((record) => evidence.offsets.groups.some((group) => isPassed(evidence, group, record)))
      .map((record) =>
        finding({
          value: record.value,
          topic: record.topic,
          partition: record.partition,
          offsets: [record.offset],
          events: eventsOfAll([
            record,
            ...evidence.sends.filter(
              ({ source }) => source !== undefined && placeKey(source) === placeKey(record),
            ),
            ...evidence.offsets.groups.map((group) => ({ events: evidence.offsets.passing(group, record) })),
          ]),
        }),
      ),
};

/** Visible records of the input topics from which no output was derived that is visible, or held back for now. */
export function inputsWithoutOutput(evidence: Evidence): readonly LogRecord[] {
  if (!isPipeline(evidence)) {
    return [];
  }
  const inputs = new Set(evidence.topicsOf('input'));
  const held = evidence.log.records.filter((record) => record.held).map(({ writer }) => writer?.source);
  const derived = new Set(
    [...visibleOutputs(evidence).map(({ source }) => source), ...held]
      .filter((source) => source !== undefined)
      .map(placeKey),
  );
  return evidence.log.records.filter(
    (record) => record.visible && inputs.has(record.topic) && !derived.has(placeKey(record)),
  );
}
