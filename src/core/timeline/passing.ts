import { seeder, type Step } from './step.js';
import { isFrame } from './steps.js';

/** What passes in a folded stretch. */
export interface Passing {
  /** Each message once. */
  readonly values: readonly string[];
  readonly requests: number;
  readonly answers: number;
}

/**
 * Of the messages alone: how clients connect, look for coordinators and come together in groups goes on beside them. A broker that
 * does not answer appends when it comes to it, so where there are requests they tell which messages these are.
 */
export function passing(steps: readonly Step[]): Passing {
  const frames = steps.filter((step) => isFrame(step.event) && valuesIn(step).length > 0);
  const requests = frames.filter(({ event }) => event.type === 'request');
  const telling = requests.length === 0 ? steps : requests;
  return {
    values: [...new Set(telling.flatMap(valuesIn))],
    requests: requests.length,
    answers: frames.length - requests.length,
  };
}

/** What a pipeline makes of a message is told by the message that it was made of. */
function valuesIn({ values, carried, isHousekeeping, process }: Step): readonly string[] {
  if (isHousekeeping) return [];
  return process === seeder || values.length === carried.length ? values : values.slice(-1);
}
