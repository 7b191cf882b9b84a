/** In which state something was from which moment on. */
export interface StateChange<State> {
  readonly at: number;
  readonly state: State;
}

/** Neighbours in the same state: `to` is the index behind the last one. */
export interface Run<State> {
  readonly state: State;
  readonly from: number;
  readonly to: number;
}

/** So many neighbours are looked at together. */
const blockLength = 128;

interface Look<State> {
  /** The runs hold from this moment on, and until before that one. */
  readonly since: number;
  readonly until: number;
  readonly runs: readonly Run<State>[];
}

/**
 * The states of many things in a fixed order. From one moment to the next few of them change, so what was found of a block is
 * kept until something in it changes: a step over thousands of messages looks at a handful.
 */
export class StateRuns<State> {
  private readonly looks: (Look<State> | undefined)[] = [];

  /** `lives`: for each thing its changes by time; before the first of them it is not there. */
  constructor(private readonly lives: readonly (readonly StateChange<State>[])[]) {}

  /** Runs of things that are there at a moment, in their order; neighbours that are not joined differ, or something lies between. */
  at(moment: number): readonly Run<State>[] {
    const runs: Run<State>[] = [];
    for (let from = 0; from < this.lives.length; from += blockLength)
      for (const run of this.blockAt(from, moment)) join(runs, run);
    return runs;
  }

  private blockAt(from: number, moment: number): readonly Run<State>[] {
    const known = this.looks[from / blockLength];
    if (known !== undefined && known.since <= moment && moment < known.until) return known.runs;
    const look = this.lookAt(from, moment);
    this.looks[from / blockLength] = look;
    return look.runs;
  }

  private lookAt(from: number, moment: number): Look<State> {
    const runs: Run<State>[] = [];
    let since = -Infinity;
    let until = Infinity;
    const to = Math.min(from + blockLength, this.lives.length);
    for (let index = from; index < to; index += 1) {
      const life = this.lives[index] ?? [];
      const next = life.findIndex(({ at }) => at > moment);
      const now = life[(next < 0 ? life.length : next) - 1];
      until = Math.min(until, life[next]?.at ?? Infinity);
      if (now === undefined) continue;
      since = Math.max(since, now.at);
      join(runs, { state: now.state, from: index, to: index + 1 });
    }
    return { since, until, runs };
  }
}

function join<State>(runs: Run<State>[], { state, from, to }: Run<State>): void {
  const last = runs.at(-1);
  if (last?.state === state && last.to === from) runs[runs.length - 1] = { state, from: last.from, to };
  else runs.push({ state, from, to });
}
