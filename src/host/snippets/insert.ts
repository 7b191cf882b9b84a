import * as vscode from 'vscode';
import {
  linesAbove,
  planInsertion,
  type InsertionOrder,
  type InsertionPlan,
} from '../../core/snippets/insertion.js';
import { ToldError } from '../../core/told-error.js';

/**
 * Inserts a snippet where the cursor is, never above the document's imports, and adds what it imports; one undo takes both back.
 * @throws ToldError when the document cannot be changed
 */
export async function insertSnippet(
  editor: vscode.TextEditor,
  order: Omit<InsertionOrder, 'document' | 'cursor'>,
): Promise<void> {
  const { document, selection } = editor;
  const lines = document.getText().split(/\r\n|\r|\n/);
  const cursor = { line: selection.start.line, selects: !selection.isEmpty };
  const plan = planInsertion({ ...order, document: lines, cursor });
  const before = document.version;
  await addImports(editor, plan.imports);
  await editor.insertSnippet(
    new vscode.SnippetString(plan.body.join('\n')),
    placeOf(plan, selection, document),
    {
      undoStopBefore: plan.imports.length === 0,
      undoStopAfter: true,
    },
  );
  // The editor answers “done” for a read-only document too, and leaves it as it was.
  if (document.version === before)
    throw new ToldError(vscode.l10n.t('This document is read-only: nothing was inserted.'));
}

/** In the document with its imports; the selection as it was before them. */
function placeOf(
  { place, imports }: InsertionPlan,
  selection: vscode.Selection,
  document: vscode.TextDocument,
): vscode.Range {
  if (place === 'cursor') {
    const down = linesAbove(imports, selection.start.line);
    return new vscode.Range(selection.start.translate(down), selection.end.translate(down));
  }
  const { range } = document.lineAt(place.line);
  const position = place.at === 'start' ? range.start : range.end;
  return new vscode.Range(position, position);
}

async function addImports(
  editor: vscode.TextEditor,
  imports: readonly { readonly line: number; readonly lines: readonly string[] }[],
): Promise<void> {
  if (imports.length === 0) return;
  await editor.edit(
    (builder) => {
      for (const { line, lines } of imports) insertLines(builder, editor.document, line, lines);
    },
    { undoStopBefore: true, undoStopAfter: false },
  );
}

function insertLines(
  builder: vscode.TextEditorEdit,
  document: vscode.TextDocument,
  line: number,
  lines: readonly string[],
): void {
  if (line < document.lineCount) builder.insert(new vscode.Position(line, 0), `${lines.join('\n')}\n`);
  else builder.insert(document.lineAt(document.lineCount - 1).range.end, `\n${lines.join('\n')}`);
}
