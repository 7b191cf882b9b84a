import * as vscode from 'vscode';
import { isToldError } from '../core/told-error.js';
import { isLabError } from '../core/lab-error.js';
import { errorSentence } from '../core/text/error-sentence.js';
import { editorTranslate } from './texts.js';

/** One plain sentence for a user; what is not foreseen keeps its own message, and its stack goes to the log. */
export function sentenceOf(error: unknown): string {
  if (isToldError(error)) return error.message;
  if (isLabError(error)) return errorSentence(error, editorTranslate());
  const reason = error instanceof Error ? error.message : String(error);
  return vscode.l10n.t('Something unforeseen happened: {reason}', { reason });
}

/** Tells of an error in one sentence, with the log one press away. It does not wait for the user. */
export function tellError(log: vscode.LogOutputChannel, error: unknown): void {
  log.error(error instanceof Error ? error : String(error));
  const showLog = vscode.l10n.t('Show Log');
  void vscode.window.showErrorMessage(sentenceOf(error), showLog).then((answer) => {
    if (answer === showLog) log.show();
  });
}
