/**
 * A signal that fires with the first of several. (`AbortSignal.any` came with Node 20.3, and keeps what listens to it alive as long
 * as its sources.)
 */
export function linkedSignal(sources: readonly (AbortSignal | undefined)[]): {
  readonly signal: AbortSignal;
  readonly abort: () => void;
  /** Stops listening to the sources. */
  readonly release: () => void;
} {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  for (const source of sources) {
    if (source?.aborted) abort();
    source?.addEventListener('abort', abort, { once: true });
  }
  return {
    signal: controller.signal,
    abort,
    release: () => sources.forEach((source) => source?.removeEventListener('abort', abort)),
  };
}
