import assert from 'node:assert/strict';
import { seed } from '../broker/protocol/seeded-random.js';
import { growth } from './growth.js';
import { soak } from './soak-run.js';

describe(`Eight mixed clients for a few seconds (SEED=${seed})`, function () {
  this.timeout(90_000);

  it('lose nothing that was acknowledged, and find what is processed in transactions once', async () => {
    const { counts, mistakes } = await soak({ seconds: 8, seed });
    assert.deepEqual(mistakes, []);
    for (const { acknowledged, missing } of Object.values(counts)) {
      assert.ok(acknowledged > 50, `${acknowledged} were acknowledged`);
      assert.equal(missing, 0);
    }
    assert.equal(counts.processed.repeated, 0);
    assert.equal(counts.raw.repeated, 0);
  });
});

describe('The growth of measurements', () => {
  it('is that from the second quarter to the last, each by its median', () => {
    assert.deepEqual(growth([1, 1, 5, 900, 6, 6, 7, 7]), { before: 900, after: 7 });
    assert.deepEqual(growth([0, 0, 0, 10, 10, 10, 20, 20, 20, 30, 99, 30]), { before: 10, after: 30 });
  });
});
