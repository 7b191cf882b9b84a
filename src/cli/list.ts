import { allScenarios, groupedBySemantics } from '../core/scenario/catalogue.js';
import type { Scenario } from '../core/scenario/scenario.js';
import { sideBySide } from './cells.js';
import { exit, type ExitCode } from './cli-error.js';
import { writeLine, type Context } from './context.js';
import { headingOf } from './table.js';

/** The catalogue, for eyes or for programs. */
export function list({ json }: { readonly json: boolean }, context: Context): Promise<ExitCode> {
  const lines = json
    ? allScenarios.map((scenario) => JSON.stringify(entry(scenario, context)))
    : table(context);
  for (const line of lines) writeLine(context.terminal.out, line);
  return Promise.resolve(exit.expected);
}

function entry({ id, semantics, level }: Scenario, { wording }: Context): Readonly<Record<string, string>> {
  const { title = id, question = '', strikes = '' } = wording.lessons.scenarios[id] ?? {};
  return { scenario: id, semantics, level, title, question, strikes };
}

function table({ terminal, wording }: Context): readonly string[] {
  const idWidth = Math.max(...allScenarios.map(({ id }) => id.length));
  const width = Math.max(24, terminal.columns - idWidth - 4);
  const plainly = (text: string): string => text;
  return groupedBySemantics().flatMap(({ semantics, scenarios }, index) => [
    ...(index === 0 ? [] : ['']),
    headingOf(semantics.id, { wording, style: terminal.style }),
    ...scenarios.flatMap(({ id }) =>
      sideBySide([
        { cell: [{ text: id, paint: plainly }], width: idWidth },
        { cell: [{ text: wording.lessons.scenarios[id]?.title ?? '', paint: terminal.style.dim }], width },
      ]).map((line) => `  ${line}`),
    ),
  ]);
}
