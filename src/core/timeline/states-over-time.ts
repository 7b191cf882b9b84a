/** In which state something was from which moment on. */
export interface StateChange<State> {
  readonly at: number;
  readonly state: State;
}

/** Neighbours in a list: `to` is the index behind the last one. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/** Neighbours in the same state. */
export interface StatePart<State> extends Part {
  readonly state: State;
}

/** So many neighbours are looked at together. */
const blockLength = 128;

interface Look<State> {
  /** The parts hold from this moment on, and until before that one. */
  readonly since: number;
  readonly until: number;
  readonly parts: readonly StatePart<State>[];
}

/**
 * The states of many things in a fixed order. From one moment to the next few of them change, so what was found of a block is
 * kept until something in it changes: a step over thousands of messages looks at a handful.
 */
export class StatesOverTime<State> {
  private readonly looks: (Look<State> | undefined)[] = [];
  private last: { readonly moment: number; readonly parts: readonly StatePart<State>[] } | undefined;

  /** `lives`: for each thing its changes by time; before the first of them it is not there. */
  constructor(private readonly lives: readonly (readonly StateChange<State>[])[]) {}

  /** What is there at a moment, in its order; between parts that follow each other the state differs, or something is not there. */
  at(moment: number): readonly StatePart<State>[] {
    // Several parts of a page look at the same moment.
    if (this.last?.moment === moment) return this.last.parts;
    const parts: StatePart<State>[] = [];
    for (let from = 0; from < this.lives.length; from += blockLength)
      for (const part of this.blockAt(from, moment)) join(parts, part);
    this.last = { moment, parts };
    return parts;
  }

  /** The state of one thing; undefined where it is not there. */
  stateAt(index: number, moment: number): State | undefined {
    return this.lives[index]?.findLast(({ at }) => at <= moment)?.state;
  }

  private blockAt(from: number, moment: number): readonly StatePart<State>[] {
    const known = this.looks[from / blockLength];
    if (known !== undefined && known.since <= moment && moment < known.until) return known.parts;
    const look = this.lookAt(from, moment);
    this.looks[from / blockLength] = look;
    return look.parts;
  }

  private lookAt(from: number, moment: number): Look<State> {
    const parts: StatePart<State>[] = [];
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
      join(parts, { state: now.state, from: index, to: index + 1 });
    }
    return { since, until, parts };
  }
}

function join<State>(parts: StatePart<State>[], { state, from, to }: StatePart<State>): void {
  const last = parts.at(-1);
  if (last !== undefined && last.state === state && last.to === from)
    parts[parts.length - 1] = { state, from: last.from, to };
  else parts.push({ state, from, to });
}
