import * as vscode from 'vscode';
import { editorLanguages } from '../../core/snippets/snippet.js';
import { labLanguage } from '../texts.js';
import { commentLanguage } from './comment-language.js';
import type { SnippetStore } from './snippet-store.js';

/**
 * The editor itself offers the snippets of package.json, whose comments are in its own language. These are the same with the
 * comments that a setting asks for instead; without it there are none.
 */
export class OverridingSnippets implements vscode.CompletionItemProvider, vscode.Disposable {
  private readonly registration: vscode.Disposable;

  constructor(private readonly snippets: SnippetStore) {
    this.registration = vscode.languages.registerCompletionItemProvider(Object.keys(editorLanguages), this);
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CompletionItem[]> {
    const language = editorLanguages[document.languageId];
    const comments = commentLanguage();
    if (language === undefined || comments === labLanguage()) return [];
    // Prefixes have hyphens, which end a word for some languages.
    const typed = document.getWordRangeAtPosition(position, /[a-z][a-z-]*/);
    const all = Object.values(await this.snippets.all(language, comments));
    return all.flatMap(({ prefix, body, description }) =>
      prefix.map((label) => {
        const item = new vscode.CompletionItem(
          { label, description: comments },
          vscode.CompletionItemKind.Snippet,
        );
        item.insertText = new vscode.SnippetString(body.join('\n'));
        item.documentation = description;
        // Before the editor's own of the same name.
        item.sortText = `\u0000${label}`;
        if (typed !== undefined) item.range = typed;
        return item;
      }),
    );
  }

  dispose(): void {
    this.registration.dispose();
  }
}
