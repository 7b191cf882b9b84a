import * as vscode from 'vscode';
import { serialiseHistory } from '../../core/history/jsonl.js';
import type { LabReport, Phase } from '../../shared/lab-report.js';
import type { LabPages } from '../lab/lab-pages.js';
import type { Outcomes } from '../outcomes.js';

interface PhasePick extends vscode.QuickPickItem {
  readonly phase: Phase;
}

/** `Save History…`: one of the two histories of the scenario on the page, as JSON lines (docs/history.md). */
export async function saveHistory(
  parts: { readonly pages: LabPages; readonly outcomes: Outcomes },
  scenario: unknown,
  wanted: unknown,
): Promise<void> {
  const id = typeof scenario === 'string' ? scenario : parts.pages.shownScenario;
  const report = id === undefined ? undefined : parts.outcomes.report(id);
  if (id === undefined || report === undefined) {
    tellNothingToSave();
    return;
  }
  const phase = wanted === 'control' || wanted === 'fault' ? wanted : await pickPhase();
  if (phase !== undefined) await save(id, phase, report);
}

async function save(id: string, phase: Phase, report: LabReport): Promise<void> {
  const file = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save history'),
    defaultUri: defaultFile(`${id}.${phase}.jsonl`),
    filters: { 'JSON Lines': ['jsonl'] },
  });
  if (file === undefined) return;
  await vscode.workspace.fs.writeFile(
    file,
    new TextEncoder().encode(serialiseHistory(report[phase].history)),
  );
  const open = vscode.l10n.t('Open');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('The history is saved in {file}.', { file: vscode.workspace.asRelativePath(file) }),
    open,
  );
  if (answer === open) await vscode.window.showTextDocument(file);
}

function defaultFile(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder === undefined ? vscode.Uri.file(name) : vscode.Uri.joinPath(folder, name);
}

async function pickPhase(): Promise<Phase | undefined> {
  const picks: readonly PhasePick[] = [
    { label: vscode.l10n.t('The run with the fault'), phase: 'fault' },
    { label: vscode.l10n.t('The control run'), phase: 'control' },
  ];
  return (await vscode.window.showQuickPick(picks, { title: vscode.l10n.t('Which history?') }))?.phase;
}

function tellNothingToSave(): void {
  const sentence = vscode.l10n.t('There is no history yet: open the lab page and run a scenario first.');
  void vscode.window.showInformationMessage(sentence);
}
