import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { constants } from 'node:os';

const running = new Set<ChildProcess>();

const lastActs: (() => void)[] = [];

// Whatever way this process ends, the servers that it started end with it.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  for (const act of lastActs) act();
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(128 + constants.signals[signal]));
}

/** Does something when this process ends, after the servers that it started. */
export function atTheEnd(act: () => void): void {
  lastActs.push(act);
}

/** A server process, with the last lines that it wrote (for the message of a failed start). */
export interface ServerProcess {
  readonly pid: number;
  /** The last 8000 characters of stdout and stderr. */
  readonly lastOutput: () => string;
  readonly exited: () => boolean;
  /** SIGKILL; resolves when it is gone. */
  readonly kill: () => Promise<void>;
  /** SIGTERM, and SIGKILL when it has not ended after `graceMs`; resolves when it is gone. */
  readonly stop: (graceMs?: number) => Promise<void>;
}

/** Starts a process that ends with this one at the latest. */
export function startProcess(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): ServerProcess {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-8000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => keep(Buffer.from(`${error.message}\n`)));
  child.on('exit', () => running.delete(child));
  const exited = (): boolean =>
    child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
  const end = async (signal: NodeJS.Signals, graceMs: number): Promise<void> => {
    if (exited()) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    const impatience = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await gone;
    clearTimeout(impatience);
  };
  return {
    pid: child.pid ?? -1,
    lastOutput: () => output,
    exited,
    kill: () => end('SIGKILL', 0),
    stop: (graceMs = 10_000) => end('SIGTERM', graceMs),
  };
}

/**
 * Runs a command to its end.
 * @returns its stdout, or stderr before it; @throws with the last lines of both streams when its exit code is not 0.
 */
export async function runToEnd(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
  returned: 'stdout' | 'both' = 'stdout',
): Promise<string> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    if (code === 0) return returned === 'both' ? errors + output : output;
    throw new Error(
      `${command} ${args.join(' ')} ended with ${String(code)}:\n${(errors + output).slice(-4000)}`,
    );
  } finally {
    running.delete(child);
  }
}

/** A port of 127.0.0.1 that nobody uses at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('A TCP server has no port.');
  return address.port;
}

/** Tries `attempt` every `everyMs` until it succeeds; after `timeoutMs` its last error is thrown with `what`. */
export async function untilItSucceeds<Result>(
  what: string,
  attempt: () => Promise<Result>,
  { timeoutMs, everyMs = 100 }: { readonly timeoutMs: number; readonly everyMs?: number },
): Promise<Result> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof GivenUp) throw error;
      if (Date.now() > deadline) throw new Error(`${what}: not within ${timeoutMs} ms`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }
}

/** Thrown by an attempt that no repetition can help, such as one on a server that has exited. */
export class GivenUp extends Error {}
