import { runToEnd } from '../test/harness/processes.js';
import { median, type Figure } from './figure.js';

/** CPU time of loading and activating the extension, each time in a fresh process. */
export async function activation(rounds: number): Promise<readonly Figure[]> {
  const figures: number[] = [];
  for (let round = 0; round < rounds; round++) {
    figures.push(Number(await runToEnd(process.execPath, ['bench/activation-process.mjs'])));
  }
  return [
    {
      id: 'activation.cpu',
      what: 'activation of the extension (CPU)',
      measured: median(figures),
      unit: 'ms',
      target: { bound: 'at most', value: 15 },
      note: 'with a stand-in for the vscode module',
    },
  ];
}
