import assert from 'node:assert/strict';
import { startEmbeddedBroker } from '../../src/broker/start-worker.js';
import { isLabError } from '../../src/core/lab-error.js';
import { scenarioById } from '../../src/core/scenario/catalogue.js';
import { openLab } from '../../src/runner/open-lab.js';
import { workers } from './workers.js';

describe('A broker that goes away during a run', function () {
  this.timeout(30_000);

  for (const id of ['producer.at-least-once.response-lost', 'pipeline.exactly-once']) {
    it(`is told within seconds, not after all the retries of the clients: ${id}`, async () => {
      const scenario = scenarioById(id);
      assert.ok(scenario);
      const broker = await startEmbeddedBroker({ workerFile: workers.broker });
      const connection = { bootstrapServers: broker.bootstrapServers };
      const lab = await openLab({ target: { kind: 'kafka', connection }, workers });
      try {
        let goneAt = 0;
        const run = lab.run(scenario, {
          onProgress: ({ stage }) => {
            if (stage !== 'fault') return;
            goneAt = performance.now();
            void broker.stop();
          },
        });
        await assert.rejects(run, (error) => isLabError(error) && error.code === 'broker-unreachable');
        assert.ok(performance.now() - goneAt < 5_000);
      } finally {
        await lab.dispose();
        await broker.stop();
      }
    });
  }
});
