import type { History } from '../history/events.js';
import type { EffectDone } from './log-entry.js';

/** Work done in the outside world, in the order in which it was done. */
export function readEffects(history: History): readonly EffectDone[] {
  return history.flatMap((event) =>
    event.type === 'ok' && event.f === 'effect'
      ? [
          {
            at: event.seq,
            process: event.process,
            value: event.value,
            isRecognised: event.result !== undefined && 'skipped' in event.result,
          },
        ]
      : [],
  );
}
