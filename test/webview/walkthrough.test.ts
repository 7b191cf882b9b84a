import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { untilItSucceeds } from '../harness/processes.js';
import type { Workbench } from '../harness/workbench.js';
import { runFromPalette, startLab, type LabVsCode } from './lab-window.js';

const firstSteps = 'First steps with the Kafka Semantics Lab';

describe('the walkthrough', () => {
  let vscode: LabVsCode;
  let window: Workbench;
  let page: Page;

  before(async () => {
    vscode = await startLab();
    window = await vscode.openWindow();
    page = window.page;
    await openWalkthrough();
  });
  after(async () => {
    await vscode.stop();
  });

  it('has four steps, none of them ticked at first', async () => {
    assert.deepEqual(await titles(page), [
      'Run the first scenario',
      'Predict one',
      'Insert a snippet',
      "Look at a group's offsets",
    ]);
    assert.equal(await ticked(page).count(), 0);
  });

  it('ticks what was done: a run, a prediction', async () => {
    const lab = await runFromPalette(window, 'The broker appends m4, but its answer never arrives');
    await lab.locator('[data-focus="ask-again"]').click();
    await lab.locator('.choice', { hasText: 'twice' }).click();
    await lab.locator('.choice[aria-checked="true"]').waitFor();
    await openWalkthrough();
    await untilItSucceeds('Two steps are ticked', async () => assert.equal(await ticked(page).count(), 2), {
      timeoutMs: 10_000,
    });
  });

  async function openWalkthrough(): Promise<void> {
    await window.command('Welcome: Open Walkthrough...');
    await window.pick(firstSteps);
    await page.locator('.getting-started-step').first().waitFor();
  }
});

async function titles(page: Page): Promise<readonly string[]> {
  const all = await page.locator('.getting-started-step .step-title').allInnerTexts();
  return all.map((text) => text.trim());
}

function ticked(page: Page) {
  return page.locator('.getting-started-step .codicon.complete');
}
