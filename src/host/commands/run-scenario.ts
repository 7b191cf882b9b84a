import * as vscode from 'vscode';
import type { CatalogueSection, LabCatalogue } from '../catalogue.js';
import { lastVerdict } from '../last-verdict.js';
import type { Outcomes } from '../outcomes.js';
import type { Session } from '../session.js';

interface ScenarioPick extends vscode.QuickPickItem {
  readonly scenario?: string;
}

/** `Run Scenario…`: a pick list grouped by semantics; with an id (a link, a key binding) it runs that one at once. */
export async function runScenario(
  parts: { readonly catalogue: LabCatalogue; readonly outcomes: Outcomes; readonly session: Session },
  wanted: unknown,
): Promise<void> {
  const id = typeof wanted === 'string' ? wanted : await pickScenario(parts.catalogue, parts.outcomes);
  if (id === undefined) return;
  const { scenario } = await parts.catalogue.card(id);
  await parts.session.runOne(scenario);
}

async function pickScenario(catalogue: LabCatalogue, outcomes: Outcomes): Promise<string | undefined> {
  await outcomes.restore(catalogue.ids());
  const sections = await catalogue.sections();
  const picks = sections.flatMap((section) => sectionPicks(section, outcomes));
  const picked = await vscode.window.showQuickPick(picks, {
    title: vscode.l10n.t('Run a scenario'),
    placeHolder: vscode.l10n.t('What shall happen to m4?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.scenario;
}

function sectionPicks({ text, scenarios }: CatalogueSection, outcomes: Outcomes): readonly ScenarioPick[] {
  const separator = { label: text.title, kind: vscode.QuickPickItemKind.Separator };
  const picks = scenarios.map(({ scenario, text: { title, strikes } }) => {
    const last = lastVerdict(scenario, outcomes.get(scenario.id));
    const detail = last === undefined ? strikes : `${strikes} · ${last.sentence}`;
    return { label: title, detail, scenario: scenario.id };
  });
  return [separator, ...picks];
}
