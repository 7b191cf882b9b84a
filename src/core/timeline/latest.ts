import { groupBy } from '../group-by.js';
import { firstIndex } from '../sorted.js';

/** The last of each kind up to a moment: of thousands of commits only the one that counts is looked for. */
export class Latest<Item extends { readonly at: number }> {
  private readonly byKind: ReadonlyMap<string, readonly Item[]>;

  /** `items` by time. */
  constructor(items: readonly Item[], kindOf: (item: Item) => string) {
    this.byKind = groupBy(items, kindOf);
  }

  /** In the order in which the kinds first appeared. */
  at(moment: number): readonly Item[] {
    return [...this.byKind.values()].flatMap(
      (items) => items[firstIndex(items, (item) => item.at > moment) - 1] ?? [],
    );
  }
}
