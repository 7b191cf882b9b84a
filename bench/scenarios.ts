import { runToEnd } from '../test/harness/processes.js';
import { median, timed, type Figure } from './figure.js';

const oneScenario = 'producer.at-least-once.response-lost';

/** The fifteen core scenarios with their controls, and one of them, each in a process of its own: its start counts. */
export async function scenarios(rounds: number): Promise<readonly Figure[]> {
  const all: number[] = [];
  const one: number[] = [];
  for (let round = 0; round < rounds; round++) {
    all.push(await timed(() => runLab('core')));
    one.push(await timed(() => runLab(oneScenario)));
  }
  return [
    {
      id: 'core.wall',
      what: 'the fifteen core scenarios with their controls',
      measured: median(all) / 1000,
      unit: 's',
      target: { bound: 'at most', value: 10 },
    },
    {
      id: 'one.cold',
      what: 'one scenario with its control, cold',
      measured: median(one) / 1000,
      unit: 's',
      target: { bound: 'at most', value: 1.5 },
      note: oneScenario,
    },
  ];
}

/** @throws when a verdict is not as expected: a figure of a wrong run is none */
async function runLab(...scenarioIds: readonly string[]): Promise<void> {
  await runToEnd(process.execPath, ['dist/cli.js', 'run', ...scenarioIds, '--json']);
}
