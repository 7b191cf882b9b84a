import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { cached, cacheFolder } from '../../harness/cache.js';
import { runToEnd } from '../../harness/processes.js';
import type { Command } from '../clients.js';

const module = path.resolve(import.meta.dirname, '..', 'go');

/** Fetched where Go is too old to do so itself: a release that the go.mod is content with. */
const release = '1.26.8';

export async function missingForGo(): Promise<string | undefined> {
  return (await minorVersion()) === undefined ? 'there is no Go on the PATH' : undefined;
}

/** Built each time: Go's own cache knows what has changed, and a build without a change takes half a second. */
export async function goProgram(name: string): Promise<Command> {
  const folder = path.join(cacheFolder(), 'clients-go');
  await mkdir(folder, { recursive: true });
  const binary = path.join(folder, process.platform === 'win32' ? `${name}.exe` : name);
  await runToEnd(await goCommand(), ['build', '-o', binary, `./${name}`], { cwd: module });
  return { command: binary, args: [] };
}

/** From 1.21 on, Go fetches the toolchain that a go.mod asks for; before, that toolchain is a module like any other. */
async function goCommand(): Promise<string> {
  const minor = await minorVersion();
  if (minor === undefined || minor >= 21) return 'go';
  const folder = await cached(`clients-go-${release}`, `Fetching Go ${release}`, fetchToolchain);
  return path.join(folder, 'bin', 'go');
}

async function minorVersion(): Promise<number | undefined> {
  try {
    const [, minor] = /go1\.(\d+)/.exec(await runToEnd('go', ['version'])) ?? [];
    return Number(minor);
  } catch {
    return undefined;
  }
}

async function fetchToolchain(empty: string): Promise<void> {
  const platform = (await runToEnd('go', ['env', 'GOOS', 'GOARCH'])).trim().split(/\s+/).join('-');
  const wanted = `golang.org/toolchain@v0.0.1-go${release}.${platform}`;
  const answer = await runToEnd('go', ['mod', 'download', '-json', wanted], { cwd: empty });
  const { Dir } = JSON.parse(answer) as { readonly Dir: string };
  await cp(Dir, empty, { recursive: true });
  // A module's files and folders are read-only, and nothing in it is executable.
  await runToEnd('chmod', ['-R', 'u+w', empty]);
  await runToEnd('chmod', ['-R', '+x', path.join(empty, 'bin'), path.join(empty, 'pkg', 'tool')]);
}
