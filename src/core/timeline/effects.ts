import type { History } from '../history/events.js';
import { remembered } from '../remembered.js';
import { firstIndex } from '../sorted.js';
import type { EffectDone } from './log-entry.js';
import { grouped, Names, type Messages } from './messages.js';
import { StatesOverTime, type StateChange } from './states-over-time.js';
import type { Timeline } from './timeline.js';

/** Work done in the outside world, in the order in which it was done. */
export function readEffects(history: History): readonly EffectDone[] {
  const effects: EffectDone[] = [];
  for (const event of history) {
    if (event.type !== 'ok' || event.f !== 'effect') continue;
    const isRecognised = event.result !== undefined && 'skipped' in event.result;
    effects.push({ at: event.seq, process: event.process, value: event.value, isRecognised });
  }
  return effects;
}

/** Messages whose work was done equally often. */
export interface EffectTimes {
  readonly values: Messages;
  readonly times: number;
}

export function effectsAt({ effects }: Timeline, moment: number): readonly EffectTimes[] {
  const { names, states } = timesOf(effects);
  return [...grouped(names, states.at(moment))].map(([times, values]) => ({ values, times }));
}

/** How often the work of each message had been done from which moment on, in the order in which they were first met. */
const timesOf = remembered((effects: readonly EffectDone[]) => {
  const lives = new Map<string, StateChange<number>[]>();
  for (const { at, value, isRecognised } of effects) {
    if (isRecognised) continue;
    const life = lives.get(value) ?? [];
    life.push({ at, state: life.length + 1 });
    lives.set(value, life);
  }
  return { names: new Names([...lives.keys()]), states: new StatesOverTime([...lives.values()]) };
});

/** An effect beside those of the same message. */
export interface Counted extends EffectDone {
  /** How often its work has been done by then. */
  readonly times: number;
  /** Which one it is of all, from 1. */
  readonly number: number;
}

/** What had been done by a moment, of which only the last ones are given. */
export function ledgerAt(
  { effects }: Timeline,
  moment: number,
  most: number,
): { readonly last: readonly Counted[]; readonly before: number } {
  const done = firstIndex(effects, ({ at }) => at > moment);
  const before = Math.max(0, done - most);
  return { last: counted(effects).slice(before, done), before };
}

const counted = remembered((effects: readonly EffectDone[]): readonly Counted[] => {
  const seen = new Map<string, number>();
  return effects.map((effect, index) => {
    const times = (seen.get(effect.value) ?? 0) + (effect.isRecognised ? 0 : 1);
    seen.set(effect.value, times);
    return { ...effect, times, number: index + 1 };
  });
});
