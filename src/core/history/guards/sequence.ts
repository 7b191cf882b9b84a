import type { Evidence } from '../evidence/evidence.js';
import type { Doubt } from '../verdict.js';

/** Sequence numbers are contiguous from 0: an event that is missing could be the one that matters. The first gap is told. */
export function sequenceDoubts({ history }: Evidence): readonly Doubt[] {
  const index = history.findIndex(({ seq }, position) => seq !== position);
  const found = history[index]?.seq;
  return found === undefined ? [] : [{ guard: 'sequence-gap', detail: { expected: index, found } }];
}
