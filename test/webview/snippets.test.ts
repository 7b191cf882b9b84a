import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { untilItSucceeds } from '../harness/processes.js';
import type { Workbench } from '../harness/workbench.js';
import { runFromPalette, startLab, texts, type LabVsCode } from './lab-window.js';

// What a window left open would be the next one's active editor.
const forgetful = { 'files.hotExit': 'off', 'workbench.editor.restoreEditors': false };

const exactlyOnce = 'kafka-producer-exactly-once';

describe('inserting a snippet as a user does', () => {
  let vscode: LabVsCode;
  let window: Workbench;
  let page: Page;

  before(async () => {
    vscode = await startLab();
  });
  beforeEach(async () => {
    window = await vscode.openWindow({ settings: forgetful });
    page = window.page;
  });
  afterEach(async () => {
    await window.stop();
  });
  after(async () => {
    await vscode.stop();
  });

  it('asks for language, semantics and form, shows each beside, and goes back', async () => {
    await window.command('Kafka Lab: Insert Semantics Snippet…');
    await window.pick('Python');
    await choose(page, exactlyOnce);
    await untilShown(page, 'producer.commit_transaction()');
    assert.equal(await previews(page).count(), 1);
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-titlebar .codicon-quick-input-back').click();
    await choose(page, 'kafka-consumer-at-least-once');
    await untilShown(page, 'consumer.commit(');
    await page.keyboard.press('Enter');
    await choose(page, 'kafka-consumer-at-least-once-safe');
    await untilShown(page, 'import signal');
    assert.equal(await previews(page).count(), 1);
    await page.keyboard.press('Enter');
    await previews(page).waitFor({ state: 'detached' });
    await untilShown(page, 'import signal');
    await page.locator('.tab.active', { hasText: 'Untitled-1' }).waitFor();
  });

  it('leaves nothing behind when the user gives up', async () => {
    await window.command('Kafka Lab: Insert Semantics Snippet…');
    await window.pick('Go');
    await choose(page, exactlyOnce);
    await untilShown(page, 'kgo.TransactionalID(');
    await page.keyboard.press('Escape');
    await previews(page).waitFor({ state: 'detached' });
    assert.equal(await page.locator('.tab').count(), 0);
  });

  it('names the line to blame on the lab page, and inserts the safe form from there', async () => {
    const lab = await runFromPalette(window, 'The broker appends m4, but its answer never arrives');
    assert.match((await texts(lab, '#code-heading')).join(), /^the line to blame$/i);
    const lines = await texts(lab, '.code dd');
    assert.equal(lines.length, 4);
    assert.match(lines[0] ?? '', /acks|retries|idempotence/);
    await lab.locator('vscode-button[data-focus="insert-safe"]').click();
    await window.pick('TypeScript');
    await untilShown(page, "from 'kafkajs'");
  });

  it('answers to a prefix that is typed', async () => {
    await window.command('Kafka Lab: Insert Semantics Snippet…');
    await window.pick('Java');
    await choose(page, 'kafka-pipeline');
    await page.keyboard.press('Enter');
    await choose(page, 'kafka-pipeline-settings');
    await page.keyboard.press('Enter');
    await previews(page).waitFor({ state: 'detached' });
    await page.locator('.tab.active', { hasText: 'Untitled-1' }).waitFor();
    await untilShown(page, 'bootstrap.servers');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('kpalo');
    await page.locator('.suggest-widget .monaco-list-row', { hasText: 'kpalo' }).first().waitFor();
    await page.keyboard.press('Tab');
    await untilShown(page, 'class ProducerAtLeastOnce');
  });
});

describe('inserting a snippet in a French editor', () => {
  it('brings French comments, by command and by prefix', async () => {
    const vscode = await startLab('fr');
    try {
      const window = await vscode.openWindow();
      const { page } = window;
      await window.command('Insérer un extrait de code d’une sémantique…');
      await window.pick('Python');
      await choose(page, exactlyOnce);
      await page.keyboard.press('Enter');
      await page.locator('.quick-input-list', { hasText: 'Cours : aussi court' }).waitFor();
      await choose(page, exactlyOnce);
      await page.keyboard.press('Enter');
      await page.locator('.tab.active', { hasText: 'Untitled-1' }).waitFor();
      await untilShown(page, 'Producteur « exactement une fois »');
      await page.keyboard.press('Control+A');
      await page.keyboard.type('kcamo');
      await page.locator('.suggest-widget .monaco-list-row', { hasText: 'kcamo' }).first().waitFor();
      await page.keyboard.press('Tab');
      await untilShown(page, 'Consommateur « au plus une fois »');
    } finally {
      await vscode.stop();
    }
  });
});

/** Goes to the entry of the open list, without accepting it. */
async function choose(page: Page, description: string): Promise<void> {
  const rows = page.locator('.quick-input-list .monaco-list-row', { hasText: description });
  await rows.first().waitFor({ timeout: 30_000 });
  await page.locator('.quick-input-widget input.input').fill(description);
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: description }).waitFor();
}

function previews(page: Page) {
  return page.locator('.tab', { hasText: /Preview\./ });
}

/** Some editor shows these words; the editor writes blanks as no-break spaces. */
async function untilShown(page: Page, words: string): Promise<void> {
  const shows = async (): Promise<void> => {
    const shown = (await page.locator('.editor-instance .view-lines').allInnerTexts()).join('\n');
    assert.ok(shown.replaceAll('\u00a0', ' ').includes(words), shown);
  };
  await untilItSucceeds(`An editor shows “${words}”`, shows, { timeoutMs: 15_000 });
}
