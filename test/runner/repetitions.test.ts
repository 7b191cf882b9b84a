import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { coreScenarios } from '../../src/core/scenario/catalogue.js';
import { openLab } from '../../src/runner/open-lab.js';
import { assertAsExpected } from './found.js';
import { workers } from './workers.js';

/** How often all core scenarios run, the last two times with every core busy: `LAB_REPETITIONS=20` is what a release is held to. */
const repetitions = Number(process.env['LAB_REPETITIONS'] ?? 1);
const loaded = Math.min(2, repetitions);

describe('The core scenarios, again and again', function () {
  this.timeout(120_000);

  for (let round = 1; round <= repetitions; round++) {
    const busy = round > repetitions - loaded;
    it(`show the same in round ${round} of ${repetitions}${busy ? ', with every core busy' : ''}`, async () => {
      const load = busy ? await occupyCores() : undefined;
      const lab = await openLab({ target: { kind: 'embedded' }, workers });
      try {
        for (const report of await lab.runAll(coreScenarios)) assertAsExpected(report);
      } finally {
        await lab.dispose();
        await load?.release();
      }
    });
  }
});

async function occupyCores(): Promise<{ release(): Promise<void> }> {
  const threads = Array.from(
    { length: os.availableParallelism() },
    () => new Worker('for (;;) Math.random();', { eval: true }),
  );
  await Promise.all(threads.map((thread) => new Promise((resolve) => thread.once('online', resolve))));
  return {
    release: async () => {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}
