import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { parseHistory } from '../../src/core/history/jsonl.js';
import { untilItSucceeds } from '../harness/processes.js';
import type { Workbench } from '../harness/workbench.js';
import { themes } from '../harness/workbench.js';
import { axeViolations, focused, runFromPalette, startLab, texts, type LabVsCode } from './lab-window.js';
import { cells, rowTexts } from './stage-page.js';

const responseLost = 'The broker appends m4, but its answer never arrives';

describe('the lab page in a real VS Code', () => {
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

  it('shows the verdict of a scenario that was run from the palette', async () => {
    assert.deepEqual(await texts(page, 'h1'), [responseLost]);
    assert.deepEqual(await texts(page, '.verdict'), ['Duplicate 1 (m4 at offsets 4 and 5)']);
    const [standing = ''] = await texts(page, '.standing');
    assert.match(standing, /✓ ?as expected/);
    assert.match(standing, /control run without the fault: clean/);
  });

  it('shows the settings and what strikes', async () => {
    const chips = await texts(page, '.chip');
    for (const chip of ['acks=all', 'enable.idempotence=false', 'steps: send'])
      assert.ok(chips.includes(chip), chip);
    assert.match((await texts(page, '.strikes')).join(), /response of m4 lost after the append/);
  });

  it('shows the verdict for each layer, beside what is guaranteed', async () => {
    const [row = ''] = await texts(page, '[aria-labelledby="verdict-heading"] tbody tr');
    assert.equal(row, 'producer → log 10 11 0 1 ✗ violated ✓ held');
    assert.match((await texts(page, '.beside')).join(), /disproves “exactly once”/);
  });

  it('shows the log as it is in the end, m4 at two offsets, joined by a line', async () => {
    assert.deepEqual(await cells(page), ['m0', 'm1', 'm2', 'm3', 'm4', 'm4', 'm5', 'm6', 'm7', 'm8', 'm9']);
    assert.equal(await page.locator('.log-strip .joint').count(), 1);
  });

  it('shows control and fault side by side', async () => {
    const rows = await texts(page, '.comparison tbody tr');
    assert.ok(rows.includes('in the log 10 11 +1'), rows.join('\n'));
    assert.ok(rows.includes('told “ok” 10 10 ='), rows.join('\n'));
  });

  it('leads from a witness to the step that it stems from', async () => {
    await page.locator('.anomalies .link').first().click();
    await page.locator('.say', { hasText: /m4/ }).waitFor();
    assert.equal(await focused(page), 'diagram');
    assert.match((await rowTexts(page, '.row.current')).join(), /m4|offset [45]/);
  });

  it('jumps to the fault, whatever the filter hides', async () => {
    await page.locator('#filter').fill('no event has these words');
    await page.locator('.events tbody tr').first().waitFor({ state: 'detached' });
    await page.locator('vscode-button[data-focus="jump"]').click();
    const selected = page.locator('tr[aria-selected="true"]');
    await selected.waitFor();
    assert.match(await selected.innerText(), /the fault strikes: the broker’s answer to Produce m4 is lost/);
    assert.equal(await page.locator('#filter').inputValue(), '');
  });

  it('filters the events by words, and says how many are left', async () => {
    await page.locator('#filter').fill('m4 sends');
    await page.locator('.count', { hasText: ' of ' }).waitFor();
    assert.equal(await page.locator('.events tbody tr').count(), 1);
    await page.locator('#filter').fill('');
  });

  it('shows the control run, in which nothing struck', async () => {
    await page.locator('vscode-dropdown[data-focus="phase"]').click();
    await page.locator('[data-focus="phase"] vscode-option', { hasText: 'control' }).click();
    await page.locator('.events tbody tr', { hasText: 'the control run begins' }).waitFor();
    assert.equal(await page.locator('tr.fault').count(), 0);
  });

  it('is walked by the keyboard alone: buttons, filter, and the rows with one tab stop', async () => {
    await page.locator('[data-focus="all"]').focus();
    const stops: (string | undefined)[] = [];
    for (let press = 0; press < 34; press += 1) {
      stops.push(await focused(page));
      await window.page.keyboard.press('Tab');
    }
    const named = stops.filter((stop) => stop !== undefined);
    for (const stop of [
      'all',
      'run',
      'save',
      'play',
      'scrub',
      'diagram',
      'jump',
      'phase',
      'kind',
      'filter',
      'wire',
      'event/0',
    ])
      assert.ok(named.includes(stop), `${stop} in ${named.join(' ')}`);
    assert.equal(named.filter((stop) => stop.startsWith('event/')).length, 1);
  });

  it('moves between rows with the arrow keys and selects with Enter', async () => {
    await page.locator('tr[data-seq="0"]').focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp']) await window.page.keyboard.press(key);
    assert.equal(await focused(page), 'event/1');
    await window.page.keyboard.press('Enter');
    await page.locator('tr[data-seq="1"][aria-selected="true"]').waitFor();
    await window.page.keyboard.press('End');
    const last = await page.locator('.events tbody tr').last().getAttribute('data-focus');
    assert.equal(await focused(page), last);
  });

  it('runs again, and tells of the new verdict in the same live region', async () => {
    const progress = page.locator('[aria-live="polite"] .answer.running [role="progressbar"]').waitFor();
    await page.locator('vscode-button[data-focus="run"]').click();
    await progress;
    await page.locator('[aria-live="polite"] .verdict').waitFor({ timeout: 30_000 });
    assert.deepEqual(await texts(page, '.verdict'), ['Duplicate 1 (m4 at offsets 4 and 5)']);
  });

  it('saves the history as JSON lines, from the first event to the last', async () => {
    await page.locator('vscode-button[data-focus="save"]').click();
    const dialog = window.page.locator('.quick-input-widget');
    await dialog.locator('.quick-input-title', { hasText: 'Save history' }).waitFor();
    await dialog.locator('input.input').press('Enter');
    const file = path.join(vscode.workspace, 'producer.at-least-once.response-lost.fault.jsonl');
    const text = await untilItSucceeds('The file is written', () => readFile(file, 'utf8'), {
      timeoutMs: 10_000,
    });
    const history = parseHistory(text);
    assert.ok(history.ok);
    assert.equal(history.history[0]?.type, 'run');
    assert.equal((await texts(page, '.count')).join(), `${String(history.history.length)} events`);
  });

  it('leads back to all scenarios, with their last verdicts', async () => {
    await page.locator('[data-focus="all"]').click();
    await page.locator('.catalogue').waitFor();
    assert.match((await texts(page, '.last')).join(), /duplicate 1 \(m4 at offsets 4 and 5\) · as expected/);
    await page.locator('[data-focus="producer.at-least-once.response-lost"]').click();
    await page.locator('.verdict').waitFor();
  });
});

describe('the lab page in every theme', () => {
  let vscode: LabVsCode;
  before(async () => {
    vscode = await startLab();
  });
  after(async () => {
    await vscode.stop();
  });

  for (const theme of themes)
    it(`has no violation of an accessibility rule, a verdict on it (${theme})`, async () => {
      const window = await vscode.openWindow({ theme });
      try {
        const page = await runFromPalette(window, responseLost);
        await page.locator(`body.vscode-${theme}`).waitFor();
        assert.deepEqual(await axeViolations(page), []);
        await page.locator('[data-focus="jump"]').click();
        assert.deepEqual(await axeViolations(page), []);
        await page.locator('[data-focus="all"]').click();
        await page.locator('.catalogue').waitFor();
        assert.deepEqual(await axeViolations(page), []);
      } finally {
        await window.stop();
      }
    });
});
