import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import type { Workbench } from '../harness/workbench.js';
import { themes } from '../harness/workbench.js';
import { axeViolations, startLab, texts, type LabVsCode } from './lab-window.js';

const responseLost = 'The broker appends m4, but its answer never arrives';

describe('predicting on the lab page', () => {
  let vscode: LabVsCode;
  let window: Workbench;
  let page: Frame;

  before(async () => {
    vscode = await startLab();
    window = await vscode.openWindow();
    page = await openScenario(window);
  });
  after(async () => {
    await vscode.stop();
  });

  it('asks how often there will be m4, and takes an answer by keyboard alone', async () => {
    assert.deepEqual(await texts(page, '#prediction-question'), ['How often will m4 be in the log?']);
    assert.deepEqual(await texts(page, '.choice'), ['never', 'once', 'twice']);
    await page.locator('.choice', { hasText: 'once' }).focus();
    await window.page.keyboard.press('Enter');
    await page.locator('.choice[aria-checked="true"]', { hasText: 'once' }).waitFor();
    assert.match((await texts(page, '.prediction')).join(), /You said: once\. Now run it\./);
  });

  it('keeps the answer over a reload of the window', async () => {
    await window.reload();
    page = await window.webview('.choice', 60_000);
    await page.locator('.choice[aria-checked="true"]', { hasText: 'once' }).waitFor();
  });

  it('compares it with what the run has shown, and names what misleads', async () => {
    await page.locator('vscode-button[data-focus="run"]').click();
    await page.locator('.prediction.wrong').waitFor({ timeout: 60_000 });
    const [said = ''] = await texts(page, '.prediction.wrong');
    assert.match(said, /You said: once\. It was: twice\./);
    assert.match(said, /What misleads here: “An error means that it was not written\.”/);
  });

  it('asks again when it is wanted, and knows a right answer', async () => {
    await page.locator('[data-focus="ask-again"]').click();
    await page.locator('.choice', { hasText: 'twice' }).click();
    await page.locator('.choice[aria-checked="true"]', { hasText: 'twice' }).waitFor();
    await page.locator('vscode-button[data-focus="run"]').click();
    await page.locator('.prediction.right').waitFor({ timeout: 60_000 });
    assert.match((await texts(page, '.prediction.right')).join(), /You said: twice\. So it was\./);
  });

  it('shows the progress beside all scenarios', async () => {
    await page.locator('button[data-focus="all"]').click();
    await page.locator('.score').waitFor();
    assert.deepEqual(await texts(page, '.score'), ['Your predictions: 1 of 1 right.']);
  });

  for (const theme of themes)
    it(`has nothing that axe-core finds wrong, asked and answered, in ${theme}`, async () => {
      await window.stop();
      window = await vscode.openWindow({ theme });
      page = await openScenario(window);
      // The report is kept for all windows.
      await page.locator('[data-focus="ask-again"]').click();
      await page.locator('.choice', { hasText: 'never' }).click();
      await page.locator('.choice[aria-checked="true"]').waitFor();
      assert.deepEqual(await axeViolations(page), []);
      await page.locator('vscode-button[data-focus="run"]').click();
      await page.locator('.prediction.wrong').waitFor({ timeout: 60_000 });
      assert.deepEqual(await axeViolations(page), []);
    });
});

async function openScenario(window: Workbench): Promise<Frame> {
  await window.command('Kafka Lab: Open Lab Page');
  const page = await window.webview('#lab .groups', 60_000);
  await page.locator('button.link', { hasText: responseLost }).click();
  await page.locator('.question').waitFor();
  return page;
}
