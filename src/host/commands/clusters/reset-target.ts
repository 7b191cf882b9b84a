import * as vscode from 'vscode';
import { timeOf } from '../../time-of.js';
import type { ResetTarget } from '../../../core/lag/reset.js';

/** Where to reset to; `undefined` when the user gave up. */
export async function chooseTarget(group: string): Promise<ResetTarget | undefined> {
  const picked = await vscode.window.showQuickPick(picks(), {
    title: vscode.l10n.t('Reset offsets of “{group}”: where to?', { group }),
    matchOnDetail: true,
  });
  return picked?.target();
}

interface TargetPick extends vscode.QuickPickItem {
  readonly target: () => Promise<ResetTarget | undefined>;
}

function picks(): readonly TargetPick[] {
  return [
    {
      label: vscode.l10n.t('Earliest'),
      detail: vscode.l10n.t('To the first record that is still there: all of them are read again'),
      target: async () => ({ kind: 'earliest' }),
    },
    {
      label: vscode.l10n.t('Latest'),
      detail: vscode.l10n.t('To the end: what is not read yet is skipped'),
      target: async () => ({ kind: 'latest' }),
    },
    {
      label: vscode.l10n.t('Offset…'),
      detail: vscode.l10n.t('To one offset in each partition, as far as it reaches'),
      target: askForOffset,
    },
    {
      label: vscode.l10n.t('Date and time…'),
      detail: vscode.l10n.t('To the first record at or after it'),
      target: askForTime,
    },
    {
      label: vscode.l10n.t('By ± n…'),
      detail: vscode.l10n.t('From what is committed: -10 reads ten again, 10 skips ten'),
      target: askForCount,
    },
  ];
}

async function askForOffset(): Promise<ResetTarget | undefined> {
  const text = await ask(
    vscode.l10n.t('Offset'),
    /^\d{1,18}$/,
    vscode.l10n.t('Write an offset: a whole number from 0 on.'),
  );
  return text === undefined ? undefined : { kind: 'offset', offset: BigInt(text) };
}

async function askForCount(): Promise<ResetTarget | undefined> {
  const text = await ask(
    vscode.l10n.t('By how many offsets'),
    /^[+-]?\d{1,18}$/,
    vscode.l10n.t('Write a whole number, with “-” to go back.'),
  );
  return text === undefined ? undefined : { kind: 'by', count: BigInt(text.replace('+', '')) };
}

/** In the time zone of the machine, as a user reads their logs, unless the text names one. */
async function askForTime(): Promise<ResetTarget | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Date and time'),
    placeHolder: '2026-11-27 14:30',
    ignoreFocusOut: true,
    validateInput: (value) =>
      timeOf(value) === undefined
        ? vscode.l10n.t('Write a date and time, for example 2026-11-27 14:30 or 2026-11-27T14:30Z.')
        : undefined,
  });
  const atMs = text === undefined ? undefined : timeOf(text);
  return atMs === undefined ? undefined : { kind: 'time', atMs };
}

async function ask(title: string, form: RegExp, problem: string): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title,
    ignoreFocusOut: true,
    validateInput: (value) => (form.test(value.trim()) ? undefined : problem),
  });
  return text?.trim();
}
