import { allScenarios, coreScenarios, groupedBySemantics, scenarioById } from '../core/scenario/catalogue.js';
import type { SemanticsGroup } from '../core/scenario/catalogue.js';
import type { Scenario } from '../core/scenario/scenario.js';
import type { Semantics } from '../core/semantics/semantics.js';
import type { SemanticsText } from '../core/text/lessons.js';
import type { ScenarioCard } from '../shared/lab-report.js';
import type { LessonTexts } from './texts.js';

/** One semantics with its scenarios, in the order of the catalogue. */
export interface CatalogueSection {
  readonly semantics: Semantics;
  readonly text: SemanticsText;
  readonly scenarios: readonly ScenarioCard[];
}

/** The catalogue with its texts in the learner's language. */
export class LabCatalogue {
  private loaded: Promise<readonly CatalogueSection[]> | undefined;

  constructor(private readonly texts: LessonTexts) {}

  sections(): Promise<readonly CatalogueSection[]> {
    return (this.loaded ??= this.load());
  }

  async card(id: string): Promise<ScenarioCard> {
    const sections = await this.sections();
    const card = sections.flatMap(({ scenarios }) => scenarios).find(({ scenario }) => scenario.id === id);
    if (card === undefined) throw new Error(`no scenario ${id}`);
    return card;
  }

  knows(id: string): boolean {
    return scenarioById(id) !== undefined;
  }

  core(): readonly Scenario[] {
    return coreScenarios;
  }

  ids(): readonly string[] {
    return allScenarios.map(({ id }) => id);
  }

  private load(): Promise<readonly CatalogueSection[]> {
    return Promise.all(groupedBySemantics().map((group) => this.section(group)));
  }

  private async section({ semantics, scenarios }: SemanticsGroup): Promise<CatalogueSection> {
    const text = await this.texts.semantics(semantics.id);
    const cards = scenarios.map(async (scenario) => ({
      scenario,
      text: await this.texts.scenario(scenario.id),
      semantics: text,
    }));
    return { semantics, text, scenarios: await Promise.all(cards) };
  }
}
