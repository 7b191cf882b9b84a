import { spawn, type ChildProcess } from 'node:child_process';
import { text } from 'node:stream/consumers';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** The program as a user starts it: the built file, in a process of its own, without a terminal and in English. */
export function startLab(words: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, ['dist/cli.js', ...words], {
    env: { PATH: process.env['PATH'], LANG: 'C', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Waits for the end of a started program; both outputs are read meanwhile. */
export async function ended(child: ChildProcess): Promise<Ended> {
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, error] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
  return { code: await code, out, error };
}

export function runLab(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return ended(startLab(words, environment));
}

function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  return stream === null ? Promise.resolve('') : text(stream);
}
