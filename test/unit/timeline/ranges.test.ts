import assert from 'node:assert/strict';
import { rangesOf } from '../../../src/core/text/steps/ranges.js';

describe('Messages in words', () => {
  const told: readonly (readonly [string, readonly string[]])[] = [
    ['', []],
    ['m4', ['m4']],
    ['m4, m5', ['m4', 'm5']],
    ['m0 – m3', ['m0', 'm1', 'm2', 'm3']],
    ['m0 – m3, m5 – m10', ['m0', 'm1', 'm2', 'm3', 'm5', 'm6', 'm7', 'm8', 'm9', 'm10']],
    ['m9 – m11', ['m9', 'm10', 'm11']],
    ['m1, M2', ['m1', 'M2']],
    ['m07 – m09', ['m07', 'm08', 'm09']],
    ['m1, m1', ['m1', 'm1']],
    ['a, b, m1 – m3', ['a', 'b', 'm1', 'm2', 'm3']],
    ['m1, m3, m5, m7, m9, m11, …', ['m1', 'm3', 'm5', 'm7', 'm9', 'm11', 'm13', 'm15']],
  ];
  for (const [words, values] of told)
    it(`are “${words}” for ${values.join(' ') || 'none'}`, () => assert.equal(rangesOf(values), words));
});
