import assert from 'node:assert/strict';
import { ascending, countBetween, firstIndex } from '../../src/core/sorted.js';

describe('sorted numbers', () => {
  const numbers = ascending([7, 3, 3, 1, 10]);

  it('ascend, each once', () => {
    assert.deepEqual(numbers, [1, 3, 7, 10]);
  });

  it('tell where a condition begins to hold', () => {
    const firstAbove = (bound: number) => firstIndex(numbers, (number) => number > bound);
    assert.deepEqual([0, 1, 2, 7, 10].map(firstAbove), [0, 1, 1, 3, 4]);
    assert.equal(
      firstIndex([], () => true),
      0,
    );
  });

  it('are counted between two others, which do not count', () => {
    assert.deepEqual(
      [countBetween(numbers, 1, 10), countBetween(numbers, 0, 11), countBetween(numbers, 3, 7)],
      [2, 4, 0],
    );
    assert.deepEqual([countBetween(numbers, 7, 3), countBetween(numbers, 3, 3)], [0, 0]);
  });
});
