import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { atTheEnd } from '../harness/processes.js';
import type { Command } from './clients.js';
import type { Target } from './two-brokers.js';

/** What came of one check: its result, or why the client cannot do it, or how it failed. */
export type Outcome =
  { readonly result: unknown } | { readonly unsupported: string } | { readonly failure: string };

const running = new Set<ChildProcess>();

atTheEnd(() => {
  for (const child of running) endGroup(child);
});

/**
 * Runs a client's program against a broker and reads its lines. A program that does not end in time is killed, and what it
 * has started with it; the checks that it did not come to have no outcome then.
 */
export async function runProgram(
  { command, args, env }: Command,
  target: Target,
  prefix: string,
  deadlineMs: number,
): Promise<ReadonlyMap<string, Outcome>> {
  const child = spawn(command, args, {
    // A process group of its own, because a member that is to be killed is a process of the program.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...env,
      ...{ LAB_BOOTSTRAP: target.bootstrap, LAB_LOSSY: target.lossy, LAB_PREFIX: prefix },
    },
  });
  running.add(child);
  const output = { lines: '', errors: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.lines += chunk.toString()));
  child.stderr.on(
    'data',
    (chunk: Buffer) => (output.errors = (output.errors + chunk.toString()).slice(-4000)),
  );
  const ended = once(child, 'exit');
  const impatience = setTimeout(() => endGroup(child), deadlineMs);
  await ended;
  clearTimeout(impatience);
  endGroup(child);
  running.delete(child);
  const outcomes = outcomesOf(output.lines);
  if (outcomes.size === 0)
    throw new Error(`The program told nothing about ${target.name}:\n${output.errors}`);
  return outcomes;
}

function outcomesOf(lines: string): ReadonlyMap<string, Outcome> {
  const whole = lines.split('\n').filter((line) => line.startsWith('{') && line.endsWith('}'));
  return new Map(
    whole.map((line) => {
      const { check, ...outcome } = JSON.parse(line) as { readonly check: string } & Outcome;
      return [check, outcome];
    }),
  );
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // Nobody of it is left.
  }
}
