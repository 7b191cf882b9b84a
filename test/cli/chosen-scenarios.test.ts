import assert from 'node:assert/strict';
import { chosenScenarios } from '../../src/cli/chosen-scenarios.js';
import { translator } from '../../src/core/text/translate.js';

const t = translator({});

describe('the scenarios of a command line', () => {
  const chosen = (...words: readonly string[]) => chosenScenarios(words, t).map(({ id }) => id);

  it('are those that are named, each once, in the order of the catalogue', () => {
    const ids = ['consumer.exactly-once.course', 'producer.at-least-once.response-lost'];
    assert.deepEqual(chosen(...ids, ...ids), [...ids].reverse());
  });

  it('are all of a semantics when that is named', () => {
    assert.deepEqual(chosen('consumer.exactly-once'), [
      'consumer.exactly-once.course',
      'consumer.exactly-once.idempotent-effect',
    ]);
    assert.equal(chosen('core').length, 15);
  });

  it('are not guessed: an unknown name is refused, with what may have been meant', () => {
    assert.throws(() => chosen('consumer.exactly-onc'), /Did you mean/);
    assert.throws(
      () => chosen('response-lost'),
      /have it in their name: producer\.at-least-once\.response-lost/,
    );
  });
});
