// Opens VS Code with the extension loaded on the sample workspace, in the first of three ways that works here: `code` from
// the PATH, a downloaded VS Code where there is a display, VS Code's server build in a browser (--browser: only that one).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../test/harness/cache.js';
import { startCodeServer } from '../test/harness/code-server.js';
import { downloadedVsCode, hasDisplay } from '../test/harness/inside-vscode.js';

const extension = path.resolve('.');

async function main(): Promise<void> {
  const workspace = await sampleWorkspace();
  if (!process.argv.includes('--browser') && (await openWindow(workspace))) return;
  await serveInBrowser(workspace);
}

async function openWindow(workspace: string): Promise<boolean> {
  if (await openWith('code', workspace, 'Opening VS Code (code on the PATH) …')) {
    if (!hasDisplay()) console.error('No display found. If no window appears: npm start -- --browser');
    return true;
  }
  if (!hasDisplay()) return false;
  console.error('Looking for a VS Code to download (it is kept for the next time) …');
  const executable = await downloadedVsCode('stable');
  if (executable !== undefined && (await openWith(executable, workspace, 'Opening VS Code …'))) return true;
  console.error('VS Code cannot be downloaded here.');
  return false;
}

/** A copy of sample/ in the cache: what a learner does there does not change the repository, and is there the next time. */
async function sampleWorkspace(): Promise<string> {
  const workspace = path.join(cacheFolder(), 'sample');
  await mkdir(workspace, { recursive: true });
  await cp('sample', workspace, { recursive: true, force: false });
  return workspace;
}

/** @returns whether the editor took the order; one that is not there, or fails at once, did not. */
async function openWith(editor: string, workspace: string, line: string): Promise<boolean> {
  const found = editor === 'code' ? onPath('code') : editor;
  if (found === undefined) return false;
  console.error(line);
  const args = [`--extensionDevelopmentPath=${extension}`, workspace];
  const isScript = /\.(?:cmd|bat)$/i.test(found);
  const child = spawn(isScript ? `"${found}"` : found, args, {
    detached: true,
    stdio: 'ignore',
    shell: isScript,
  });
  child.unref();
  // `code` hands over and ends within a second or two; an editor started directly stays. Only an early failure counts.
  const failed = once(child, 'exit').then(
    ([code]) => code !== 0,
    () => true,
  );
  const settled = new Promise<boolean>((resolve) => setTimeout(resolve, 4000, false).unref());
  return !(await Promise.race([failed, settled]));
}

function onPath(name: string): string | undefined {
  const endings = process.platform === 'win32' ? ['.cmd', '.exe'] : [''];
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders
    .flatMap((folder) => endings.map((ending) => path.join(folder, name + ending)))
    .find((file) => existsSync(file));
}

async function serveInBrowser(workspace: string): Promise<void> {
  console.error('Starting the server build of VS Code …');
  const server = await startCodeServer({
    settings: { 'security.workspace.trust.enabled': true, 'workbench.reduceMotion': 'auto' },
  });
  const payload = [['extensionDevelopmentPath', server.remotePath(extension)]] as const;
  console.log(`Open in a browser: ${server.address(workspace, payload)}`);
  console.error('There: the icon “Kafka Lab” at the left, then ▶ beside a scenario. Ctrl-C ends it.');
  // The server itself keeps this process alive; a signal ends both.
}

void main();
