import type { Scenario } from '../core/scenario/scenario.js';

/** Scenarios may overlap and end in any order; this passes each on when all before it have been passed on. */
export function inOrder<T extends { readonly scenario: Scenario }>(
  scenarios: readonly Scenario[],
  pass: (item: T) => void,
): (item: T) => void {
  const waiting = new Map<string, T>();
  const remaining = scenarios.map(({ id }) => id);
  return (item) => {
    waiting.set(item.scenario.id, item);
    for (
      let next = waiting.get(remaining[0] ?? '');
      next !== undefined;
      next = waiting.get(remaining[0] ?? '')
    ) {
      remaining.shift();
      pass(next);
    }
  };
}
