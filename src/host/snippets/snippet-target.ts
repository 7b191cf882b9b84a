import * as vscode from 'vscode';
import { editorLanguages, type SnippetLanguage } from '../../core/snippets/snippet.js';

/** Where a snippet shall go: into a document that is open, or into a new one in this language (the editor's id of it). */
export type SnippetTarget =
  | { readonly kind: 'editor'; readonly editor: vscode.TextEditor; readonly language: SnippetLanguage }
  | { readonly kind: 'new'; readonly editorLanguage: string; readonly language: SnippetLanguage };

const offeredLanguages = [
  { editorLanguage: 'python', name: 'Python' },
  { editorLanguage: 'javascript', name: 'JavaScript' },
  { editorLanguage: 'typescript', name: 'TypeScript' },
  { editorLanguage: 'java', name: 'Java' },
  { editorLanguage: 'go', name: 'Go' },
] as const;

/**
 * The active editor's document, when it is in a supported language; otherwise the user is asked. `undefined`: they gave up,
 * or were told why it is not possible.
 */
export async function chooseTarget(): Promise<SnippetTarget | undefined> {
  const active = vscode.window.activeTextEditor;
  const editor = active !== undefined && isForUsers(active) ? active : undefined;
  if (editor === undefined) return askForTarget(vscode.l10n.t('Where shall the snippet go?'));
  const target = targetIn(editor);
  return target ?? (await refuse(editor));
}

function targetIn(editor: vscode.TextEditor): SnippetTarget | undefined {
  const language = editorLanguages[editor.document.languageId];
  return language && { kind: 'editor', editor, language };
}

/** Output channels, the preview of the snippet itself, an input box of source control: nobody writes a program there. */
function isForUsers({ document, viewColumn }: vscode.TextEditor): boolean {
  return (
    viewColumn !== undefined && !['output', 'kafka-lab-snippet', 'comment'].includes(document.uri.scheme)
  );
}

async function refuse({ document }: vscode.TextEditor): Promise<SnippetTarget | undefined> {
  const newDocument = vscode.l10n.t('New Document…');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'There are snippets for {languages}; this document is in “{language}”. Change its language, or take a new document.',
      { languages: offeredLanguages.map(({ name }) => name).join(', '), language: document.languageId },
    ),
    newDocument,
  );
  return answer === newDocument ? askForTarget(vscode.l10n.t('In which language?'), []) : undefined;
}

interface TargetItem extends vscode.QuickPickItem {
  readonly target?: SnippetTarget;
}

async function askForTarget(
  title: string,
  editors: readonly vscode.TextEditor[] = vscode.window.visibleTextEditors.filter(isForUsers),
): Promise<SnippetTarget | undefined> {
  const open = editors.flatMap((editor): readonly TargetItem[] => {
    const target = targetIn(editor);
    const label = `$(file-code) ${vscode.workspace.asRelativePath(editor.document.uri)}`;
    return target ? [{ label, description: vscode.l10n.t('at the cursor'), target }] : [];
  });
  const fresh = offeredLanguages.map(({ editorLanguage, name }): TargetItem => {
    const language = editorLanguages[editorLanguage] ?? 'python';
    const target: SnippetTarget = { kind: 'new', editorLanguage, language };
    return { label: `$(new-file) ${name}`, description: vscode.l10n.t('new document'), target };
  });
  const picked = await vscode.window.showQuickPick<TargetItem>([...open, ...fresh], { title });
  return picked?.target;
}

/** Opens the new document, or brings the open one to the front. */
export async function showTarget(target: SnippetTarget): Promise<vscode.TextEditor> {
  if (target.kind === 'editor')
    return vscode.window.showTextDocument(target.editor.document, target.editor.viewColumn);
  const document = await vscode.workspace.openTextDocument({ language: target.editorLanguage });
  return vscode.window.showTextDocument(document);
}
