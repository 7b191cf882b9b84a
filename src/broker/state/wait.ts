import type { Clock } from '../clock.js';

export interface WaitOptions {
  /** Calls its listener after every change that could make it ready; answers with how to stop. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** The client has gone: nobody waits any more. */
  readonly closed: AbortSignal;
}

/** Kafka's purgatory: resolves when it is ready, when time is up, or when the client has gone; never rejects. */
export function waitUntil(ready: () => boolean, options: WaitOptions): Promise<void> {
  if (ready() || options.closed.aborted || options.timeoutMs <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = () => {
      unsubscribe();
      timer.cancel();
      options.closed.removeEventListener('abort', finish);
      resolve();
    };
    const unsubscribe = options.subscribe(() => {
      if (ready()) finish();
    });
    const timer = options.clock.schedule(options.timeoutMs, finish);
    options.closed.addEventListener('abort', finish);
  });
}

/** One subscription to several sources. */
export function subscribeToAll(
  sources: readonly { onChange(listener: () => void): () => void }[],
): WaitOptions['subscribe'] {
  return (listener) => {
    const stops = sources.map((source) => source.onChange(listener));
    return () => {
      for (const stop of stops) stop();
    };
  };
}
