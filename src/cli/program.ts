import { exit } from './cli-error.js';
import { installationOf } from './installation.js';
import { brokenPipe, main } from './main.js';
import { processTerminal } from './terminal.js';

/** How long open handles may keep the process alive after the last word was said. */
const lingerMs = 1000;

/** Ties `main` to this process: arguments, signals, exit code. */
export async function runProgram(folder: string): Promise<void> {
  const cancel = new AbortController();
  const isBroken = endOnBrokenPipe(cancel);
  cancelOnSignals(cancel);
  const code = await main(process.argv.slice(2), processTerminal(), installationOf(folder), cancel.signal);
  process.exitCode = isBroken() ? exit.brokenPipe : code;
  setTimeout(() => process.exit(), lingerMs).unref();
}

/** The first signal cancels and lets the run clean up after itself; the second ends at once. */
function cancelOnSignals(cancel: AbortController): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (cancel.signal.aborted) process.exit(exit.cancelled);
      cancel.abort();
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
