import * as vscode from 'vscode';
import { isKeptLogPage } from '../../shared/log-page.js';
import type { KeptLogPage, LogPlace } from '../../shared/log-page.js';
import { LogPanel } from './log-panel.js';
import type { LogPanelParts } from './log-panel.js';

export const logViewType = 'kafkaLab.log';

/** The logs that are open, one panel for each partition; brought back by the editor after a reload. */
export class LogPages implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly panels = new Map<string, LogPanel>();

  constructor(private readonly parts: LogPanelParts) {}

  show(place: LogPlace): void {
    const open = this.panels.get(keyOf(place));
    if (open !== undefined) open.reveal();
    else this.adopt(createPanel(place), { place, from: { kind: 'tail' }, shownGroups: [] });
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    if (isKeptLogPage(kept)) this.adopt(panel, kept);
    else panel.dispose();
  }

  dispose(): void {
    for (const panel of this.panels.values()) panel.dispose();
  }

  private adopt(panel: vscode.WebviewPanel, kept: KeptLogPage): void {
    const key = keyOf(kept.place);
    const log = new LogPanel(this.parts, panel, kept);
    this.panels.set(key, log);
    panel.onDidDispose(() => {
      log.dispose();
      if (this.panels.get(key) === log) this.panels.delete(key);
    });
  }
}

function createPanel({ topic, partition }: LogPlace): vscode.WebviewPanel {
  const title = vscode.l10n.t('Log of {topic}/{partition}', { topic, partition });
  return vscode.window.createWebviewPanel(logViewType, title, vscode.ViewColumn.Active);
}

function keyOf({ clusterId, topic, partition }: LogPlace): string {
  return `${clusterId}/${topic}/${String(partition)}`;
}
