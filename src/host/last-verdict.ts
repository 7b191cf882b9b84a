import * as vscode from 'vscode';
import type { Scenario } from '../core/scenario/scenario.js';
import { verdictSentence } from '../core/text/verdict-sentence.js';
import { standingOf } from '../shared/lab-report.js';
import type { Standing } from '../shared/lab-report.js';
import type { Outcome } from './outcomes.js';
import { editorTranslate } from './texts.js';

/** The last verdict of a scenario in one line, for tree, pick list and catalogue. */
export interface LastVerdict {
  readonly standing: Standing;
  readonly sentence: string;
}

export function lastVerdict(scenario: Scenario, outcome: Outcome | undefined): LastVerdict | undefined {
  if (outcome?.kind !== 'done') return undefined;
  const standing = standingOf(outcome.report);
  const sentence = verdictSentence(outcome.report.fault.verdict, scenario.layer, editorTranslate());
  return { standing, sentence: standing === 'inconclusive' ? vscode.l10n.t('inconclusive') : sentence };
}

/** Whether the run said what the catalogue foresees, in words: no icon or colour stands alone. */
export function standingName(standing: Standing): string {
  switch (standing) {
    case 'as-expected':
      return vscode.l10n.t('as expected');
    case 'differs':
      return vscode.l10n.t('not as expected');
    case 'inconclusive':
      return vscode.l10n.t('inconclusive');
  }
}
