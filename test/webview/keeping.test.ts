import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Frame } from 'playwright-core';
import { launchChromium } from '../harness/chromium.js';
import { untilItSucceeds } from '../harness/processes.js';
import type { Workbench } from '../harness/workbench.js';
import { compareWith, runFromPalette, startLab, texts, type LabVsCode } from './lab-window.js';
import { rowTexts } from './stage-page.js';

const responseLost = 'The broker appends m4, but its answer never arrives';
const id = 'producer.at-least-once.response-lost';

describe('keeping and comparing what a run has shown', () => {
  let vscode: LabVsCode;
  let window: Workbench;
  let page: Frame;

  before(async () => {
    vscode = await startLab();
    window = await vscode.openWindow();
    page = await runFromPalette(window, responseLost);
  });
  after(async () => {
    await vscode.stop();
  });

  it('lays the control run beside the fault, aligned, and marks what differs', async () => {
    await compareWith(page, 'the control run, without the fault');
    await page.locator('.aligned').waitFor();
    const only = await texts(page, '.aligned tr.only-left');
    assert.ok(only.includes('Produce m4, again ◂ only here'), only.join('\n'));
    assert.ok((await page.locator('.aligned tr.same').count()) > 3);
  });

  it('lays another scenario beside it once that was run', async () => {
    page = await runFromPalette(window, 'The same lost answer, but the producer is idempotent');
    await compareWith(page, responseLost);
    await page.locator('.aligned').waitFor();
    const rows = (await texts(page, '.aligned tbody tr')).join('\n');
    assert.match(rows, /recognised, not appended ◂ only here/);
    assert.match(rows, /▸ only there m4 → offset 5/);
  });

  it('leads to a scenario that changes one thing', async () => {
    await page.locator('.neighbours .link', { hasText: responseLost }).click();
    await page.locator('h1', { hasText: responseLost }).waitFor();
  });

  it('saves a report as HTML that a browser opens by itself, with drawings and the learner’s words', async () => {
    await page.locator('#own-words').fill('The answer was lost, so it was sent again.');
    await page.locator('[data-focus="report/html"]').click();
    const file = await accepted(`${id}.report.html`);
    const browser = await launchChromium();
    try {
      const report = await browser.newPage();
      const loaded: string[] = [];
      report.on('request', (request) => loaded.push(request.url()));
      await report.goto(pathToFileURL(file).href);
      assert.equal(await report.locator('svg.diagram [data-row]').count(), 12);
      assert.equal(await report.locator('svg.log-strip .place').count(), 11);
      assert.equal(await report.locator('.words').innerText(), 'The answer was lost, so it was sent again.');
      assert.match(await report.locator('.verdict').innerText(), /Duplicate 1 \(m4 at offsets 4 and 5\)/);
      assert.equal(loaded.length, 1);
    } finally {
      await browser.close();
    }
  });

  it('saves a report as Markdown, its drawings beside it', async () => {
    await page.locator('[data-focus="report/markdown"]').click();
    const text = await readFile(await accepted(`${id}.report.md`), 'utf8');
    const names = [...text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, name = '']) => name);
    assert.equal(names.length, 2);
    for (const name of names)
      assert.match(
        await readFile(path.join(vscode.workspace, decodeURI(name)), 'utf8'),
        /^<svg [^>]*><style>/,
      );
  });

  it('opens a recorded history again, with its verdict and its steps', async () => {
    await page.locator('vscode-button[data-focus="save"]').click();
    const file = await accepted(`${id}.fault.jsonl`);
    await openHistory(window, file);
    page = await window.webview('.crumb', 30_000);
    await page.locator('h1', { hasText: path.basename(file) }).waitFor();
    assert.deepEqual(await texts(page, '.verdict'), ['Duplicate 1 (m4 at offsets 4 and 5)']);
    assert.ok((await rowTexts(page)).includes('Produce m4, again'));
    await window.reload();
    page = await window.webview('.crumb', 60_000);
    await page.locator('h1', { hasText: path.basename(file) }).waitFor({ timeout: 30_000 });
  });

  it('says which line of a file is no history', async () => {
    const file = path.join(vscode.workspace, 'broken.jsonl');
    await writeFile(file, '{"seq":0,"timeMs":0,"type":"run","topics":[]}\nno JSON\n');
    await openHistory(window, file);
    await window.command('Notifications: Show Notifications');
    await window.page.locator('.notification-list-item-message', { hasText: 'Line 2 is not JSON' }).waitFor();
  });

  async function accepted(name: string): Promise<string> {
    const dialog = window.page.locator('.quick-input-widget');
    await dialog.locator('.quick-input-title', { hasText: /^Save/ }).waitFor();
    await dialog.locator('input.input').press('Enter');
    const file = path.join(vscode.workspace, name);
    await untilItSucceeds(`${name} is written`, () => readFile(file), { timeoutMs: 10_000 });
    return file;
  }
});

async function openHistory(window: Workbench, file: string): Promise<void> {
  await window.command('Kafka Lab: Open History…');
  const input = window.page.locator('.quick-input-widget input.input');
  await window.page.locator('.quick-input-title', { hasText: 'Open a recorded history' }).waitFor();
  // The dialog looks into the folder first, and then writes its name into the field; an earlier Enter would only complete the path.
  await window.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
  await input.fill(file);
  await window.page
    .locator('.quick-input-list .monaco-list-row.focused', { hasText: path.basename(file) })
    .waitFor();
  await input.press('Enter');
}
