import * as vscode from 'vscode';
import type { Scenario } from '../../core/scenario/scenario.js';
import { standingOf } from '../../shared/lab-report.js';
import type { LabCatalogue } from '../catalogue.js';
import type { Outcomes } from '../outcomes.js';
import type { Session } from '../session.js';
import type { TreeNode } from '../trees/semantics-tree.js';

export interface RunManyParts {
  readonly catalogue: LabCatalogue;
  readonly outcomes: Outcomes;
  readonly session: Session;
}

/** All core scenarios, and one sentence at the end that says how many were as expected. */
export async function runAll(parts: RunManyParts): Promise<void> {
  await runAndSum(parts, parts.catalogue.core());
}

/** ▶ in the tree and on the page: a scenario (node or id), or all scenarios of a semantics. */
export async function runItem(parts: RunManyParts, item: unknown): Promise<void> {
  if (typeof item === 'string') {
    await runById(parts, item);
    return;
  }
  if (!isTreeNode(item)) return;
  if (item.kind === 'scenario') {
    await runById(parts, item.id);
    return;
  }
  const scenarios = item.section.scenarios.map(({ scenario }) => scenario);
  const [only] = scenarios;
  if (scenarios.length === 1 && only !== undefined) await parts.session.runOne(only);
  else await runAndSum(parts, scenarios);
}

async function runById({ catalogue, session }: RunManyParts, id: string): Promise<void> {
  await session.runOne((await catalogue.card(id)).scenario);
}

async function runAndSum({ outcomes, session }: RunManyParts, scenarios: readonly Scenario[]): Promise<void> {
  const end = await session.runMany(scenarios);
  if (end?.kind !== 'done') return;
  const expected = scenarios.filter(({ id }) => isAsExpected(outcomes, id)).length;
  const sentence = vscode.l10n.t('{expected} of {count} scenarios ran as expected.', {
    expected,
    count: scenarios.length,
  });
  if (expected === scenarios.length) void vscode.window.showInformationMessage(sentence);
  else void vscode.window.showWarningMessage(sentence);
}

function isAsExpected(outcomes: Outcomes, id: string): boolean {
  const report = outcomes.report(id);
  return report !== undefined && standingOf(report) === 'as-expected';
}

/** Menus hand over the node; anything else comes from somebody's key binding and is left alone. */
export function isTreeNode(value: unknown): value is TreeNode {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  return value.kind === 'semantics' || value.kind === 'scenario';
}
