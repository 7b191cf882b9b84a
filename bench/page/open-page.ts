import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';

/**
 * The lab page as a browser shows it, without an editor around it: the same script and style sheets, and a stand-in for the
 * editor's side of the channel, so that nothing but the page is measured.
 */
export async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const styles = ['diagram.css', 'lab.css'].map((file) => readFileSync(path.join('media', file), 'utf8'));
  await page.setContent(
    `<!doctype html><html lang="en"><head><style>${theme}${styles.join('\n')}</style></head><body class="vscode-dark"><main id="lab"></main></body></html>`,
  );
  await page.evaluate(
    'globalThis.acquireVsCodeApi = () => ({ postMessage() {}, getState() {}, setState() {} })',
  );
  await page.evaluate(readFileSync(path.join('dist', 'webview.js'), 'utf8'));
  return page;
}

/** A few of the dark theme's colours; what is measured does not hang on them. */
const theme = `:root {
  --vscode-foreground: #cccccc; --vscode-editor-background: #1f1f1f; --vscode-sideBar-background: #181818;
  --vscode-panel-border: #2b2b2b; --vscode-focusBorder: #0078d4; --vscode-font-family: system-ui; --vscode-font-size: 13px;
  --vscode-textLink-foreground: #4daafc; --vscode-list-errorForeground: #f88070;
}`;
