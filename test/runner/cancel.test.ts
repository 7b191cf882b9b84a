import assert from 'node:assert/strict';
import { startEmbeddedBroker, type EmbeddedBroker } from '../../src/broker/start-worker.js';
import { isLabError } from '../../src/core/lab-error.js';
import { scenarioById, coreScenarios } from '../../src/core/scenario/catalogue.js';
import type { Scenario } from '../../src/core/scenario/scenario.js';
import type { Lab } from '../../src/runner/lab.js';
import { openLab } from '../../src/runner/open-lab.js';
import type { RunProgress } from '../../src/runner/run.js';
import { assertAsExpected } from './found.js';
import { workers } from './workers.js';

/** With a group, transactions, a crash and a takeover: there is something to leave behind at every moment. */
const scenario = known('pipeline.exactly-once');

describe('A run that is cancelled', function () {
  this.timeout(30_000);
  let broker: EmbeddedBroker;
  let lab: Lab;

  before(async () => {
    broker = await startEmbeddedBroker({ workerFile: workers.broker });
    lab = await openLab({
      target: { kind: 'kafka', connection: { bootstrapServers: broker.bootstrapServers } },
      workers,
    });
  });

  after(async () => {
    await lab.dispose();
    await broker.stop();
  });

  const moments: readonly { readonly stage: RunProgress['stage']; readonly afterMs: number }[] = [
    { stage: 'preparing', afterMs: 0 },
    { stage: 'control', afterMs: 0 },
    { stage: 'control', afterMs: 60 },
    { stage: 'control', afterMs: 150 },
    { stage: 'reading', afterMs: 0 },
    { stage: 'cleaning-up', afterMs: 0 },
    { stage: 'fault', afterMs: 120 },
    { stage: 'fault', afterMs: 300 },
  ];

  for (const { stage, afterMs } of moments) {
    it(`${afterMs} ms after "${stage}" ends within a second and leaves nothing behind`, async () => {
      const controller = new AbortController();
      let cancelledAt = 0;
      const cancel = (): void => {
        cancelledAt = performance.now();
        controller.abort();
      };
      const run = lab.run(scenario, {
        signal: controller.signal,
        onProgress: (progress) => {
          if (progress.stage === stage && cancelledAt === 0) setTimeout(cancel, afterMs);
        },
      });
      await assert.rejects(run, isCancelled);
      const took = performance.now() - cancelledAt;
      assert.ok(took < 1000, `took ${took} ms`);
      assert.deepEqual(await lab.findLeftovers(), { topics: [], groups: [] });
    });
  }

  it('before it began never begins', async () => {
    await assert.rejects(lab.run(scenario, { signal: AbortSignal.abort() }), isCancelled);
  });

  it('takes the others of the same round with it', async () => {
    const controller = new AbortController();
    const round = lab.runAll(coreScenarios, {
      signal: controller.signal,
      onReport: () => controller.abort(),
    });
    await assert.rejects(round, isCancelled);
    assert.deepEqual(await lab.findLeftovers(), { topics: [], groups: [] });
  });

  it('by a listener that throws leaves nothing behind', async () => {
    const run = lab.run(scenario, {
      onProgress: ({ stage }) => {
        if (stage === 'cleaning-up') throw new Error('the listener has gone');
      },
    });
    await assert.rejects(run, /the listener has gone/);
    assert.deepEqual(await lab.findLeftovers(), { topics: [], groups: [] });
  });

  it('does not disturb the next one', async () => {
    assertAsExpected(await lab.run(scenario));
  });

  it('by disposing of the lab ends too, and its topics and groups are gone', async () => {
    const second = await openLab({
      target: { kind: 'kafka', connection: { bootstrapServers: broker.bootstrapServers } },
      workers,
    });
    const begun = new Promise<void>((resolve) => {
      const run = second.run(scenario, { onProgress: ({ stage }) => stage === 'fault' && resolve() });
      void assert.rejects(run, isCancelled);
    });
    await begun;
    await second.dispose();
    assert.deepEqual(await lab.findLeftovers(), { topics: [], groups: [] });
  });
});

describe('What a killed process left behind', function () {
  this.timeout(30_000);

  it('is found by the next lab, and removed when asked, members included', async () => {
    const broker = await startEmbeddedBroker({ workerFile: workers.broker });
    const target = { kind: 'kafka', connection: { bootstrapServers: broker.bootstrapServers } } as const;
    const other = await openLab({ target, workers });
    const running = other.run(known('consumer.at-least-once.crash-before-commit')).catch(() => undefined);
    const lab = await openLab({ target, workers });
    try {
      await untilSome(async () => (await lab.findLeftovers()).groups.length > 0);
      const found = await lab.findLeftovers();
      assert.ok(found.topics.every((topic) => topic.startsWith('lab.consumer.at-least-once.')));
      await lab.removeLeftovers(found);
      const left = await lab.findLeftovers();
      assert.deepEqual(
        found.topics.filter((topic) => left.topics.includes(topic)),
        [],
      );
    } finally {
      await other.dispose();
      await running;
      await lab.dispose();
      await broker.stop();
    }
  });
});

function known(id: string): Scenario {
  const found = scenarioById(id);
  assert.ok(found);
  return found;
}

function isCancelled(error: unknown): boolean {
  return isLabError(error) && error.code === 'cancelled';
}

async function untilSome(ask: () => Promise<boolean>): Promise<void> {
  while (!(await ask()));
}
