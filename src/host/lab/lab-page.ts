import * as vscode from 'vscode';
import { assertNever } from '../../core/assert-never.js';
import type { FromWebview, ToWebview } from '../../shared/messages.js';
import type { Page } from '../../shared/page.js';
import { editorBundle } from '../texts.js';
import type { LabLanguage } from '../texts.js';
import { pageContent } from './page-content.js';
import type { PageSources, Shown } from './page-content.js';
import { pageHtml, pageIcon, pageRoots } from './page-html.js';

export interface LabPageParts extends PageSources {
  readonly extension: vscode.Uri;
  readonly language: LabLanguage;
  readonly log: vscode.LogOutputChannel;
}

/** One panel. It sends the whole page at every change, and turns what is pressed there into commands. */
export class LabPage implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[];
  /** Counts what was asked to be sent, so that a slow answer never overtakes a newer one. */
  private sending = 0;
  private ready = false;

  constructor(
    private readonly parts: LabPageParts,
    private readonly panel: vscode.WebviewPanel,
    private shown: Shown,
  ) {
    const { runs, outcomes, predictions } = parts;
    panel.webview.options = { enableScripts: true, localResourceRoots: [...pageRoots(parts.extension)] };
    panel.iconPath = pageIcon(parts.extension);
    this.subscriptions = [
      panel.webview.onDidReceiveMessage((message: FromWebview) => this.receive(message)),
      panel.onDidChangeViewState(() => this.viewChanged()),
      runs.onDidChange(() => this.send()),
      predictions.onDidChange(() => this.send()),
      outcomes.onDidChange((changed) => {
        if (this.concerns(changed)) this.send();
      }),
    ];
    panel.webview.html = pageHtml(panel.webview, parts.extension, parts.language);
  }

  get shownScenario(): string | undefined {
    return this.shown.scenario;
  }

  show(shown: Shown): void {
    this.shown = shown;
    this.send();
  }

  reveal(): void {
    this.panel.reveal();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** A hidden page has no script; when it is shown again, a new one starts and says `ready`. */
  private viewChanged(): void {
    if (!this.panel.visible) this.ready = false;
  }

  private receive(message: FromWebview): void {
    switch (message.type) {
      case 'ready':
        this.ready = true;
        this.post({ type: 'strings', language: this.parts.language, bundle: editorBundle() });
        this.send();
        return;
      case 'run':
        this.execute('kafkaLab.runItem', message.scenario);
        return;
      case 'stop':
        this.execute('kafkaLab.stop');
        return;
      case 'show':
        this.show({ scenario: message.scenario });
        return;
      case 'save-history':
        this.execute('kafkaLab.saveHistory', message.scenario, message.phase);
        return;
      case 'compare':
        this.show({ ...this.shown, comparedWith: message.key });
        return;
      case 'export-report':
        this.execute('kafkaLab.exportReport', message);
        return;
      case 'predict':
        void this.parts.predictions.say(message.scenario, message.said);
        return;
      case 'ask-again':
        void this.askAgain(message.scenario);
        return;
      case 'insert-snippet':
        this.execute('kafkaLab.insertSnippet', { semantics: message.semantics, form: message.form });
        return;
      case 'show-log':
        this.execute('kafkaLab.showLog');
        return;
      default:
        return assertNever(message);
    }
  }

  /** Whether another outcome of a scenario changes what is shown; what is laid beside it may be another scenario's. */
  private concerns(changed: string): boolean {
    const { scenario, comparedWith } = this.shown;
    return scenario === undefined || changed === scenario || changed === comparedWith;
  }

  private async askAgain(scenario: string): Promise<void> {
    const { predictions, outcomes } = this.parts;
    await predictions.forget(scenario);
    outcomes.forget(scenario);
  }

  private execute(command: string, ...args: readonly unknown[]): void {
    void vscode.commands.executeCommand(command, ...args);
  }

  private send(): void {
    const turn = (this.sending += 1);
    void pageContent(this.parts, this.shown).then(
      (page) => {
        if (turn !== this.sending) return;
        this.panel.title = titleOf(page);
        if (this.ready) this.post({ type: 'page', page });
      },
      (error: unknown) => this.parts.log.error(error instanceof Error ? error : String(error)),
    );
  }

  private post(message: ToWebview): void {
    void this.panel.webview.postMessage(message);
  }
}

function titleOf({ card, opened }: Page): string {
  const about = card?.text.short ?? opened?.name;
  return about === undefined ? 'Kafka Lab' : `${about} · Kafka Lab`;
}
