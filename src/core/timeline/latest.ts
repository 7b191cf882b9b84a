import { groupBy } from '../group-by.js';
import { remembered } from '../remembered.js';
import { firstIndex } from '../sorted.js';

/**
 * Finds the last of each kind up to a moment: of thousands of commits only the one that counts is looked for. The items are kept
 * by time; found are those of the kinds in the order in which they first appeared.
 */
export function latestBy<Item extends { readonly at: number }>(
  kindOf: (item: Item) => string,
): (items: readonly Item[], moment: number) => readonly Item[] {
  const byKind = remembered((items: readonly Item[]) => [...groupBy(items, kindOf).values()]);
  return (items, moment) =>
    byKind(items).flatMap((ofKind) => ofKind[firstIndex(ofKind, ({ at }) => at > moment) - 1] ?? []);
}
