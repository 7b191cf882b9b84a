import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { runToEnd } from './processes.js';

/** Where big things that only tests and the editor step need are kept between runs; never in the repository. */
export function cacheFolder(): string {
  const caches = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');
  return path.join(caches, 'kafka-semantics-lab');
}

/**
 * The folder `name` of the cache, filled at first use. It is filled under another name and then renamed: what has the
 * name is complete, and of two processes that fill it at once the first one wins.
 * @param describe what is said on stderr before filling, in one line
 */
export async function cached(
  name: string,
  describe: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = path.join(cacheFolder(), name);
  if (existsSync(folder)) return folder;
  process.stderr.write(`${describe} …\n`);
  await mkdir(cacheFolder(), { recursive: true });
  const unfinished = await mkdtemp(path.join(cacheFolder(), `.${name}-`));
  try {
    await fill(unfinished);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** Installs npm packages into a folder that is no project, without their install scripts. */
export async function installPackages(folder: string, packages: readonly string[]): Promise<void> {
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  await npm(folder, ['install', ...packages]);
}

/** Runs npm in `folder` as if a user had typed it there: without the settings that an outer npm run passes on. */
export async function npm(folder: string, args: readonly string[]): Promise<void> {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
  await runToEnd('npm', [...args, ...quiet], {
    cwd: folder,
    env: outsideOfNpm(),
    shell: process.platform === 'win32',
  });
}

function outsideOfNpm(): NodeJS.ProcessEnv {
  const scripts = /^npm_(?:config_(?:json|loglevel|local_prefix|omit|production)|package_|lifecycle_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !scripts.test(name)));
}
