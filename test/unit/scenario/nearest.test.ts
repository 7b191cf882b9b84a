import assert from 'node:assert/strict';
import { allScenarios } from '../../../src/core/scenario/catalogue.js';
import { editDistance, nearest } from '../../../src/core/scenario/nearest.js';

const ids = allScenarios.map(({ id }) => id);

describe('the nearest id', () => {
  const typos: readonly (readonly [string, string])[] = [
    ['producer.at-least-once.reponse-lost', 'producer.at-least-once.response-lost'],
    ['producer.at-most-once.reqeust-lost', 'producer.at-most-once.request-lost'],
    ['pipeline.exactly-onec', 'pipeline.exactly-once'],
    ['Consumer.Exactly-Once.Course', 'consumer.exactly-once.course'],
    ['abort-with-rewind', 'pipeline.exactly-once.abort-with-rewind'],
    ['crash-then-other', 'producer.exactly-once.crash-then-other-writer'],
  ];
  for (const [typed, meant] of typos) {
    it(`to “${typed}” is ${meant}`, () => {
      assert.equal(nearest(typed, ids), meant);
    });
  }

  it('to something quite different does not exist', () => {
    assert.equal(nearest('hello', ids), undefined);
    assert.equal(nearest('', ids), undefined);
    assert.equal(nearest('core', []), undefined);
  });

  it('of an id is the id itself', () => {
    for (const id of ids) assert.equal(nearest(id, ids), id);
  });
});

describe('the edit distance', () => {
  it('counts insertions, deletions, replacements and swaps of neighbours as one each', () => {
    assert.equal(editDistance('abcd', 'abcd'), 0);
    assert.equal(editDistance('abcd', 'abxcd'), 1);
    assert.equal(editDistance('abcd', 'acd'), 1);
    assert.equal(editDistance('abcd', 'abxd'), 1);
    assert.equal(editDistance('abcd', 'acbd'), 1);
    assert.equal(editDistance('', 'abc'), 3);
    assert.equal(editDistance('kitten', 'sitting'), 3);
  });
});
