import { groupBy } from '../../group-by.js';
import type { Evidence } from '../evidence/evidence.js';
import type { LogRecord } from '../evidence/log.js';
import type { Send } from '../evidence/sends.js';

/** A value in one topic: every attempt to send it, and every copy that the final drain found. */
export interface SentValue {
  readonly topic: string;
  readonly value: string;
  readonly sends: readonly Send[];
  readonly copies: readonly LogRecord[];
}

/** The values that were sent, in the order of their first attempt. */
export function sentValues({ sends, log }: Evidence): readonly SentValue[] {
  const byValue = groupBy(sends, ({ topic, value }) => `${topic}\n${value}`);
  return [...byValue.values()].flatMap((attempts) => {
    const [first] = attempts;
    return first === undefined
      ? []
      : [
          {
            topic: first.topic,
            value: first.value,
            sends: attempts,
            copies: log.copies(first.topic, first.value),
          },
        ];
  });
}

/**
 * Values that were offered to the log and are not there for a read_committed reader, nor held back by somebody's open
 * transaction. What its own application aborted, or never asked to commit, was not offered. A topic that was not
 * drained proves no loss.
 */
export function lostValues(evidence: Evidence): readonly SentValue[] {
  return sentValues(evidence)
    .filter(({ topic }) => evidence.log.drained(topic))
    .filter(({ copies }) => copies.every(({ visible, held }) => !visible && !held))
    .filter(({ sends }) => sends.some(({ told }) => told !== 'aborted' && told !== 'open'));
}

export function wasToldOk({ sends }: SentValue): boolean {
  return sends.some(({ told }) => told === 'ok');
}
