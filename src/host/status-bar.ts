import * as vscode from 'vscode';
import type { Runs } from './runs.js';
import { stageName } from './stage-name.js';

/** While something runs: what it does, and a press that stops it. Also keeps the context key that menus ask. */
export class RunningStatus implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private readonly subscription: vscode.Disposable;
  private shown = false;

  constructor(private readonly runs: Runs) {
    this.item = vscode.window.createStatusBarItem('kafkaLab.running', vscode.StatusBarAlignment.Left);
    this.item.name = vscode.l10n.t('Kafka Lab: what is running');
    this.item.command = 'kafkaLab.stop';
    this.subscription = runs.onDidChange(() => this.update());
  }

  dispose(): void {
    this.subscription.dispose();
    this.item.dispose();
  }

  private update(): void {
    if (this.runs.busy !== this.shown) {
      this.shown = this.runs.busy;
      void vscode.commands.executeCommand('setContext', 'kafkaLab.running', this.shown);
    }
    if (!this.shown) {
      this.item.hide();
      return;
    }
    this.item.text = `$(sync~spin) ${this.text()}`;
    this.item.tooltip = vscode.l10n.t('Kafka Lab: press to stop');
    this.item.accessibilityInformation = {
      label: vscode.l10n.t('{what}, press to stop', { what: this.text() }),
      role: 'button',
    };
    this.item.show();
  }

  private text(): string {
    const running = this.runs.running();
    const [only] = running;
    if (only === undefined) return vscode.l10n.t('Kafka Lab: starting…');
    const stage = this.runs.stageOf(only);
    if (running.length !== 1 || stage === undefined)
      return vscode.l10n.t('Kafka Lab: {count} scenarios running', { count: running.length });
    return vscode.l10n.t('Kafka Lab: {stage}', { stage: stageName(stage) });
  }
}
