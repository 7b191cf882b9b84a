import * as vscode from 'vscode';
import { check } from '../../core/history/check.js';
import { parseHistory } from '../../core/history/jsonl.js';
import { summarised } from '../../core/history/summarised.js';
import { historyProblemSentence } from '../../core/text/history-problem-sentence.js';
import { translator } from '../../core/text/translate.js';
import { ToldError } from '../../core/told-error.js';
import type { OpenedHistory } from '../../shared/page.js';
import { editorBundle } from '../texts.js';

/**
 * Reads a recorded history (docs/history.md) and judges all of it; of a very long one the page is given what matters.
 * @throws ToldError with one sentence that names the line, when it is no history.
 */
export async function readHistoryFile(file: vscode.Uri): Promise<OpenedHistory> {
  const parsed = parseHistory(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
  if (!parsed.ok) throw new ToldError(historyProblemSentence(parsed.problem, translator(editorBundle())));
  const { history } = parsed;
  const verdict = check(history);
  const summary = summarised(history, verdict);
  return {
    name: file.path.slice(file.path.lastIndexOf('/') + 1),
    file: file.toString(),
    phase: { history: summary.history, verdict },
    events: history.length,
    leftOut: summary.leftOut,
  };
}
