import * as vscode from 'vscode';
import type { Outcomes } from './outcomes.js';
import type { Predictions } from './predictions.js';

/** What the walkthrough ticks; the names are those of its completion events in package.json. */
export type FirstStep = 'hasRun' | 'hasPredicted' | 'hasInserted' | 'hasSeenOffsets';

/** Ticks a step of the walkthrough. The editor keeps by itself what is ticked. */
export function tick(step: FirstStep): void {
  void vscode.commands.executeCommand('setContext', `kafkaLab.${step}`, true);
}

/** Steps that show in what the lab stores; the others are ticked where they are taken. */
export function watchFirstSteps(outcomes: Outcomes, predictions: Predictions): vscode.Disposable {
  return vscode.Disposable.from(
    outcomes.onDidChange((scenario) => {
      if (outcomes.report(scenario) !== undefined) tick('hasRun');
    }),
    predictions.onDidChange((scenario) => {
      if (predictions.get(scenario) !== undefined) tick('hasPredicted');
    }),
  );
}
