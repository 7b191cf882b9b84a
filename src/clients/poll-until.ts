import { setTimeout as delay } from 'node:timers/promises';

export interface Polling {
  readonly everyMs: number;
  readonly withinMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Asks again until an answer is not undefined; undefined when the time is over. Rejects with an AbortError when cancelled. */
export async function pollUntil<T>(
  ask: () => Promise<T | undefined>,
  { everyMs, withinMs, signal }: Polling,
): Promise<T | undefined> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    signal?.throwIfAborted();
    const answer = await ask();
    if (answer !== undefined || Date.now() >= deadline) return answer;
    await delay(everyMs, undefined, signal && { signal });
  }
}
