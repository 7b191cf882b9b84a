// npm run screenshots:snippets [-- --locale fr] [--out FOLDER]: choosing a snippet, and the snippet inserted, in all four themes.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { themes, type Theme, type Workbench } from '../test/harness/workbench.js';
import { startLab, type LabVsCode } from '../test/webview/lab-window.js';

const { values } = parseArgs({
  options: {
    locale: { type: 'string', default: 'en' },
    out: { type: 'string', default: path.join('out', 'screenshots') },
    theme: { type: 'string', multiple: true, default: [...themes] },
  },
});

const isFrench = values.locale === 'fr';
const command = isFrench ? 'Insérer un extrait de code d’une sémantique…' : 'Insert Semantics Snippet…';

async function main(): Promise<void> {
  await mkdir(values.out, { recursive: true });
  for (const theme of themes.filter((name) => values.theme.includes(name))) {
    // Each theme in an editor of its own: what a window leaves open would come back in the next.
    const vscode = await startLab(isFrench ? 'fr' : 'en');
    await pictures(vscode, theme);
    await vscode.stop();
  }
}

async function pictures(vscode: LabVsCode, theme: Theme): Promise<void> {
  const settings = { 'editor.minimap.enabled': false };
  const window = await vscode.openWindow({ theme, width: 1100, height: 640, settings });
  await window.command(command);
  await window.pick('Python');
  await window.page.keyboard.press('Control+B');
  await goTo(window, 'kafka-producer-exactly-once');
  await keep(window, `snippet-semantics.${theme}`);
  await window.page.keyboard.press('Enter');
  await goTo(window, 'kafka-producer-exactly-once-safe');
  await keep(window, `snippet-form.${theme}`);
  await window.page.keyboard.press('Enter');
  await window.page.locator('.tab.active', { hasText: 'Untitled-1' }).waitFor();
  await window.page.locator('.snippet-placeholder').first().waitFor();
  await keep(window, `snippet.${theme}`);
  await window.stop();
}

async function goTo({ page }: Workbench, prefix: string): Promise<void> {
  await page.locator('.quick-input-list .monaco-list-row', { hasText: prefix }).first().waitFor();
  await page.locator('.quick-input-widget input.input').fill(prefix);
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: prefix }).waitFor();
  await page.locator('.tab', { hasText: isFrench ? 'Aperçu.' : 'Preview.' }).waitFor();
}

async function keep(window: Workbench, name: string): Promise<void> {
  const file = path.join(values.out, `${name}.${values.locale}.png`);
  await window.screenshot(file);
  console.log(file);
}

void main();
