import { groupBy } from '../group-by.js';
import { follows } from './follows.js';
import type { Part, StatePart } from './states-over-time.js';

/** Messages whose numbers go on: m3, m4, m5. */
export interface Stretch {
  readonly first: string;
  readonly last: string;
  readonly length: number;
}

/** Names in an order of which parts are told again and again: where numbers go on is looked up once. */
export class Names {
  /** By index: the index behind the stretch that the name belongs to. */
  private readonly ends: Uint32Array;

  constructor(readonly values: readonly string[]) {
    this.ends = new Uint32Array(values.length);
    for (let index = values.length - 1; index >= 0; index -= 1) {
      const goesOn = follows(values[index] ?? '', values[index + 1] ?? '');
      this.ends[index] = goesOn ? this.endOf(index + 1) : index + 1;
    }
  }

  endOf(index: number): number {
    return this.ends[index] ?? index + 1;
  }
}

/** Some of the names, in their order. */
export class Messages {
  readonly length: number;

  constructor(
    private readonly names: Names,
    private readonly parts: readonly Part[],
  ) {
    this.length = parts.reduce((sum, { from, to }) => sum + to - from, 0);
  }

  static of(values: readonly string[]): Messages {
    return new Messages(new Names(values), [{ from: 0, to: values.length }]);
  }

  /** The first stretches, at most so many. */
  stretches(most = Infinity): readonly Stretch[] {
    const found: Stretch[] = [];
    const { values } = this.names;
    for (const part of this.parts)
      for (let from = part.from; from < part.to;) {
        const to = Math.min(part.to, this.names.endOf(from));
        const stretch = { first: values[from] ?? '', last: values[to - 1] ?? '', length: to - from };
        const before = found.at(-1);
        if (before !== undefined && follows(before.last, stretch.first))
          found[found.length - 1] = {
            ...stretch,
            first: before.first,
            length: before.length + stretch.length,
          };
        else if (found.length === most) return found;
        else found.push(stretch);
        from = to;
      }
    return found;
  }
}

/** By state, in the order in which the states first come. */
export function grouped<State>(
  names: Names,
  parts: readonly StatePart<State>[],
): ReadonlyMap<State, Messages> {
  const byState = groupBy(parts, ({ state }) => state);
  return new Map([...byState].map(([state, own]) => [state, new Messages(names, own)]));
}
