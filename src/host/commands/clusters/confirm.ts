import * as vscode from 'vscode';

/** A question that stands in the way; true only for the button that says what happens. */
export async function confirm(question: string, detail: string, button: string): Promise<boolean> {
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, button);
  return answer === button;
}
