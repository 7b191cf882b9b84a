import type { ScenarioCard } from '../../shared/lab-report.js';
import { askedOf } from '../../core/prediction/asked.js';
import { neighboursOf } from '../../core/scenario/neighbours.js';
import { snippetLanguages, type SnippetLanguage } from '../../core/snippets/snippet.js';
import type {
  CatalogueEntry,
  CatalogueGroup,
  Neighbour,
  OpenedHistory,
  Page,
  PageRun,
  SemanticsCode,
} from '../../shared/page.js';
import type { LabCatalogue } from '../catalogue.js';
import { comparison } from './comparison.js';
import { lastVerdict } from '../last-verdict.js';
import type { Outcomes } from '../outcomes.js';
import type { Runs } from '../runs.js';
import type { Predictions } from '../predictions.js';
import type { SnippetStore } from '../snippets/snippet-store.js';

export interface PageSources {
  readonly catalogue: LabCatalogue;
  readonly runs: Runs;
  readonly outcomes: Outcomes;
  readonly snippets: SnippetStore;
  readonly predictions: Predictions;
}

/** What the page has to show now. */
export async function pageContent(sources: PageSources, shown: Shown): Promise<Page> {
  const { catalogue, runs, predictions } = sources;
  const { scenario, opened, comparedWith } = shown;
  if (opened !== undefined) return { opened, run: { kind: 'none' }, catalogue: [], busy: runs.busy };
  if (scenario === undefined)
    return {
      ...{ run: { kind: 'none' }, catalogue: await groups(sources), busy: runs.busy },
      score: predictions.score,
    };
  const card = await catalogue.card(scenario);
  const code = await semanticsCode(sources, card);
  const prediction = { asked: askedOf(card.scenario), ...predictions.get(scenario) };
  return {
    ...{ card, code, prediction, run: runState(sources, scenario), catalogue: [], busy: runs.busy },
    neighbours: await neighbours(sources, card),
    ...(await comparison(sources, scenario, comparedWith)),
  };
}

/** What a panel shows: a scenario, a history that was opened, or the catalogue. */
export interface Shown {
  readonly scenario?: string | undefined;
  readonly opened?: OpenedHistory | undefined;
  /** Key of the run that is laid beside the scenario's. */
  readonly comparedWith?: string | undefined;
}

async function neighbours(
  { catalogue }: PageSources,
  { scenario }: ScenarioCard,
): Promise<readonly Neighbour[]> {
  const cards = await Promise.all(neighboursOf(scenario).map(({ id }) => catalogue.card(id)));
  return cards.map((card) => ({ id: card.scenario.id, title: card.text.title }));
}

async function semanticsCode({ snippets }: PageSources, { scenario }: ScenarioCard): Promise<SemanticsCode> {
  const { semantics, cast } = scenario;
  const lines = snippetLanguages.map(async (language) => ({
    language: languageNames[language],
    line: await snippets.blamed(semantics, language),
  }));
  const letsHarm = semantics !== 'producer.exactly-once' && semantics !== 'pipeline';
  const isTransactional = Object.values(cast).some(({ producer }) => producer?.transactionalId !== undefined);
  const isUsed = letsHarm || isTransactional;
  return { semantics, letsHarm, isUsed, lines: await Promise.all(lines) };
}

const languageNames: Readonly<Record<SnippetLanguage, string>> = {
  python: 'Python',
  javascript: 'JavaScript, TypeScript',
  java: 'Java',
  go: 'Go',
};

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
