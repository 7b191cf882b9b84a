import * as vscode from 'vscode';
import type { RunStage } from '../shared/page.js';

/** What a run is doing, in a few words, for tree and status bar. */
export function stageName(stage: RunStage): string {
  switch (stage) {
    case 'preparing':
      return vscode.l10n.t('preparing…');
    case 'control':
      return vscode.l10n.t('control run…');
    case 'fault':
      return vscode.l10n.t('run with the fault…');
    case 'reading':
      return vscode.l10n.t('reading the log…');
    case 'cleaning-up':
      return vscode.l10n.t('cleaning up…');
  }
}
