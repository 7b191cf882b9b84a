// What every npm script does first: dependencies as the lock file says, and dist/ built from the sources as they are.
// Only Node's own modules here: on a fresh clone nothing else is there yet. All words go to stderr, so that a command's
// stdout stays its own.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = fileURLToPath(new URL('..', import.meta.url));

const buildStamp = path.join(projectFolder, 'dist', '.built-from');
const buildInputs = ['src', 'esbuild.mjs', 'tsconfig.base.json', 'package-lock.json'];

export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Runs `npm ci` unless node_modules holds exactly what package-lock.json names. */
export async function ensureDependencies() {
  if (dependenciesAreInstalled()) return;
  say('Installing the dependencies (npm ci) …');
  const flags = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline', '--include=dev'];
  const { code, output } = await runQuietly('npm', ['ci', ...flags]);
  if (code !== 0) throw new StepFailed(`npm ci failed:\n${output}`);
}

/** Builds dist/ unless it was built from these very sources; `production` also asks for the minified build. */
export async function ensureBuilt({ production = false } = {}) {
  const wanted = sourcesHash();
  if (isBuiltFrom(wanted, production)) return;
  say(production ? 'Building dist/, minified …' : 'Building dist/ …');
  const { code, output } = await runQuietly(process.execPath, [
    'esbuild.mjs',
    ...(production ? ['--production'] : []),
  ]);
  if (code !== 0) throw new StepFailed(`The build failed:\n${output}`);
  writeFileSync(buildStamp, `${wanted} ${production ? 'production' : 'development'}\n`);
}

/** A step that failed and whose message is all that a user needs. */
export class StepFailed extends Error {}

/** Runs a command with this terminal and the project's own binaries on the PATH; resolves to its exit code. */
export function runCommand(command, args, environment = {}) {
  const child = spawn(command === 'node' ? process.execPath : command, args, {
    stdio: 'inherit',
    shell: needsShell(command),
    env: { ...withOwnBinaries(), ...environment },
  });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // At a terminal Ctrl-C reaches the child by itself, and it decides how to end; this process only waits for it.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

/** Runs the steps of a script; a StepFailed is told in its own words, without a stack. */
export async function main(steps) {
  try {
    process.chdir(projectFolder);
    process.exitCode = await steps();
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}

// npm writes node_modules/.package-lock.json as the last act of an installation: if it agrees with the lock file,
// the installation was complete and is current. What is optional may be missing (packages of other platforms).
function dependenciesAreInstalled() {
  const installedFile = path.join(projectFolder, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = readJson(path.join(projectFolder, 'package-lock.json')).packages;
  const installed = readJson(installedFile).packages;
  return Object.entries(wanted).every(([folder, entry]) => {
    if (folder === '') return true;
    const found = installed[folder];
    return found === undefined ? entry.optional === true : found.version === entry.version;
  });
}

function isBuiltFrom(hash, production) {
  if (!existsSync(buildStamp)) return false;
  const [builtHash, mode] = readFileSync(buildStamp, 'utf8').trim().split(' ');
  return builtHash === hash && (!production || mode === 'production');
}

function sourcesHash() {
  const hash = createHash('sha256');
  for (const file of buildInputs.flatMap((input) => filesBelow(path.join(projectFolder, input)))) {
    hash.update(path.relative(projectFolder, file)).update('\0').update(readFileSync(file));
  }
  return hash.digest('hex');
}

function filesBelow(file) {
  if (!statSync(file).isDirectory()) return [file];
  return readdirSync(file)
    .sort()
    .flatMap((name) => filesBelow(path.join(file, name)));
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function runQuietly(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: projectFolder,
      shell: needsShell(command),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

function withOwnBinaries() {
  const own = path.join(projectFolder, 'node_modules', '.bin');
  return { ...process.env, PATH: `${own}${path.delimiter}${process.env.PATH ?? ''}` };
}

// On Windows npm and the binaries of packages are .cmd files, which only a shell starts.
function needsShell(command) {
  return process.platform === 'win32' && command !== 'node' && command !== process.execPath;
}
