import assert from 'node:assert/strict';
import { startBoth, type BothBrokers } from './brokers.js';
import { Session } from './session.js';

// The same sequences each time: a failure here is the change's doing. `npm run differential` draws new ones.
const seed = Number(process.env['SEED'] ?? 39);
const sequences = 300;

describe(`The embedded broker and Apache Kafka 3.9.1 (SEED=${seed})`, function () {
  this.timeout(600_000);
  let both: BothBrokers;

  before(async () => {
    both = await startBoth('3.9.1');
  });

  after(() => both.stop());

  it(`answer ${sequences} random sequences of operations alike`, async () => {
    const result = await new Session(both.sides, { seed, sequences, most: 3, log: console.log }).run();
    assert.deepEqual(result.reports, []);
    assert.deepEqual(both.mistakes, []);
    assert.equal(result.sequences, sequences);
    // More would mean that a difference hides behind bad luck.
    assert.ok(result.notRepeated.length <= sequences / 20, result.notRepeated.join('\n'));
  });
});
