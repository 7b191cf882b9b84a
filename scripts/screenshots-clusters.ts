// npm run screenshots:clusters [-- [--theme dark] [--locale fr] [--out FOLDER]]: the view Clusters beside a log, with every case of honest lag
// in it, as a user sees them. A broker of our own serves them; nothing else is needed.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Kafka, logLevel } from '../src/clients/kafkajs.js';
import { openCluster } from '../src/cluster/connected-cluster.js';
import { makeCases } from '../test/cluster/lag-cases.js';
import { writeLedger } from '../test/cluster/log-behaviour.js';
import { Side } from '../test/differential/side.js';
import { startProcess, untilItSucceeds, type ServerProcess } from '../test/harness/processes.js';
import { themes, type Theme, type Workbench } from '../test/harness/workbench.js';
import { configureServers } from '../test/webview/cases-in-tree.js';
import { ClustersView } from '../test/webview/clusters-view.js';
import { startLab, type LabVsCode } from '../test/webview/lab-window.js';

const { values } = parseArgs({
  options: {
    theme: { type: 'string', multiple: true, default: [...themes] },
    locale: { type: 'string', default: 'en' },
    out: { type: 'string', default: path.join('out', 'screenshots') },
  },
});
const isFrench = values.locale === 'fr';

async function main(): Promise<void> {
  await mkdir(values.out, { recursive: true });
  const broker = startProcess(process.execPath, [path.resolve('dist/cli.js'), 'broker', '--port', '0']);
  try {
    const server = await untilItSucceeds('The broker tells its address', () => addressOf(broker), {
      timeoutMs: 10_000,
    });
    await fill(server);
    const vscode = await startLab(isFrench ? 'fr' : 'en');
    await configureServers(vscode.workspace, [server]);
    for (const theme of themes.filter((name) => values.theme.includes(name))) await picture(vscode, theme);
    await vscode.stop();
  } finally {
    await broker.stop();
  }
  // The transactions that are left open would keep their clients alive.
  process.exit();
}

async function fill(server: string): Promise<void> {
  await makeCases([server], new Side('served', { host: '127.0.0.1', port: Number(server.split(':')[1]) }));
  const kafka = new Kafka({ brokers: [server], logLevel: logLevel.NOTHING });
  const cluster = await openCluster({ connection: { bootstrapServers: [server] } });
  await writeLedger(kafka, cluster);
  await cluster.close();
}

async function picture(vscode: LabVsCode, theme: Theme): Promise<void> {
  const window = await vscode.openWindow({ theme, width: 1360, height: 760 });
  try {
    const view = await ClustersView.open(window.page, isFrench ? french : undefined);
    await widenSideBar(window);
    await view.expand(isFrench ? 'Cluster Kafka des paramètres' : 'Cluster Kafka of the settings');
    await view.expand('Topics');
    await view.expand('Topic ledger,');
    await view.choose('ledger, partition 0', isFrench ? 'Inspecter le journal' : 'Inspect Log');
    const page = await window.webview('table.log');
    await page.locator('vscode-checkbox', { hasText: 'half-way' }).click();
    await page.locator('tr.pointer', { hasText: 'half-way' }).waitFor();
    await view.collapse('Topics');
    const groups = isFrench ? 'Groupes de consommateurs' : 'Consumer groups';
    await view.expand(groups);
    await view.expand(isFrench ? 'Groupe open,' : 'Group open,');
    await view.expand('Topic open,');
    await window.page.waitForTimeout(500);
    const file = path.join(values.out, `clusters.${theme}.${values.locale}.png`);
    await window.screenshot(file);
    console.log(file);
  } finally {
    await window.stop();
  }
}

/** So far that what rows say of lags is not cut off. */
async function widenSideBar({ page }: Workbench): Promise<void> {
  const sideBar = await page.locator('.part.sidebar').boundingBox();
  if (sideBar === null) throw new Error('There is no side bar.');
  const edge = sideBar.x + sideBar.width;
  await page.mouse.move(edge, 400);
  await page.mouse.down();
  await page.mouse.move(edge + 130, 400, { steps: 5 });
  await page.mouse.up();
}

const french = { semantics: 'Sémantiques', clusters: 'Clusters' };

function addressOf(broker: ServerProcess): Promise<string> {
  const [, address] = /bootstrap\.servers=(\S+)/.exec(broker.lastOutput()) ?? [];
  return address === undefined ? Promise.reject(new Error(broker.lastOutput())) : Promise.resolve(address);
}

void main();
