import { readdirSync, readFileSync } from 'node:fs';
import { startProcess, untilItSucceeds, type ServerProcess } from '../test/harness/processes.js';
import type { Workbench } from '../test/harness/workbench.js';
import { configureServers } from '../test/webview/cases-in-tree.js';
import { ClustersView } from '../test/webview/clusters-view.js';
import { startLab } from '../test/webview/lab-window.js';
import { timed, type Figure } from './figure.js';

const topics = 5_000;
const groups = 5_000;

/** The view Clusters in a real VS Code over a large cluster: from the press to the first rows, and what the extension host holds then. */
export async function largeTree(): Promise<readonly Figure[]> {
  const args = ['--import=tsx', 'bench/lag/distant-broker.ts', '0', String(topics), '1', String(groups), '1'];
  const broker = startProcess(process.execPath, args);
  try {
    const servers = await untilItSucceeds('The broker is filled', () => addressesOf(broker), {
      timeoutMs: 120_000,
    });
    const vscode = await startLab();
    try {
      await configureServers(vscode.workspace, servers);
      return await measureIn(await vscode.openWindow());
    } finally {
      await vscode.stop();
    }
  } finally {
    await broker.stop();
  }
}

async function measureIn(window: Workbench): Promise<readonly Figure[]> {
  const view = await ClustersView.open(window.page);
  await view.expand('Cluster Kafka of the settings,');
  const before = extensionHostBytes();
  const topicsMs = await timed(() => unfold(view, 'Topics', 'Topic topic-0,'));
  await view.collapse('Topics');
  const groupsMs = await timed(() => unfold(view, 'Consumer groups', 'Group group-0,'));
  const after = extensionHostBytes();
  const time = (id: string, what: string, measured: number): Figure => ({
    ...{ id: `tree.${id}`, what: `from the press to the first rows of ${what}`, measured, unit: 'ms' },
    target: { bound: 'at most', value: 1000 },
  });
  return [
    time('topics', `${topics} topics`, topicsMs),
    time('groups', `${groups} groups with their lags and members`, groupsMs),
    {
      ...{ id: 'tree.memory', what: 'resident memory that both add to the extension host', unit: 'MB' },
      ...(before !== undefined && after !== undefined && { measured: (after - before) / 1e6 }),
      target: { bound: 'at most', value: 150 },
      ...(after === undefined && { note: 'is read from /proc, which is not here' }),
    },
  ];
}

async function unfold(view: ClustersView, folder: string, first: string): Promise<void> {
  await view.row(folder).click();
  await view.row(first).waitFor({ timeout: 60_000 });
}

/** `undefined` where there is no /proc. */
function extensionHostBytes(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const hosts = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isExtensionHost(name));
  const sizes = hosts.map((id) => Number(/^VmRSS:\s+(\d+) kB/m.exec(textOf(`/proc/${id}/status`))?.[1] ?? 0));
  return Math.max(...sizes) * 1024;
}

function isExtensionHost(id: string): boolean {
  return textOf(`/proc/${id}/cmdline`).includes('--type=extensionHost');
}

/** Empty for a process that has just ended. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function addressesOf(broker: ServerProcess): Promise<readonly string[]> {
  const [, addresses] = /ready (\S+)/.exec(broker.lastOutput()) ?? [];
  return addresses === undefined
    ? Promise.reject(new Error(broker.lastOutput()))
    : Promise.resolve(addresses.split(','));
}
