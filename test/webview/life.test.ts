import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { webviewIn, type Workbench } from '../harness/workbench.js';
import { openSemantics, runFromPalette, startLab, stopInTime, texts, type LabVsCode } from './lab-window.js';

const responseLost = 'The broker appends m4, but its answer never arrives';

describe('a run and its page, over the life of a window', () => {
  let vscode: LabVsCode;
  let window: Workbench;

  before(async () => {
    vscode = await startLab();
  });
  after(async () => {
    await vscode.stop();
  });
  beforeEach(async () => {
    window = await vscode.openWindow();
  });
  afterEach(async () => {
    await window.stop();
  });

  // How soon it ends is held by the runner's own tests; through a browser on a busy machine a second says nothing.
  it('is stopped by a press on the page, and says so', async () => {
    await window.command('Kafka Lab: Run Scenario…');
    await window.pick('A transaction stays open');
    const page = await window.webview('.answer.running, .verdict');
    await stopInTime(page);
    assert.match((await texts(page, '.answer')).join(), /was stopped\. Its topics and groups are removed/);
    assert.deepEqual(await texts(page, 'vscode-button[data-focus="run"]'), ['Run again']);
  });

  it('is as it was after the page was hidden and shown again', async () => {
    const page = await runFromPalette(window, responseLost);
    await page.locator('#filter').fill('m4');
    await page.locator('.count', { hasText: ' of ' }).waitFor();
    const before = await texts(page, '.events tbody tr');
    // Escape, which opens the palette anew, would empty a search field that has the focus.
    await page.locator('h1').click();
    await window.command('File: New Untitled Text File');
    await window.page.locator('.monaco-editor[data-uri^="untitled"]').first().waitFor();
    await window.page.locator('.tab', { hasText: 'Response lost' }).click();
    const again = await window.webview('.verdict');
    assert.equal(await again.locator('#filter').inputValue(), 'm4');
    assert.deepEqual(await texts(again, '.events tbody tr'), before);
  });

  it('is as it was after the page was moved into a window of its own', async () => {
    const page = await runFromPalette(window, responseLost);
    await page.locator('[data-focus="step-fault"]').click();
    await page.locator('.say', { hasText: 'does not know' }).waitFor();
    const before = await texts(page, '.knowledge');
    const opening = window.page.context().waitForEvent('page');
    await window.command('View: Move Editor into New Window');
    const moved = await opening;
    const again = await webviewIn(moved, '.say');
    await again.locator('.say', { hasText: 'does not know' }).waitFor();
    assert.deepEqual(await texts(again, '.knowledge'), before);
    // Runs go on from there too.
    await again.locator('vscode-button[data-focus="run"]', { hasText: 'Run again' }).click();
    await again.locator('.say', { hasText: 'All is over' }).waitFor({ timeout: 30_000 });
  });

  it('shows its verdict again after the window was reloaded', async () => {
    await runFromPalette(window, responseLost);
    await window.reload();
    const again = await window.webview('.verdict', 60_000);
    assert.deepEqual(await texts(again, 'h1'), [responseLost]);
    assert.deepEqual(await texts(again, '.verdict'), ['Duplicate 1 (m4 at offsets 4 and 5)']);
  });

  it('says that a run was interrupted when the window is reloaded in the middle of it, and offers it again', async () => {
    await window.command('Kafka Lab: Run Scenario…');
    await window.pick('A transaction stays open');
    await window.webview('.answer.running');
    await window.reload();
    const again = await window.webview('.answer.interrupted', 60_000);
    assert.match((await texts(again, '.answer')).join(), /it was interrupted/);
    await again.locator('vscode-button[data-focus="run"]', { hasText: 'Run again' }).click();
    await again.locator('.verdict').waitFor({ timeout: 30_000 });
  });

  it('leaves its last verdict in the tree, in words and as an icon, and a press leads back to it', async () => {
    await runFromPalette(window, responseLost);
    await openSemantics(window.page);
    const row = window.page.locator('[role="treeitem"]', { hasText: 'Response lost' }).first();
    await row.locator('.codicon-pass').waitFor();
    assert.match(
      (await row.getAttribute('aria-label')) ?? '',
      /Last verdict: duplicate 1 \(m4 at offsets 4 and 5\), as expected/,
    );
    await window.page.locator('[role="treeitem"]', { hasText: 'Request lost' }).first().click();
    const page = await window.webview('.answer.none');
    assert.deepEqual(await texts(page, 'h1'), ['The request that carries m4 never reaches the broker']);
  });

  it('tells what is wrong in one sentence when the cluster of the settings does not answer', async () => {
    await configure({ 'kafkaLab.broker': 'kafka', 'kafkaLab.bootstrapServers': ['127.0.0.1:1'] });
    await window.command('Kafka Lab: Run Scenario…');
    await window.pick(responseLost);
    const consent = window.page.locator('.monaco-dialog-box');
    await consent.waitFor();
    assert.match(await consent.innerText(), /names begin with “lab\.”/);
    await consent.locator('.monaco-button', { hasText: 'Use This Cluster' }).click();
    const page = await window.webview('.answer.failed', 60_000);
    assert.match(
      (await texts(page, '.answer .lead')).join(),
      /No broker answers at 127\.0\.0\.1:1: check the address/,
    );
    assert.deepEqual(await texts(page, 'vscode-button[data-focus="log"]'), ['Show Log']);
  });

  /** Settings of the workspace; a remote window takes addresses from nowhere else than there and its own machine. */
  async function configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
    const folder = path.join(vscode.workspace, '.vscode');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'settings.json'), JSON.stringify(settings));
    await window.reload();
  }
});

describe('the lab in French', () => {
  let vscode: LabVsCode;
  before(async () => {
    vscode = await startLab('fr');
  });
  after(async () => {
    await vscode.stop();
  });

  it('has its commands, its page and its verdict in French, and says which language that is', async () => {
    const window = await vscode.openWindow();
    await window.command('Kafka Lab: Exécuter un scénario…');
    await window.pick('sa réponse n’arrive jamais');
    const page = await window.webview('.verdict', 60_000);
    assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
    assert.deepEqual(await texts(page, '.verdict'), ['Doublon 1 (m4 aux offsets 4 et 5)']);
    assert.match((await texts(page, '.standing')).join(), /comme attendu/);
    const [heading = ''] = await texts(page, '#verdict-heading');
    assert.match(heading, /verdict de toute l’exécution/i);
  });
});
