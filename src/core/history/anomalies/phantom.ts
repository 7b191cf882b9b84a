import { eventsOfAll, finding, type AnomalyRule } from './rule.js';
import { sentValues, wasToldOk, type SentValue } from './values.js';

/**
 * The value is visible to read_committed and no attempt to send it was told ok: it failed, its outcome or its commit's
 * is unknown, or nobody ever asked for its commit. "Error" is not "not written". What was aborted with success and is
 * seen all the same is `aborted-read`. One case for each value.
 */
export const phantom: AnomalyRule = {
  name: 'phantom',
  informational: false,
  find: (evidence) =>
    sentValues(evidence)
      .filter((value) => !wasToldOk(value) && mayHaveBeenWritten(value))
      .flatMap(({ topic, value, sends, copies }) => {
        const visible = copies.filter((copy) => copy.visible);
        return visible.length === 0
          ? []
          : [
              finding({
                value,
                topic,
                offsets: visible.map(({ offset }) => offset),
                events: eventsOfAll([...sends, ...visible]),
              }),
            ];
      }),
};

function mayHaveBeenWritten({ sends }: SentValue): boolean {
  return sends.some(({ told }) => told !== 'aborted');
}
