import assert from 'node:assert/strict';
import path from 'node:path';
import { expectedRows, makeCases } from '../cluster/lag-cases.js';
import { Side } from '../differential/side.js';
import { openCluster } from '../../src/cluster/connected-cluster.js';
import { startProcess, untilItSucceeds, type ServerProcess } from '../harness/processes.js';
import type { Workbench } from '../harness/workbench.js';
import { casesInTree, configureServers } from './cases-in-tree.js';
import { ClustersView } from './clusters-view.js';
import { runFromPalette, startLab, type LabVsCode } from './lab-window.js';

const served = 'Cluster Kafka of the settings,';

describe('the view Clusters', () => {
  let broker: ServerProcess;
  let node: Side;
  let endCases: (() => Promise<void>) | undefined;
  let vscode: LabVsCode;
  let window: Workbench;
  let view: ClustersView;

  before(async () => {
    broker = startProcess(process.execPath, [path.resolve('dist/cli.js'), 'broker', '--port', '0']);
    const server = await untilItSucceeds('The broker tells its address', () => addressOf(broker), {
      timeoutMs: 10_000,
    });
    node = new Side('served', { host: '127.0.0.1', port: Number(server.split(':')[1]) });
    endCases = await makeCases([server], node);
    vscode = await startLab();
    await configureServers(vscode.workspace, [server]);
    window = await vscode.openWindow();
    view = await ClustersView.open(window.page);
  });
  after(async () => {
    await vscode.stop();
    await endCases?.();
    await node.close();
    await broker.stop();
  });

  it('lists the embedded broker, which does not run before it is looked at, and the cluster of the settings', async () => {
    const [first = '', second = ''] = await view.texts();
    assert.equal(first, 'Embedded brokernot running');
    assert.match(second, /^Kafka of the settings127\.0\.0\.1:\d+$/);
  });

  it('shows topics with their partitions', async () => {
    await view.expand(served);
    await view.expand('Topics');
    await view.expand('Topic open,');
    const row = view.row('open, partition 0: start 0 · end 5 · last stable 3 · ');
    await row.waitFor();
    assert.match((await row.getAttribute('aria-label')) ?? '', /\d+ ?B$/);
    await view.collapse('Topics');
  });

  it('unfolds the groups, and tells their number', async () => {
    await view.expand('Consumer groups');
    await view.row(`Consumer groups: ${Object.keys(expectedRows).length}`).waitFor();
  });

  casesInTree(() => view);

  it('sorts groups by lag, the largest first, and by name again', async () => {
    const groups = async (): Promise<readonly string[]> => {
      const all = await view.texts();
      return all
        .slice(all.findIndex((text) => text.startsWith('Consumer groups')) + 1)
        .map((text) => text.slice(0, 5));
    };
    const byName = await groups();
    await window.command('Kafka Lab: Sort Groups by Lag');
    await untilItSucceeds(
      'The largest lag comes first',
      async () => assert.equal((await groups())[0], 'expir'),
      { timeoutMs: 10_000 },
    );
    await window.command('Kafka Lab: Sort Groups by Name');
    await untilItSucceeds('They are as before', async () => assert.deepEqual(await groups(), byName), {
      timeoutMs: 10_000,
    });
  });

  it('shows only what is looked for, and all of it again', async () => {
    await window.command('Kafka Lab: Filter Topics and Groups…');
    await answer('whose name contains', 'to-');
    await view.row('Group plain,').waitFor({ state: 'detached' });
    await view.row('Group to-latest,').waitFor();
    await window.command('Kafka Lab: Filter Topics and Groups…');
    await answer('whose name contains', '');
    await view.row('Group plain,').waitFor();
  });

  it('reads again by itself as often as the user wants, and shows what others have changed', async () => {
    await window.command('Kafka Lab: Refresh Automatically…');
    await window.pick('Every 2 s');
    const cluster = await openCluster({ connection: { bootstrapServers: [await addressOf(broker)] } });
    const to = { kind: 'latest' } as const;
    const plan = await cluster.planReset({ groupId: 'plain', to });
    await cluster.applyReset(plan, 'apply');
    await view.row('Group plain, lag 0, ').waitFor({ timeout: 10_000 });
    await cluster.applyReset(plan, 'undo');
    await view.row('Group plain, lag 2, ').waitFor({ timeout: 10_000 });
    await cluster.close();
    await window.command('Kafka Lab: Refresh Automatically…');
    await window.pick('Off');
  });

  it('resets offsets after a preview, and undoes it', async () => {
    await view.choose('Group plain,', 'Reset Offsets…');
    await window.pick('Earliest');
    const preview = window.page.locator('.quick-input-list .monaco-list-row');
    await preview.filter({ hasText: 'plain/0' }).waitFor();
    assert.match(await preview.filter({ hasText: 'plain/0' }).innerText(), /1 → 0\s+reads 1 again/);
    assert.match(
      await preview.filter({ hasText: 'plain/1' }).innerText(),
      /– → 0\s+its readers begin there, whatever auto\.offset\.reset says/,
    );
    await window.page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).click();
    await view.row('Group plain, lag 3, ').waitFor();
    await view.choose('Group plain,', 'Undo Last Reset of Offsets');
    await view.row('Group plain, lag 2, ').waitFor();
  });

  it('creates a topic, and deletes it once the user has said so', async () => {
    await view.choose('Topics', 'Create Topic…');
    for (const [step, text] of ['made-here', '2', ''].entries()) await answer(`(${step + 1}/3)`, text);
    await view.expand('Topics');
    await view.row('Topic made-here, 2 partitions').waitFor();
    await view.choose('Topic made-here,', 'Delete Topic…');
    const dialog = window.page.locator('.monaco-dialog-box');
    assert.match(await dialog.innerText(), /Delete the topic “made-here”\?\s+All its records are lost/);
    await dialog.locator('.monaco-button', { hasText: 'Delete Topic' }).click();
    await view.row('Topic made-here,').waitFor({ state: 'detached' });
    await view.collapse(served);
  });

  it('shows what a run left on the embedded broker while it is pinned', async () => {
    await window.command('Kafka Lab: Pin Embedded Broker');
    await runFromPalette(window, 'The broker appends m4, but its answer never arrives');
    view = await ClustersView.open(window.page);
    await view.row('Cluster Embedded broker, 127.0.0.1:').waitFor();
    await view.expand('Cluster Embedded broker,');
    await view.expand('Topics');
    await view.row('Topic lab.producer.at-least-once.response-lost.').waitFor();
    await window.command('Kafka Lab: Unpin Embedded Broker');
    await window.command('Kafka Lab: Stop Embedded Broker');
    await view.row('Cluster Embedded broker, not running').waitFor();
    await view.row('Topic lab.').waitFor({ state: 'detached' });
  });

  it('adds a cluster once it has been reached, after a mistake was told and corrected', async () => {
    await window.command('Kafka Lab: Add Cluster…');
    await describe('127.0.0.1:1');
    const dialog = window.page.locator('.monaco-dialog-box');
    await dialog.waitFor({ timeout: 30_000 });
    assert.match(await dialog.innerText(), /cannot be used as it was described/);
    assert.match(await dialog.innerText(), /No broker answers at 127\.0\.0\.1:1/);
    await dialog.locator('.monaco-button', { hasText: 'Correct It' }).click();
    await describe(await addressOf(broker));
    await view.row('Cluster Mine, 127.0.0.1:').waitFor();
    await view.expand('Cluster Mine,');
    await view.row(`Topics: ${Object.keys(expectedRows).length}`).waitFor();
    await view.choose('Cluster Mine,', 'Remove Cluster…');
    await dialog.locator('.monaco-button', { hasText: 'Remove Cluster' }).click();
    await view.row('Cluster Mine,').waitFor({ state: 'detached' });
  });

  it('says in one sentence that a cluster is away, beside one that is not, and finds it again', async () => {
    await configureServers(vscode.workspace, ['127.0.0.1:1']);
    await view.expand(served);
    await view.row('No broker answers at 127.0.0.1:1').waitFor({ timeout: 20_000 });
    const [, address = ''] = /bootstrap\.servers=(\S+)/.exec(broker.lastOutput()) ?? [];
    await configureServers(vscode.workspace, [address]);
    await view.expand(served);
    await view.row('Consumer groups').waitFor();
  });

  /** Answers the questions of Add Cluster, without a login and without TLS. */
  async function describe(server: string): Promise<void> {
    await answer('(1)', 'Mine');
    await answer('(2)', server);
    await window.pick('No login');
    await window.pick('Plaintext');
  }

  /** Answers the question whose title holds `step`. */
  async function answer(step: string, text: string): Promise<void> {
    const widget = window.page.locator('.quick-input-widget');
    await widget.locator('.quick-input-title', { hasText: step }).waitFor();
    await widget.locator('input.input').fill(text);
    await window.page.keyboard.press('Enter');
  }
});

function addressOf(broker: ServerProcess): Promise<string> {
  const [, address] = /bootstrap\.servers=(\S+)/.exec(broker.lastOutput()) ?? [];
  return address === undefined ? Promise.reject(new Error(broker.lastOutput())) : Promise.resolve(address);
}
