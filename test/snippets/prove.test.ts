import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { startKafka, type RealKafka } from '../harness/kafka.js';
import { breaches } from './judgement.js';
import { allRuns, brokerKinds, startLanes, titleOf, type Lane } from './lanes.js';
import type { Language } from './languages/language.js';
import { languages } from './languages/languages.js';
import { ProofTable } from './table.js';

describe('Every snippet does what it says, and its guarantee shows when it is struck', () => {
  const table = new ProofTable();
  let lanes: readonly Lane[] = [];
  let kafka: RealKafka | undefined;

  before(async () => {
    const possible: Language[] = [];
    for (const language of languages) if ((await language.missing()) === undefined) possible.push(language);
    kafka = await startKafka({ version: '3.9.1', settings: 'lesson' });
    lanes = startLanes(possible, brokerKinds, kafka, allRuns);
  });

  after(async () => {
    await Promise.all(lanes.map(({ ended }) => ended));
    await kafka?.stop();
  });

  for (const language of languages) {
    for (const broker of brokerKinds) {
      describe(`${language.name} (${language.client}), ${broker}`, () => {
        before(async function () {
          const reason = await language.missing();
          if (reason === undefined) return;
          console.log(`      SKIPPED: ${reason}.`);
          this.skip();
        });

        for (const run of allRuns)
          it(titleOf(run), async () => {
            const lane = lanes.find((one) => one.language === language && one.broker === broker);
            assert.ok(lane);
            const proof = await lane.proofOf(run);
            assert.deepEqual(breaches(proof, run.trial), []);
            table.add(run, language.language, broker, proof);
          });
      });
    }
  }

  // In a suite of its own: mocha runs a suite's tests before the suites in it.
  describe('the table', () => {
    it('stands in docs/snippets.md as it was found (npm run snippets:prove writes it)', async function () {
      if (!table.isComplete) this.skip();
      assert.equal(await table.kept(), table.text);
    });
  });
});
