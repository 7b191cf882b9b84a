import * as vscode from 'vscode';
import type { ScenarioCard, Standing } from '../../shared/lab-report.js';
import type { RunStage } from '../../shared/page.js';
import type { CatalogueSection } from '../catalogue.js';
import { lastVerdict, standingName } from '../last-verdict.js';
import type { Outcome } from '../outcomes.js';
import { stageName } from '../stage-name.js';

export interface ScenarioState {
  readonly stage: RunStage | undefined;
  readonly outcome: Outcome | undefined;
}

export function semanticsItem({ semantics, text, scenarios }: CatalogueSection): vscode.TreeItem {
  const item = new vscode.TreeItem(text.title, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `semantics/${semantics.id}`;
  item.iconPath = new vscode.ThemeIcon(sideIcons[semantics.side]);
  item.contextValue = 'semantics';
  item.tooltip = new vscode.MarkdownString(
    [
      `**${text.title}**`,
      vscode.l10n.t('**Guarantees:** {guarantees}', { guarantees: text.guarantees }),
      vscode.l10n.t('**Does not guarantee:** {limits}', { limits: text.doesNotGuarantee }),
    ].join('\n\n'),
  );
  item.accessibilityInformation = {
    label: vscode.l10n.t('{title}. Scenarios: {count}. {guarantees}', {
      title: text.title,
      count: scenarios.length,
      guarantees: text.guarantees,
    }),
  };
  return item;
}

const sideIcons = { producer: 'arrow-small-right', consumer: 'arrow-small-left', pipeline: 'arrow-swap' };

export function scenarioItem(card: ScenarioCard, state: ScenarioState): vscode.TreeItem {
  const { scenario, text } = card;
  const description = descriptionOf(card, state);
  const item = new vscode.TreeItem(text.short, vscode.TreeItemCollapsibleState.None);
  item.id = `scenario/${scenario.id}`;
  item.iconPath = iconOf(card, state);
  item.description = description;
  item.contextValue = state.stage === undefined ? 'scenario' : 'running';
  item.tooltip = tooltip(card, description);
  item.accessibilityInformation = { label: accessibleLabel(card, state, description) };
  item.command = {
    command: 'kafkaLab.openScenario',
    title: vscode.l10n.t('Open in Lab Page'),
    arguments: [scenario.id],
  };
  return item;
}

function descriptionOf({ scenario }: ScenarioCard, { stage, outcome }: ScenarioState): string {
  if (stage !== undefined) return stageName(stage);
  switch (outcome?.kind) {
    case undefined:
      return '';
    case 'done':
      return lastVerdict(scenario, outcome)?.sentence ?? '';
    case 'stopped':
      return vscode.l10n.t('stopped');
    case 'interrupted':
      return vscode.l10n.t('interrupted');
    case 'failed':
      return vscode.l10n.t('could not run');
  }
}

function iconOf({ scenario }: ScenarioCard, { stage, outcome }: ScenarioState): vscode.ThemeIcon {
  if (stage !== undefined) return new vscode.ThemeIcon('loading~spin');
  const verdict = lastVerdict(scenario, outcome);
  if (verdict !== undefined) return standingIcon(verdict.standing);
  if (outcome?.kind === 'failed') return standingIcon('differs');
  return new vscode.ThemeIcon('circle-large-outline', new vscode.ThemeColor('testing.iconUnset'));
}

/** Shape first, colour second: the three differ for somebody who sees no colours too. */
function standingIcon(standing: Standing): vscode.ThemeIcon {
  switch (standing) {
    case 'as-expected':
      return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
    case 'differs':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
    case 'inconclusive':
      return new vscode.ThemeIcon('question', new vscode.ThemeColor('testing.iconQueued'));
  }
}

function tooltip({ scenario, text }: ScenarioCard, description: string): vscode.MarkdownString {
  const lines = [`**${text.title}**`, text.question, `${vscode.l10n.t('What strikes:')} ${text.strikes}`];
  if (description !== '') lines.push(`${vscode.l10n.t('Last verdict:')} **${description}**`);
  return new vscode.MarkdownString([...lines, `\`${scenario.id}\``].join('\n\n'));
}

function accessibleLabel(
  { scenario, text }: ScenarioCard,
  { outcome, stage }: ScenarioState,
  description: string,
): string {
  const verdict = stage === undefined ? lastVerdict(scenario, outcome) : undefined;
  if (verdict !== undefined)
    return vscode.l10n.t('{title}. Last verdict: {verdict}, {standing}', {
      title: text.title,
      verdict: verdict.sentence,
      standing: standingName(verdict.standing),
    });
  if (description !== '') return vscode.l10n.t('{title}: {state}', { title: text.title, state: description });
  return vscode.l10n.t('{title}. Not run yet', { title: text.title });
}
