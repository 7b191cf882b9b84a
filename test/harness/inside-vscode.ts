import { cp, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests, SilentReporter } from '@vscode/test-electron';
import { cacheFolder } from './cache.js';
import { launchChromium } from './chromium.js';
import { startCodeServer } from './code-server.js';
import { removeFolder, temporaryFolder } from './temporary-folder.js';

export interface InsideOptions {
  /** Absolute folder of the extension. */
  readonly extension: string;
  /** Absolute path of the bundled module that exports `run(): Promise<void>`. */
  readonly tests: string;
  /** Folder whose copy is opened, so that a test may write into it. */
  readonly workspace: string;
  /** For the extension host. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** A way to run the tests inside VS Code on this machine. */
export interface InsideVsCode {
  /** `VS Code 1.101.0`, for headings. */
  readonly name: string;
  /** @throws when a test failed or VS Code did not get as far. */
  readonly run: (options: InsideOptions) => Promise<void>;
}

/** The lowest version in `engines.vscode` of package.json: what a user may have at the least. */
async function minimumVersion(extension: string): Promise<string> {
  const manifest = JSON.parse(await readFile(path.join(extension, 'package.json'), 'utf8')) as {
    readonly engines: { readonly vscode: string };
  };
  return manifest.engines.vscode.replace(/^\D*/, '');
}

/**
 * The VS Codes to test in. With a display, and where the download works: the minimum version and stable. Otherwise the
 * server build with a real Chromium as its window, which is the same extension host.
 */
export async function availableVsCodes(extension: string): Promise<readonly InsideVsCode[]> {
  if (!hasDisplay()) return [serverBuild('no display')];
  const versions = [await minimumVersion(extension), 'stable'];
  const executables: InsideVsCode[] = [];
  for (const version of versions) {
    const executable = await downloadedVsCode(version);
    if (executable === undefined) return [serverBuild('VS Code cannot be downloaded')];
    executables.push({ name: `VS Code ${version}`, run: (options) => runInWindow(executable, options) });
  }
  return executables;
}

/** Whether a window can be shown. */
export function hasDisplay(): boolean {
  if (process.platform === 'win32' || process.platform === 'darwin') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/** The executable of a downloaded VS Code, kept in the cache; undefined when it cannot be had, whatever the reason. */
export async function downloadedVsCode(version: string): Promise<string | undefined> {
  const download = downloadAndUnzipVSCode({
    version,
    cachePath: path.join(cacheFolder(), 'vscode'),
    reporter: new SilentReporter(),
    timeout: 15_000,
  });
  const tooLong = new Promise<undefined>((resolve) => setTimeout(resolve, 300_000, undefined).unref());
  return Promise.race([download.catch(() => undefined), tooLong]);
}

async function runInWindow(executable: string, options: InsideOptions): Promise<void> {
  const scratch = await temporaryFolder('lab-window');
  try {
    const workspace = await copyOfWorkspace(options.workspace, scratch);
    const folders = [`--user-data-dir=${scratch}/user`, `--extensions-dir=${scratch}/extensions`];
    await withinTime(
      options.timeoutMs,
      runTests({
        vscodeExecutablePath: executable,
        extensionDevelopmentPath: options.extension,
        extensionTestsPath: options.tests,
        extensionTestsEnv: { ...options.environment },
        launchArgs: [workspace, ...folders, '--disable-workspace-trust', '--disable-extensions'],
      }),
    );
  } finally {
    await removeFolder(scratch);
  }
}

function serverBuild(why: string): InsideVsCode {
  return { name: `VS Code's server build with Chromium (${why})`, run: runInServerBuild };
}

async function runInServerBuild(options: InsideOptions): Promise<void> {
  const scratch = await temporaryFolder('lab-window');
  const workspace = await copyOfWorkspace(options.workspace, scratch);
  const server = await startCodeServer({ environment: options.environment });
  try {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      const exitCode = new Promise<number>((resolve) => {
        void page.exposeFunction('codeAutomationExit', resolve);
      });
      // VS Code sends its whole log here; the tests' report comes through a file.
      await page.exposeFunction('codeAutomationLog', () => undefined);
      await page.goto(
        server.address(workspace, [
          ['extensionDevelopmentPath', server.remotePath(options.extension)],
          ['extensionTestsPath', server.remotePath(options.tests)],
          ['skipWelcome', 'true'],
        ]),
      );
      const code = await withinTime(options.timeoutMs, exitCode);
      if (code !== 0) throw new Error(`VS Code ended with ${code}`);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
    await removeFolder(scratch);
  }
}

async function copyOfWorkspace(workspace: string, scratch: string): Promise<string> {
  const copy = path.join(scratch, path.basename(workspace));
  if (existsSync(workspace)) await cp(workspace, copy, { recursive: true });
  return copy;
}

async function withinTime<Result>(timeoutMs: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`The tests in VS Code did not end in ${timeoutMs} ms`)),
      timeoutMs,
    );
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
