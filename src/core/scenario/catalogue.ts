import type { Semantics } from '../semantics/semantics.js';
import { allSemantics } from '../semantics/table.js';
import { consumerScenarios } from './consumer.js';
import { pipelineScenarios } from './pipeline.js';
import { producerScenarios } from './producer.js';
import type { Scenario } from './scenario.js';

/** Every scenario, in the order in which it is shown and run. A new one is a new entry in its family's file. */
export const allScenarios: readonly Scenario[] = [
  ...producerScenarios,
  ...consumerScenarios,
  ...pipelineScenarios,
];

/** The fifteen that every learner sees first, and that `run core` runs. */
export const coreScenarios: readonly Scenario[] = allScenarios.filter(({ level }) => level === 'core');

const byId: ReadonlyMap<string, Scenario> = new Map(allScenarios.map((one) => [one.id, one]));

/** Undefined for an id that nobody has: ids come from users and links too. */
export function scenarioById(id: string): Scenario | undefined {
  return byId.get(id);
}

export interface SemanticsGroup {
  readonly semantics: Semantics;
  readonly scenarios: readonly Scenario[];
}

/** Scenarios below the semantics that they question, both in display order; a semantics without any is left out. */
export function groupedBySemantics(scenarios: readonly Scenario[] = allScenarios): readonly SemanticsGroup[] {
  return allSemantics
    .map((semantics) => ({
      semantics,
      scenarios: scenarios.filter((scenario) => scenario.semantics === semantics.id),
    }))
    .filter((group) => group.scenarios.length > 0);
}
