// What both Node programs share: names of this run, patience, and a line of JSON for each check.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export const bootstrap = (process.env['LAB_BOOTSTRAP'] ?? '').split(',');
export const lossy = (process.env['LAB_LOSSY'] ?? '').split(',');
export const prefix = process.env['LAB_PREFIX'] ?? '';

export const patienceMs = 20_000;
export const longSessionMs = 30_000;
export const shortSessionMs = 1500;

export type Check = () => Promise<unknown>;
export type Checks = Readonly<Record<string, Check>>;

/** What a check throws whose feature the client does not have. */
export class Unsupported extends Error {}

export function unsupported(why: string): Check {
  return () => Promise.reject(new Unsupported(why));
}

export function name(check: string): string {
  return `${prefix}.${check}`;
}

export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within time: ${what}`);
    await sleep(20);
  }
}

/** The error that an act ends with, in the words of `describe`; null when it succeeds. */
export async function errorOf(
  act: () => Promise<unknown>,
  describe: (error: unknown) => unknown,
): Promise<unknown> {
  try {
    await act();
    return null;
  } catch (error) {
    return describe(error);
  }
}

/** Runs the checks that the arguments name, all when they name none. */
export async function runAll(checks: Checks): Promise<void> {
  const titles = process.argv.slice(2);
  for (const [title, check] of Object.entries(checks)) {
    if (titles.length === 0 || titles.includes(title)) await report(title, check);
  }
}

async function report(check: string, run: Check): Promise<void> {
  try {
    say({ check, result: await run() });
  } catch (error) {
    if (error instanceof Unsupported) say({ check, unsupported: error.message });
    else say({ check, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Starts this program as a member that can be killed, and waits until it tells what it was given. */
export async function startMember(
  group: string,
  topic: string,
): Promise<{ readonly child: ChildProcess; readonly alone: unknown }> {
  const child = fork(process.argv[1] ?? '', ['member', group, topic], { stdio: 'inherit' });
  const [alone] = (await once(child, 'message')) as [unknown];
  return { child, alone };
}

/** The value of record `number` of the compression checks; one is null. */
export function payload(number: number): string | null {
  return number === 7 ? null : `value ${number} ${'x'.repeat(200)}`;
}
