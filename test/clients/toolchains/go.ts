import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../../harness/cache.js';
import { runToEnd } from '../../harness/processes.js';
import type { Command } from '../clients.js';

const module = path.resolve(import.meta.dirname, '..', 'go');

/** From 1.21 on, Go fetches the toolchain that go.mod asks for by itself. */
export async function missingForGo(): Promise<string | undefined> {
  try {
    const [, minor] = /go1\.(\d+)/.exec(await runToEnd('go', ['version'])) ?? [];
    return Number(minor) >= 21 ? undefined : 'Go is older than 1.21';
  } catch {
    return 'there is no Go on the PATH';
  }
}

/** Built each time: Go's own cache knows what has changed, and a build without a change takes half a second. */
export async function goProgram(name: string): Promise<Command> {
  const folder = path.join(cacheFolder(), 'clients-go');
  await mkdir(folder, { recursive: true });
  const binary = path.join(folder, process.platform === 'win32' ? `${name}.exe` : name);
  await runToEnd('go', ['build', '-o', binary, `./${name}`], { cwd: module });
  return { command: binary, args: [] };
}
