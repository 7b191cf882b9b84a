import { exit } from './cli-error.js';
import { installationOf } from './installation.js';
import { brokenPipe, main } from './main.js';
import { processTerminal } from './terminal.js';

/** How long open handles may keep the process alive after the last word was said. */
const lingerMs = 1000;

/** Longer than handing on a signal takes, shorter than a user waits before insisting. */
const sameSignalMs = 700;

/** Ties `main` to this process: arguments, signals, exit code. */
export async function runProgram(folder: string): Promise<void> {
  const cancel = new AbortController();
  const isBroken = endOnBrokenPipe(cancel);
  cancelOnSignals(cancel);
  const code = await main(process.argv.slice(2), processTerminal(), installationOf(folder), cancel.signal);
  process.exitCode = isBroken() ? exit.brokenPipe : code;
  setTimeout(() => process.exit(), lingerMs).unref();
}

/**
 * The first signal cancels and lets the run clean up after itself; the second ends at once. One Ctrl-C may arrive several
 * times, from the terminal and from each process above that hands it on: what follows at once is the same.
 */
function cancelOnSignals(cancel: AbortController): void {
  let firstMs = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (!cancel.signal.aborted) {
        firstMs = performance.now();
        cancel.abort();
      } else if (performance.now() - firstMs > sameSignalMs) process.exit(exit.cancelled);
    });
}

/** `| head` closes the pipe: no crash, no message, and what runs is cancelled, since nobody will read its result. */
function endOnBrokenPipe(cancel: AbortController): () => boolean {
  let broken = false;
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      broken = true;
      cancel.abort(brokenPipe);
    });
  return () => broken;
}
