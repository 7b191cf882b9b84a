import type { ProcessId } from '../history/events.js';
import { firstIndex } from '../sorted.js';
import { seeder, type Step } from './step.js';

/** The step that shows an event: its own, or the one that it belongs to; −1 where there are no steps. */
export function stepOfEvent(steps: readonly Step[], seq: number): number {
  const index = firstIndex(steps, ({ until }) => until >= seq);
  return Math.min(index, steps.length - 1);
}

/** Whose knowledge is shown at a step: who acts there, or who acted last, or who will be the first. */
export function actorAt(steps: readonly Step[], index: number): ProcessId | undefined {
  for (let at = index; at >= 0; at -= 1) {
    const step = steps[at];
    if (step !== undefined && isActors(step)) return step.process;
  }
  return steps.find(isActors)?.process;
}

/** A note tells what the lab itself does for somebody. */
function isActors({ process, event }: Step): boolean {
  return process !== undefined && process !== seeder && event.type !== 'note';
}
