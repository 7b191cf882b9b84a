import * as vscode from 'vscode';
import type { ClusterViewOptions } from '../../trees/clusters/view-options.js';

/** The view is filtered as one types; Escape leaves it as it was before. */
export async function filter(options: ClusterViewOptions): Promise<void> {
  const before = options.filter;
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Show topics and groups whose name contains'),
    value: before,
    validateInput: (value) => {
      options.setFilter(value);
      return undefined;
    },
  });
  options.setFilter(text ?? before);
}

const choices = [0, 2, 5, 10, 30, 60] as const;

export async function chooseRefresh(options: ClusterViewOptions): Promise<void> {
  const now = options.current.refreshEverySeconds;
  const picks = choices.map((seconds) => ({
    label:
      seconds === 0 ? vscode.l10n.t('Off') : vscode.l10n.t('Every {seconds} s', { seconds: String(seconds) }),
    description: seconds === now ? vscode.l10n.t('in use') : '',
    seconds,
  }));
  const picked = await vscode.window.showQuickPick(picks, {
    title: vscode.l10n.t('How often shall what is shown be read again?'),
    placeHolder: vscode.l10n.t('Only while the view can be seen'),
  });
  if (picked !== undefined) await options.set({ refreshEverySeconds: picked.seconds });
}
