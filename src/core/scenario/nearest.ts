/**
 * The candidate that a mistyped word most likely meant, or undefined when none is near. A part of an id
 * ("response-lost") counts as near; otherwise at most a third of the longer word may differ.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = word.trim().toLowerCase();
  if (wanted === '') {
    return undefined;
  }
  const containing = candidates.filter((candidate) => candidate.includes(wanted));
  return containing[0] ?? closest(wanted, candidates);
}

function closest(wanted: string, candidates: readonly string[]): string | undefined {
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate);
    const tolerated = Math.floor(Math.max(wanted.length, candidate.length) / 3);
    if (distance <= tolerated && (best === undefined || distance < best.distance)) {
      best = { candidate, distance };
    }
  }
  return best?.candidate;
}

/**
 * Damerau's distance in its restricted form (optimal string alignment): insertions, deletions, replacements and swaps
 * of two neighbours cost one each, since a swap is the commonest slip of the fingers.
 */
export function editDistance(from: string, to: string): number {
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const substitution = from[row - 1] === to[column - 1] ? 0 : 1;
      let cost = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + substitution,
      );
      if (isSwap(from, row, to, column)) {
        cost = Math.min(cost, at(beforePrevious, column - 2) + 1);
      }
      current.push(cost);
    }
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, to.length);
}

function isSwap(from: string, row: number, to: string, column: number): boolean {
  return row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
}

function at(costs: readonly number[], index: number): number {
  return costs[index] ?? Number.POSITIVE_INFINITY;
}
