import { allScenarios, coreScenarios, scenarioById } from '../core/scenario/catalogue.js';
import { nearest } from '../core/scenario/nearest.js';
import type { Scenario } from '../core/scenario/scenario.js';
import type { Translate } from '../core/text/translate.js';
import { CliError } from './cli-error.js';

/**
 * The scenarios that the words name (ids of scenarios or of semantics, or `core`), each once, in the order of the catalogue.
 * @throws CliError for an unknown id, with the nearest one
 */
export function chosenScenarios(words: readonly string[], t: Translate): readonly Scenario[] {
  const chosen = new Set(words.flatMap((word) => named(word, t)));
  return allScenarios.filter((scenario) => chosen.has(scenario));
}

/** All core scenarios, those of one semantics, or one. */
function named(word: string, t: Translate): readonly Scenario[] {
  if (word === 'core') return coreScenarios;
  const ofSemantics = allScenarios.filter(({ semantics }) => semantics === word);
  return ofSemantics.length > 0 ? ofSemantics : [known(word, t)];
}

function known(id: string, t: Translate): Scenario {
  const scenario = scenarioById(id);
  if (scenario !== undefined) return scenario;
  const meant = allScenarios.map((one) => one.id).filter((one) => one.split('.').includes(id));
  if (meant.length > 0)
    throw new CliError(
      t('No scenario is called “{id}”; these have it in their name: {meant}.', {
        id,
        meant: meant.join(', '),
      }),
    );
  const suggestion = nearest(id, ['core', ...allScenarios.map((one) => one.id)]);
  if (suggestion === undefined)
    throw new CliError(t('No scenario is called “{id}”; “list” shows all.', { id }));
  throw new CliError(t('No scenario is called “{id}”. Did you mean “{suggestion}”?', { id, suggestion }));
}
