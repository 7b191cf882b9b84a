import * as vscode from 'vscode';
import { plainText } from '../../core/snippets/plain-text.js';
import { extensionOf, type SnippetLanguage } from '../../core/snippets/snippet.js';

/** Documents that show a snippet and are nobody's file. */
export const previewScheme = 'kafka-lab-snippet';

/** What the snippet under the user's cursor will read like, beside their document and only while they choose. */
export class SnippetPreview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(previewScheme, this);
  private text = '';
  /** Counts what was asked for, so that an editor which opens only after the choice is closed again. */
  private turn = 0;
  private closedAt = 0;

  provideTextDocumentContent(): string {
    return this.text;
  }

  /** Shows this body, in the same editor as the one before it; the focus stays where the user chooses. */
  async show(body: readonly string[], language: SnippetLanguage): Promise<void> {
    const turn = (this.turn += 1);
    this.text = plainText(body, language === 'javascript' ? '  ' : language === 'go' ? '\t' : '    ');
    const uri = previewUri(language);
    this.changed.fire(uri);
    if (tabsOf(uri).length > 0) return;
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, {
      viewColumn: nothingIsOpen() ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
    if (this.closedAt >= turn) await this.close();
    // What came while it was opening was told to nobody.
    else if (turn < this.turn) this.changed.fire(uri);
  }

  async close(): Promise<void> {
    this.closedAt = this.turn;
    await vscode.window.tabGroups.close(tabsOf());
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}

function nothingIsOpen(): boolean {
  return vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0);
}

function previewUri(language: SnippetLanguage): vscode.Uri {
  const name = vscode.l10n.t('Preview');
  return vscode.Uri.from({ scheme: previewScheme, path: `/${name}.${extensionOf[language]}` });
}

function tabsOf(uri?: vscode.Uri): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputText &&
        input.uri.scheme === previewScheme &&
        (uri === undefined || input.uri.toString() === uri.toString()),
    );
}
