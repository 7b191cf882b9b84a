import type { EntryState, Standing } from './entries-at.js';
import type { StateChange } from './states-over-time.js';

type Life<State> = readonly StateChange<State | 'gone'>[];

/** One object for each, so that neighbours are told to be the same by identity. */
const singles = allStandings(false);
const repeated = allStandings(true);

/**
 * Adds to the life of each place when its message stands at another place in the same state. `sameMessages`: for each message
 * that has several places, their indexes.
 */
export function withRepetitions(
  lives: readonly Life<EntryState>[],
  sameMessages: Iterable<readonly number[]>,
): readonly Life<Standing>[] {
  const told: StateChange<Standing | 'gone'>[][] = lives.map((life) =>
    life.map(({ at, state }) => ({ at, state: state === 'gone' ? state : singles[state] })),
  );
  for (const places of sameMessages) {
    for (const place of places) told[place] = [];
    retell(places, lives, told);
  }
  return told;
}

/** In the order of time: a place that enters a state makes the one that was alone in it repeated, and one that leaves it, alone again. */
function retell(
  places: readonly number[],
  lives: readonly Life<EntryState>[],
  told: readonly StateChange<Standing | 'gone'>[][],
): void {
  const within = new Map<EntryState | 'gone', Set<number>>();
  const stateOf = new Map<number, EntryState | 'gone'>();
  for (const { at, state, place } of changesOf(places, lives)) {
    const before = stateOf.get(place);
    if (before !== undefined) {
      const left = within.get(before);
      left?.delete(place);
      if (left?.size === 1) for (const alone of left) tell(told, alone, at, before, singles);
    }
    stateOf.set(place, state);
    const there = within.get(state) ?? new Set<number>();
    within.set(state, there);
    if (there.size === 1) for (const other of there) tell(told, other, at, state, repeated);
    there.add(place);
    tell(told, place, at, state, there.size > 1 ? repeated : singles);
  }
}

interface PlaceChange extends StateChange<EntryState | 'gone'> {
  readonly place: number;
}

function changesOf(places: readonly number[], lives: readonly Life<EntryState>[]): readonly PlaceChange[] {
  return places
    .flatMap((place) => (lives[place] ?? []).map((change) => ({ ...change, place })))
    .sort((left, right) => left.at - right.at);
}

function tell(
  told: readonly StateChange<Standing | 'gone'>[][],
  place: number,
  at: number,
  state: EntryState | 'gone',
  standings: Readonly<Record<EntryState, Standing>>,
): void {
  told[place]?.push({ at, state: state === 'gone' ? state : standings[state] });
}

function allStandings(isRepeated: boolean): Readonly<Record<EntryState, Standing>> {
  return {
    plain: { state: 'plain', isRepeated },
    open: { state: 'open', isRepeated },
    committed: { state: 'committed', isRepeated },
    aborted: { state: 'aborted', isRepeated },
    marker: { state: 'marker', isRepeated },
  };
}
