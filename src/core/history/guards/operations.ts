import type { Evidence } from '../evidence/evidence.js';
import type { Doubt } from '../verdict.js';

/** Attempted = ok + failed + unknown: each operation that does not add up is told. */
export function operationDoubts({ unaccounted }: Evidence): readonly Doubt[] {
  return unaccounted.map(({ process, operation, why }) => ({
    guard: 'operations-unaccounted',
    detail: { process, operation, why },
  }));
}
