import type { ScenarioCard } from '../../shared/lab-report.js';
import type { CatalogueEntry, CatalogueGroup, Page, PageRun } from '../../shared/page.js';
import type { LabCatalogue } from '../catalogue.js';
import { lastVerdict } from '../last-verdict.js';
import type { Outcomes } from '../outcomes.js';
import type { Runs } from '../runs.js';

export interface PageSources {
  readonly catalogue: LabCatalogue;
  readonly runs: Runs;
  readonly outcomes: Outcomes;
}

/** What the page has to show now for this scenario, or the catalogue when there is none. */
export async function pageContent(sources: PageSources, scenario: string | undefined): Promise<Page> {
  const { catalogue, runs } = sources;
  if (scenario === undefined)
    return { run: { kind: 'none' }, catalogue: await groups(sources), busy: runs.busy };
  const card = await catalogue.card(scenario);
  return { card, run: runState(sources, scenario), catalogue: [], busy: runs.busy };
}

function runState({ runs, outcomes }: PageSources, scenario: string): PageRun {
  const stage = runs.stageOf(scenario);
  if (stage !== undefined) return { kind: 'running', stage };
  return outcomes.get(scenario) ?? { kind: 'none' };
}

async function groups({ catalogue, outcomes }: PageSources): Promise<readonly CatalogueGroup[]> {
  await outcomes.restore(catalogue.ids());
  const sections = await catalogue.sections();
  return sections.map(({ text, scenarios }) => ({
    title: text.title,
    guarantees: text.guarantees,
    scenarios: scenarios.map((card) => entry(card, outcomes)),
  }));
}

function entry({ scenario, text }: ScenarioCard, outcomes: Outcomes): CatalogueEntry {
  const last = lastVerdict(scenario, outcomes.get(scenario.id));
  return { id: scenario.id, title: text.title, ...(last !== undefined && { last }) };
}
