import * as vscode from 'vscode';
import { isKeptPage } from '../../shared/page.js';
import { LabPage } from './lab-page.js';
import type { LabPageParts } from './lab-page.js';

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
    if (this.page === undefined) this.adopt(this.createPanel(), scenario);
    else {
      this.page.show(scenario);
      this.page.reveal();
    }
  }

  /** Opens the page where it was left. */
  open(): void {
    if (this.page === undefined) this.adopt(this.createPanel(), undefined);
    else this.page.reveal();
  }

  /** After a reload: a page that kept "running" belongs to a run that ended with the old window. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    const scenario = isKeptPage(kept) ? this.known(kept.scenario) : undefined;
    if (scenario !== undefined) await this.restore(scenario, isKeptPage(kept) && kept.running);
    this.adopt(panel, scenario);
  }

  dispose(): void {
    this.page?.dispose();
  }

  private known(scenario: string | undefined): string | undefined {
    return scenario !== undefined && this.parts.catalogue.knows(scenario) ? scenario : undefined;
  }

  private async restore(scenario: string, wasRunning: boolean): Promise<void> {
    if (wasRunning && this.parts.runs.stageOf(scenario) === undefined)
      this.parts.outcomes.set(scenario, { kind: 'interrupted' });
    else await this.parts.outcomes.restore([scenario]);
  }

  private createPanel(): vscode.WebviewPanel {
    return vscode.window.createWebviewPanel(pageViewType, 'Kafka Lab', vscode.ViewColumn.Active);
  }

  private adopt(panel: vscode.WebviewPanel, scenario: string | undefined): void {
    const page = new LabPage(this.parts, panel, scenario);
    this.page?.dispose();
    this.page = page;
    panel.onDidDispose(() => {
      page.dispose();
      if (this.page === page) this.page = undefined;
    });
  }
}
