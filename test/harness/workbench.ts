import type { Browser, Frame, Page } from 'playwright-core';
import { launchChromium } from './chromium.js';
import { startCodeServer, type CodeServer, type UserSettings } from './code-server.js';
import { untilItSucceeds } from './processes.js';

export type Theme = 'light' | 'dark' | 'high-contrast' | 'high-contrast-light';

export const themes: readonly Theme[] = ['light', 'dark', 'high-contrast', 'high-contrast-light'];

const colorThemes: Readonly<Record<Theme, string>> = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

export interface VsCodeOptions {
  /** Absolute folder that is opened. */
  readonly workspace: string;
  /** Absolute folder of the extension under development (with package.json and dist/). */
  readonly extension: string;
  readonly locale?: 'en' | 'fr';
}

export interface WindowOptions {
  readonly theme?: Theme;
  readonly settings?: UserSettings;
  readonly width?: number;
  readonly height?: number;
  /** Device pixels a CSS pixel: 2 for pictures in a README. */
  readonly scale?: number;
}

/** A running VS Code; each window is a browser page of its own, with a theme of its own. One window at a time. */
export interface VsCode {
  openWindow(options?: WindowOptions): Promise<Workbench>;
  /** Where extensions keep what they store: one folder for each, by `publisher.name`. */
  readonly globalStorage: string;
  stop(): Promise<void>;
}

/** A VS Code window, driven as a user does. */
export interface Workbench {
  readonly page: Page;
  /** Runs a command by its title through the command palette: `Kafka Lab: Run Scenario…`. */
  command(title: string): Promise<void>;
  /** Reloads the window, and waits until the new one has come: what is found afterwards is not the old one's. */
  reload(): Promise<void>;
  /** Accepts the first entry of the open pick list whose label, description or detail holds `text`. */
  pick(text: string, timeoutMs?: number): Promise<void>;
  /** The innermost frame of the first webview whose document holds `selector`; waits for it. */
  webview(selector?: string, timeoutMs?: number): Promise<Frame>;
  /** PNG of the window, or of what `selector` matches (`.webview` is the lab page's place). */
  screenshot(file: string, selector?: string): Promise<void>;
  /** Closes this window; one from `openWorkbench` stops VS Code as well. */
  stop(): Promise<void>;
}

/** Starts VS Code's server and Chromium. Takes about 5 s; share one between tests and open windows in it. */
export async function startVsCode(options: VsCodeOptions): Promise<VsCode> {
  const server = await startCodeServer({ locale: options.locale ?? 'en' });
  try {
    const browser = await launchChromium();
    return {
      openWindow: (window = {}) => openWindow(server, browser, options, window),
      globalStorage: server.globalStorage,
      stop: async () => {
        await browser.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** One window in a VS Code of its own. */
export async function openWorkbench(options: VsCodeOptions & WindowOptions): Promise<Workbench> {
  const vscode = await startVsCode(options);
  try {
    const window = await vscode.openWindow(options);
    return { ...window, stop: () => vscode.stop() };
  } catch (error) {
    await vscode.stop();
    throw error;
  }
}

async function openWindow(
  server: CodeServer,
  browser: Browser,
  { workspace, extension }: VsCodeOptions,
  { theme = 'dark', settings, width = 1400, height = 900, scale = 1 }: WindowOptions,
): Promise<Workbench> {
  await server.writeSettings({ 'workbench.colorTheme': colorThemes[theme], ...settings });
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale });
  const page = await context.newPage();
  const development = ['extensionDevelopmentPath', server.remotePath(extension)] as const;
  await page.goto(server.address(workspace, [development, ['skipWelcome', 'true']]));
  await page.locator('.monaco-workbench .statusbar').waitFor({ timeout: 60_000 });
  await page.locator(`.monaco-workbench.${bodyClass(theme)}`).waitFor({ timeout: 20_000 });
  return {
    page,
    command: (title) => runCommandByTitle(page, title),
    reload: () => reloadWindow(page),
    pick: (text, timeoutMs = 30_000) => acceptQuickInput(page, text, timeoutMs),
    webview: (selector = 'body', timeoutMs = 30_000) => webviewIn(page, selector, timeoutMs),
    screenshot: async (file, selector) => {
      await (selector === undefined ? page : page.locator(selector).first()).screenshot({ path: file });
    },
    stop: () => context.close(),
  };
}

function bodyClass(theme: Theme): string {
  return { light: 'vs', dark: 'vs-dark', 'high-contrast': 'hc-black', 'high-contrast-light': 'hc-light' }[
    theme
  ];
}

async function runCommandByTitle(page: Page, title: string): Promise<void> {
  await untilItSucceeds(
    `The command palette knows "${title}"`,
    async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('F1');
      const input = page.locator('.quick-input-widget input.input');
      await input.waitFor({ timeout: 5000 });
      await input.fill(`>${title}`);
      const entry = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
      await entry.waitFor({ timeout: 3000 });
      await entry.click();
    },
    // An extension under development is known some seconds after the window has opened.
    { timeoutMs: 60_000, everyMs: 500 },
  );
}

// The old window lives on for a while after the command, extension and pages included: a mark tells the two apart.
async function reloadWindow(page: Page): Promise<void> {
  await page.evaluate("document.documentElement.setAttribute('data-before-reload', '')");
  await runCommandByTitle(page, 'Developer: Reload Window');
  await page
    .locator('html:not([data-before-reload]) .monaco-workbench .statusbar')
    .waitFor({ timeout: 60_000 });
}

async function acceptQuickInput(page: Page, text: string, timeoutMs: number): Promise<void> {
  const rows = page.locator('.quick-input-list .monaco-list-row');
  // The extension may just be waking up.
  await rows.first().waitFor({ timeout: timeoutMs });
  await page.locator('.quick-input-widget input.input').fill(text);
  await rows.filter({ hasText: text }).first().click();
}

/** A webview is a frame in a frame: the outer one is VS Code's, the inner one holds the extension's document. */
export async function webviewIn(page: Page, selector: string, timeoutMs = 30_000): Promise<Frame> {
  return untilItSucceeds(
    `A webview with ${selector}`,
    async () => {
      for (const frame of page.frames()) {
        const inner = frame.parentFrame()?.parentFrame() !== null && frame.parentFrame() !== null;
        if (inner && (await frame.locator(selector).count()) > 0) return frame;
      }
      throw new Error(
        `frames: ${page
          .frames()
          .map((frame) => frame.url())
          .join(' ')}`,
      );
    },
    { timeoutMs },
  );
}
