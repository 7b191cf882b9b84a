import { groupBy } from '../../group-by.js';
import type { Send } from './sends.js';

interface Written {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}

/**
 * Which send wrote which record. A send that was told its offset wrote that record. The others are matched by value: to
 * a send of that value that has no record yet, else to the first one, whose retry it then is. A restarted process sends
 * the same values again, so the value alone would not do.
 */
export function writersOf<Place extends Written>(
  records: readonly Place[],
  sends: readonly Send[],
): ReadonlyMap<Place, Send> {
  const byValue = groupBy(sends, ({ topic, value }) => `${topic}\n${value}`);
  const writers = new Map<Place, Send>();
  const matched = new Set<Send>();
  const match = (record: Place, send: Send | undefined): void => {
    if (send !== undefined) {
      writers.set(record, send);
      matched.add(send);
    }
  };
  const candidates = (record: Place): readonly Send[] =>
    byValue.get(`${record.topic}\n${record.value}`) ?? [];
  for (const record of records) {
    match(
      record,
      candidates(record).find((send) => send.offset === record.offset && send.partition === record.partition),
    );
  }
  for (const record of records.filter((one) => !writers.has(one))) {
    const possible = candidates(record);
    match(record, possible.find((send) => !matched.has(send)) ?? possible[0]);
  }
  return writers;
}
