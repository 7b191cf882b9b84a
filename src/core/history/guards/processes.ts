import { groupBy } from '../../group-by.js';
import type { Evidence } from '../evidence/evidence.js';
import type { Doubt } from '../verdict.js';

/** Every process ended as planned, by a stop or by the fault's crash; and nobody cancelled the run. */
export function processDoubts({ history }: Evidence): readonly Doubt[] {
  const byProcess = groupBy(
    history.filter((event) => event.type === 'process'),
    ({ process }) => process,
  );
  const failed = [...byProcess].flatMap(([process, events]): readonly Doubt[] => {
    const error = events.find(({ event }) => event === 'error');
    if (error !== undefined) {
      return [{ guard: 'process-failed', detail: { process, error: error.error ?? '' } }];
    }
    const ended = events.some(({ event }) => event === 'stop' || event === 'crash');
    return ended ? [] : [{ guard: 'process-failed', detail: { process, error: 'unfinished' } }];
  });
  const cancelled = history
    .filter((event) => event.type === 'note')
    .some(({ about }) => about === 'cancelled');
  return [...failed, ...(cancelled ? [{ guard: 'cancelled', detail: {} } as const] : [])];
}
