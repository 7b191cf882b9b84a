/** Numbers in ascending order, each once. */
export function ascending(numbers: Iterable<number>): readonly number[] {
  return [...new Set(numbers)].sort((left, right) => left - right);
}

/** Where the first item stands of which a condition is true that holds for all behind it too; the length if for none. */
export function firstIndex<Item>(sorted: readonly Item[], holds: (item: Item) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = sorted[middle];
    if (item === undefined || holds(item)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/** How many of ascending numbers lie between two others, which do not count themselves. */
export function countBetween(numbers: readonly number[], low: number, high: number): number {
  const first = firstIndex(numbers, (number) => number > low);
  const behind = firstIndex(numbers, (number) => number >= high);
  return Math.max(0, behind - first);
}
