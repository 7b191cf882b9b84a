import type { Locator, Page } from 'playwright-core';
import { untilItSucceeds } from '../harness/processes.js';
import { openSemantics } from './lab-window.js';

export interface ViewNames {
  readonly semantics: string;
  readonly clusters: string;
}

const english: ViewNames = { semantics: 'Semantics', clusters: 'Clusters' };

/** The view Clusters of a window, read and driven as a user does. */
export class ClustersView {
  private constructor(private readonly page: Page) {}

  /** Opens the lab's container, and folds the other view away so that there is room. */
  static async open(page: Page, names: ViewNames = english): Promise<ClustersView> {
    // A second press on the activity bar would close what the first has opened.
    if (!(await page.locator(headingOf(names.clusters)).isVisible())) await openSemantics(page);
    await fold(page, names.semantics, 'true');
    await fold(page, names.clusters, 'false');
    const view = new ClustersView(page);
    await view.row('Cluster ').waitFor();
    return view;
  }

  /** The row that is read out so, from the first word on. */
  row(spoken: string): Locator {
    return this.page.locator(`${rows}[aria-label^="${spoken}"]`).first();
  }

  /** Unfolds a row, and waits until what is below it has come. */
  async expand(spoken: string): Promise<void> {
    const row = this.row(spoken);
    await row.waitFor({ timeout: 20_000 });
    if ((await row.getAttribute('aria-expanded')) === 'true') return;
    await row.click();
    await this.page.keyboard.press('ArrowRight');
    await untilItSucceeds(
      `${spoken} is unfolded`,
      async () => {
        if ((await row.getAttribute('aria-expanded')) !== 'true') throw new Error('still folded');
        if ((await row.locator('.codicon-tree-item-loading').count()) > 0) throw new Error('still loading');
      },
      { timeoutMs: 20_000 },
    );
  }

  async collapse(spoken: string): Promise<void> {
    await this.row(spoken).click();
    await this.page.keyboard.press('ArrowLeft');
  }

  /** Of each row that can be seen its label and description, as one text. */
  async texts(): Promise<readonly string[]> {
    const all = await this.page.locator(`${rows} .monaco-icon-label-container`).allInnerTexts();
    return all.map((text) => text.replace(/\s+/g, ' ').trim());
  }

  /** An entry of a row's context menu. */
  async choose(spoken: string, entry: string): Promise<void> {
    await this.row(spoken).click({ button: 'right' });
    const menu = this.page.locator('.monaco-menu');
    // A menu that has just opened takes no press yet.
    await untilItSucceeds(
      `The entry ${entry} is chosen`,
      async () => {
        if ((await menu.count()) === 0) return;
        await menu.locator('.action-item', { hasText: entry }).first().click({ timeout: 1000 });
        throw new Error('the menu is still there');
      },
      { timeoutMs: 10_000, everyMs: 200 },
    );
  }
}

const rows = '.pane-body [role="treeitem"]';

function headingOf(view: string): string {
  return `.pane-header[aria-label^="${view}"]`;
}

/** Presses the heading of a view while it stands as `from` says: one that is just being drawn takes no press. */
async function fold(page: Page, name: string, from: 'true' | 'false'): Promise<void> {
  const heading = page.locator(headingOf(name));
  await heading.waitFor();
  await untilItSucceeds(
    `${name} is folded or unfolded`,
    async () => {
      if ((await heading.getAttribute('aria-expanded')) !== from) return;
      await heading.locator('.title').click();
      throw new Error('pressed');
    },
    { timeoutMs: 10_000, everyMs: 300 },
  );
}
