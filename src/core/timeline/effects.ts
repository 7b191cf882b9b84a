import type { History } from '../history/events.js';
import type { EffectDone } from './log-entry.js';

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
