import { groupBy } from '../../group-by.js';
import type { Evidence } from '../evidence/evidence.js';
import type { Doubt } from '../verdict.js';

/** Every value in the log has a known writer: else somebody else wrote there, or a send was not recorded. */
export function writerDoubts({ log }: Evidence): readonly Doubt[] {
  const unknown = log.records.filter(({ writer }) => writer === undefined);
  return [...groupBy(unknown, ({ topic }) => topic)].map(([topic, records]) => ({
    guard: 'unknown-writer',
    detail: { topic, value: records[0]?.value ?? '', records: records.length },
  }));
}
