import assert from 'node:assert/strict';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { Kafka, logLevel } from '../../src/clients/kafkajs.js';
import { openCluster } from '../../src/cluster/connected-cluster.js';
import { writeLedger } from '../cluster/log-behaviour.js';
import { startProcess, untilItSucceeds, type ServerProcess } from '../harness/processes.js';
import { themes, type Workbench } from '../harness/workbench.js';
import { configureServers } from './cases-in-tree.js';
import { ClustersView } from './clusters-view.js';
import { axeViolations, startLab, texts, type LabVsCode } from './lab-window.js';

describe('the log of a partition, in a real VS Code', () => {
  let broker: ServerProcess;
  let vscode: LabVsCode;
  let window: Workbench | undefined;
  let page: Frame;

  before(async () => {
    broker = startProcess(process.execPath, [path.resolve('dist/cli.js'), 'broker', '--port', '0']);
    const server = await untilItSucceeds('The broker tells its address', () => addressOf(broker), {
      timeoutMs: 10_000,
    });
    await writeTo([server]);
    vscode = await startLab();
    await configureServers(vscode.workspace, [server]);
    window = await vscode.openWindow();
    page = await openLog(window);
  });
  after(async () => {
    await vscode.stop();
    await broker.stop();
  });

  it('shows every record with who is given it, markers and the last stable offset among them', async () => {
    assert.deepEqual(await texts(page, 'h1'), ['ledger / 0']);
    const [status] = await texts(page, '[role="status"]');
    assert.equal(status, 'start 0 · LSO 8 · end 14 · 6 behind an open transaction');
    const rows = await texts(page, 'table.log tbody tr:not(.batch)');
    const short = rows.map((row) =>
      row.replace(/\d{4}-\d\d-\d\dT\S+Z/, '…').replace(/producer \d+/, 'producer …'),
    );
    assert.deepEqual(short, [
      '0 … k p0 trace: t1 ✓ ✓ committed',
      '1 … k p1 trace: t1 ✓ ✓ committed',
      '2 … null a0 ✓ ✓ committed',
      '3 … null a1 ✓ ✓ committed',
      '4 ✓ commit marker · producer …, epoch 0 – – marker',
      '5 … null b0 ✓ – aborted',
      '6 … null b1 ✓ – aborted',
      '7 ⊘ abort marker · producer …, epoch 0 – – marker',
      '▲ LSO 8: read_committed is given nothing from here on',
      '8 … null c0 ✓ – open',
      '9 … null p2 ✓ – past the LSO',
      '10 … null d0 ✓ – past the LSO',
      '11 ✓ commit marker · producer …, epoch 0 – – marker',
      '12 … null e0 ✓ – aborted',
      '13 ⊘ abort marker · producer …, epoch 0 – – marker',
    ]);
  });

  it('tells of each batch who sent it, and how', async () => {
    const [first = '', second = ''] = await texts(page, 'table.log tr.batch');
    assert.match(first, /^batch 0–1 · not idempotent · gzip · \d+ bytes · leader epoch 0$/);
    assert.match(
      second,
      /^batch 2–3 · producer \d+, epoch 0, sequence 0 · transactional · \d+ bytes · leader epoch 0$/,
    );
  });

  it('shows where a group reads on, once it is chosen', async () => {
    await page.locator('vscode-checkbox', { hasText: 'half-way' }).click();
    await page.locator('tr.pointer', { hasText: 'half-way reads on from 3' }).waitFor();
    assert.equal(await page.locator('tr.pointer:has-text("half-way") + tr th').innerText(), '3');
  });

  it('shows values as hex', async () => {
    await choose('format', 'hex');
    await page.locator('table.log .hex', { hasText: '70 30' }).waitFor();
    await choose('format', 'as text');
  });

  it('begins at an offset, says in one sentence what is none, and goes back', async () => {
    await choose('from', 'an offset');
    await page.locator('#position').fill('twelve');
    await page.locator('#position').press('Enter');
    await page.locator('.problem', { hasText: 'Write an offset: a whole number from 0 on.' }).waitFor();
    await page.locator('#position').fill('12');
    await page.locator('#position').press('Enter');
    await page.locator('table.log tbody tr').nth(2).waitFor();
    await page.locator('table.log tr.batch', { hasText: 'batch 2–3' }).waitFor({ state: 'detached' });
    await page.locator('vscode-button[data-focus="earlier"]').click();
    await page.locator('table.log tr.batch', { hasText: 'batch 2–3' }).waitFor();
  });

  it('is there again after the window was reloaded', async () => {
    assert.ok(window);
    await window.reload();
    page = await window.webview('table.log', 60_000);
    assert.deepEqual(await texts(page, 'h1'), ['ledger / 0']);
  });

  for (const theme of themes)
    it(`has no violation of an accessibility rule (${theme})`, async () => {
      await window?.stop();
      window = await vscode.openWindow({ theme });
      page = await openLog(window);
      assert.deepEqual(await axeViolations(page), []);
    });

  /** In a dropdown of the toolkit, as a user does it. */
  async function choose(name: string, label: string): Promise<void> {
    await page.locator(`vscode-dropdown[data-focus="${name}"]`).click();
    await page.locator(`vscode-dropdown[data-focus="${name}"] vscode-option`, { hasText: label }).click();
  }
});

async function openLog(window: Workbench): Promise<Frame> {
  const view = await ClustersView.open(window.page);
  await view.expand('Cluster Kafka of the settings,');
  await view.expand('Topics');
  await view.expand('Topic ledger,');
  await view.choose('ledger, partition 0', 'Inspect Log');
  return window.webview('table.log', 30_000);
}

async function writeTo(bootstrapServers: readonly string[]): Promise<void> {
  const kafka = new Kafka({ brokers: [...bootstrapServers], logLevel: logLevel.NOTHING });
  const cluster = await openCluster({ connection: { bootstrapServers } });
  // The transaction that is left open stays so: the broker ends with the test.
  await writeLedger(kafka, cluster);
  await cluster.close();
}

function addressOf(broker: ServerProcess): Promise<string> {
  const [, address] = /bootstrap\.servers=(\S+)/.exec(broker.lastOutput()) ?? [];
  return address === undefined ? Promise.reject(new Error(broker.lastOutput())) : Promise.resolve(address);
}
