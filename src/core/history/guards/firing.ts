import { groupBy } from '../../group-by.js';
import type { Evidence } from '../evidence/evidence.js';
import type { Doubt } from '../verdict.js';

/**
 * A fault that was armed fired exactly once. Whether it was the scenario's, at its point, `judge` asks. A broker that serves
 * somebody's own program has rules that may strike as often as they say.
 */
export function firingDoubts({ history, run }: Evidence): readonly Doubt[] {
  const byPoint = groupBy(
    history.filter((event) => event.type === 'fault'),
    ({ point }) => point,
  );
  return [...byPoint].flatMap(([point, events]): readonly Doubt[] => {
    const fired = events.filter(({ event }) => event === 'fired').length;
    const isEnough = run?.observer === 'broker' ? fired > 0 : fired === 1;
    return isEnough ? [] : [{ guard: 'fault-not-fired-once', detail: { point, fired } }];
  });
}
