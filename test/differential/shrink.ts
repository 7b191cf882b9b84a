import type { Operation } from './operation.js';

/** Whether a sequence, played with fresh names, still shows a difference. */
export type StillFails = (operations: readonly Operation[]) => Promise<boolean>;

/**
 * Delta debugging (Zeller's ddmin): leaves out halves, quarters … and at last single operations as long as the difference
 * stays. Stops after `attempts` plays with the shortest sequence found.
 */
export async function shrink(
  operations: readonly Operation[],
  stillFails: StillFails,
  attempts = 150,
): Promise<readonly Operation[]> {
  let shortest = operations;
  let left = attempts;
  for (let size = Math.ceil(shortest.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < shortest.length && left > 0;) {
      const without = [...shortest.slice(0, at), ...shortest.slice(at + size)];
      left -= 1;
      if (await stillFails(without)) shortest = without;
      else at += size;
    }
  }
  return shortest;
}
