import assert from 'node:assert/strict';
import { coreScenarios } from '../../src/core/scenario/catalogue.js';
import { openLab } from '../../src/runner/open-lab.js';
import type { PhaseReport, RunReport, Target } from '../../src/runner/run.js';
import { startKafka, type KafkaOptions, type RealKafka } from '../harness/kafka.js';
import { assertAsExpected } from '../runner/found.js';
import { expectedKnowledge, knowledgeAtStrike } from '../runner/knowledge-at-strike.js';
import { assertTimelineTrue } from '../runner/timeline-truth.js';
import { workers } from '../runner/workers.js';

/** Somebody's own cluster instead of the ones that the tests start: `KAFKA_BOOTSTRAP=host:port,…`. */
const given = process.env['KAFKA_BOOTSTRAP']?.split(',');

const clusters: readonly { readonly name: string; readonly options: KafkaOptions }[] = [
  { name: 'Apache Kafka 3.9.1', options: { version: '3.9.1' } },
  { name: 'Apache Kafka 4.2.0', options: { version: '4.2.0' } },
  {
    name: 'Apache Kafka 3.9.1 with its default settings',
    options: { version: '3.9.1', settings: 'default' },
  },
];

describe('The core scenarios', function () {
  this.timeout(180_000);
  let embedded: readonly RunReport[];

  before(async () => {
    embedded = await runCore({ kind: 'embedded' });
  });

  for (const { name, options } of given ? [{ name: given.join(','), options: undefined }] : clusters) {
    describe(`on ${name}`, () => {
      let kafka: RealKafka | undefined;
      let reports: readonly RunReport[];

      before(async () => {
        kafka = options && (await startKafka(options));
        const bootstrapServers = kafka?.bootstrapServers ?? given ?? [];
        reports = await runCore({ kind: 'kafka', connection: { bootstrapServers } });
      });

      after(() => kafka?.stop());

      for (const [index, { id }] of coreScenarios.entries()) {
        it(`${id} shows what it expects, with the counts of the embedded broker`, () => {
          const [here, there] = [reports[index], embedded[index]];
          assert.ok(here && there);
          assertAsExpected(here);
          assert.deepEqual(measured(here.control), measured(there.control));
          assert.deepEqual(measured(here.fault), measured(there.fault));
        });
      }

      it('show at every step of the timeline what was recorded, though a cluster does not tell of its appends', () => {
        for (const report of reports) assertTimelineTrue(report);
      });

      it('show at the strike the same as on the embedded broker', () => {
        assert.deepEqual(
          reports.map((report) => knowledgeAtStrike(report)),
          expectedKnowledge,
        );
      });

      it('leave no topic and no group behind', async () => {
        const bootstrapServers = kafka?.bootstrapServers ?? given ?? [];
        const lab = await openLab({ target: { kind: 'kafka', connection: { bootstrapServers } }, workers });
        try {
          assert.deepEqual(await lab.findLeftovers(), { topics: [], groups: [] });
        } finally {
          await lab.dispose();
        }
      });
    });
  }
});

async function runCore(target: Target): Promise<readonly RunReport[]> {
  const lab = await openLab({ target, workers });
  try {
    return await lab.runAll(coreScenarios);
  } finally {
    await lab.dispose();
  }
}

/** Everything that a verdict counts; the witnesses name topics and event numbers, which are each run's own. */
function measured({ verdict }: PhaseReport): unknown {
  const { counts, observed, layers } = verdict;
  const anomalies = verdict.anomalies.map(({ name, count }) => `${name} ${count}`).sort();
  return { counts, observed, layers, anomalies };
}
