import * as vscode from 'vscode';
import { isKeptPage, type KeptPage, type OpenedHistory } from '../../shared/page.js';
import { readHistoryFile } from './history-file.js';
import { LabPage } from './lab-page.js';
import type { LabPageParts } from './lab-page.js';
import type { Shown } from './page-content.js';

export const pageViewType = 'kafkaLab.page';

/** The lab's panel: at most one, opened at first use and brought back by the editor after a reload. */
export class LabPages implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private page: LabPage | undefined;

  constructor(private readonly parts: LabPageParts) {}

  get shownScenario(): string | undefined {
    return this.page?.shownScenario;
  }

  /** Shows a scenario, or the catalogue without one; what an earlier window stored of it is read first. */
  async show(scenario?: string): Promise<void> {
    if (scenario !== undefined) await this.parts.outcomes.restore([scenario]);
    this.reveal({ scenario });
  }

  /** Shows a history from a file. */
  showHistory(opened: OpenedHistory): void {
    this.reveal({ opened });
  }

  /** Opens the page where it was left. */
  open(): void {
    if (this.page === undefined) this.adopt(this.createPanel(), {});
    else this.page.reveal();
  }

  /** After a reload: a page that kept "running" belongs to a run that ended with the old window. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.adopt(panel, isKeptPage(state) ? await this.shownBefore(state) : {});
  }

  dispose(): void {
    this.page?.dispose();
  }

  private known(scenario: string | undefined): string | undefined {
    return scenario !== undefined && this.parts.catalogue.knows(scenario) ? scenario : undefined;
  }

  private async shownBefore({ scenario: id, file, running, comparedWith }: KeptPage): Promise<Shown> {
    const scenario = this.known(id);
    if (scenario !== undefined) await this.restore(scenario, running);
    return { scenario, opened: file === undefined ? undefined : await this.reopened(file), comparedWith };
  }

  private async restore(scenario: string, wasRunning: boolean): Promise<void> {
    await this.parts.outcomes.restore([scenario]);
    if (wasRunning && this.parts.runs.stageOf(scenario) === undefined)
      this.parts.outcomes.set(scenario, { kind: 'interrupted' });
  }

  /** A file that is gone since leaves the catalogue, and a line in the log. */
  private async reopened(file: string): Promise<OpenedHistory | undefined> {
    try {
      return await readHistoryFile(vscode.Uri.parse(file));
    } catch (error) {
      this.parts.log.warn(`the history ${file} cannot be opened again`, error);
      return undefined;
    }
  }

  private reveal(shown: Shown): void {
    if (this.page === undefined) this.adopt(this.createPanel(), shown);
    else {
      this.page.show(shown);
      this.page.reveal();
    }
  }

  private createPanel(): vscode.WebviewPanel {
    return vscode.window.createWebviewPanel(pageViewType, 'Kafka Lab', vscode.ViewColumn.Active);
  }

  private adopt(panel: vscode.WebviewPanel, shown: Shown): void {
    const page = new LabPage(this.parts, panel, shown);
    this.page?.dispose();
    this.page = page;
    panel.onDidDispose(() => {
      page.dispose();
      if (this.page === page) this.page = undefined;
    });
  }
}
