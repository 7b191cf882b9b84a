import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { removeFolder, temporaryFolder } from '../harness/temporary-folder.js';
import { startVsCode, type VsCode, type Workbench } from '../harness/workbench.js';

/** VS Code with the extension of this checkout and an empty folder open. */
export interface LabVsCode extends VsCode {
  readonly workspace: string;
}

export async function startLab(locale: 'en' | 'fr' = 'en'): Promise<LabVsCode> {
  const workspace = await temporaryFolder('lab-workspace');
  const vscode = await startVsCode({ workspace, extension: path.resolve('.'), locale });
  return {
    ...vscode,
    workspace,
    stop: async () => {
      await vscode.stop();
      await removeFolder(workspace);
    },
  };
}

/** Runs a scenario as a user does, from the palette, and waits for its verdict on the page. */
export async function runFromPalette(window: Workbench, title: string): Promise<Frame> {
  await window.command('Kafka Lab: Run Scenario…');
  await window.pick(title);
  return window.webview('.verdict', 60_000);
}

/** A run on the embedded broker is short: when it has ended before the press, it is run again. */
export async function stopInTime(page: Frame): Promise<void> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const pressed = await press(page, 'Stop', 1500);
    if (pressed && (await becomes(page, '.answer.stopped', 5000))) return;
    await press(page, 'Run again', 10_000);
  }
  throw new Error('Every run ended before Stop could be pressed.');
}

async function becomes(page: Frame, selector: string, withinMs: number): Promise<boolean> {
  const element = page.locator(selector);
  return element.waitFor({ timeout: withinMs }).then(
    () => true,
    () => false,
  );
}

async function press(page: Frame, label: string, withinMs: number): Promise<boolean> {
  const button = page.locator('vscode-button[data-focus="run"]', { hasText: label });
  return button.click({ timeout: withinMs }).then(
    () => true,
    () => false,
  );
}

/** Lays another run beside the one that is shown. */
export async function compareWith(page: Frame, label: string): Promise<void> {
  await page.locator('vscode-dropdown[data-focus="compare"]').click();
  await page.locator('.compare vscode-option', { hasText: label }).click();
}

/** The text of everything that matches, blanks made single. */
export async function texts(frame: Frame, selector: string): Promise<readonly string[]> {
  const all = await frame.locator(selector).allInnerTexts();
  return all.map((text) => text.replace(/\s+/g, ' ').trim());
}

/** The stable name of the focused element of the page, or that of the row that has the focus. */
export async function focused(frame: Frame): Promise<string | undefined> {
  const focus = frame.locator('[data-focus]:focus');
  return (await focus.count()) === 0 ? undefined : ((await focus.getAttribute('data-focus')) ?? undefined);
}

export interface Violation {
  readonly rule: string;
  readonly where: readonly string[];
}

/** What axe-core finds wrong in the page, every rule of it; the page's CSP refuses a script, so it is evaluated. */
export async function axeViolations(frame: Frame): Promise<readonly Violation[]> {
  await frame.evaluate(readFileSync(path.resolve('node_modules/axe-core/axe.min.js'), 'utf8'));
  return frame.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<AxeResults> } };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => ({
      rule: id,
      where: nodes.map(({ html }) => html.slice(0, 200)),
    }));
  });
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** Opens the view of the activity bar, and waits for its first row. */
export async function openSemantics(page: Page): Promise<void> {
  await page.locator('.activitybar [aria-label*="Kafka Lab"]').first().click();
  await page.locator('.pane-body [role="treeitem"]').first().waitFor();
}
