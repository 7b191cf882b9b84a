import * as vscode from 'vscode';
import { readHistoryFile } from '../lab/history-file.js';
import type { LabPages } from '../lab/lab-pages.js';

/** `Open History…`: a recorded history of this lab, or of any tool that writes the format, on the lab page. */
export async function openHistory({ pages }: { readonly pages: LabPages }, asked: unknown): Promise<void> {
  const file = asked instanceof vscode.Uri ? asked : await pickFile();
  if (file !== undefined) pages.showHistory(await readHistoryFile(file));
}

async function pickFile(): Promise<vscode.Uri | undefined> {
  const files = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Open a recorded history'),
    filters: { 'JSON Lines': ['jsonl'] },
  });
  return files?.[0];
}
