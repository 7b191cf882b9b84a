import { groupBy } from '../../group-by.js';
import type { Evidence } from '../evidence/evidence.js';
import type { Doubt } from '../verdict.js';

/** A fault that was armed fired exactly once. Whether it was the scenario's, at its point, `judge` asks. */
export function firingDoubts({ history }: Evidence): readonly Doubt[] {
  const byPoint = groupBy(
    history.filter((event) => event.type === 'fault'),
    ({ point }) => point,
  );
  return [...byPoint].flatMap(([point, events]): readonly Doubt[] => {
    const fired = events.filter(({ event }) => event === 'fired').length;
    return fired === 1 ? [] : [{ guard: 'fault-not-fired-once', detail: { point, fired } }];
  });
}
