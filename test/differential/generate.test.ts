import assert from 'node:assert/strict';
import { registeredApis } from '../../src/broker/registry.js';
import { generate } from './generate.js';
import type { Operation } from './operation.js';

const versions = new Map(registeredApis.map(({ api, versions }) => [api.key, versions]));

describe('The generator of sequences', () => {
  it('makes the same sequence of the same seed, and another one of another', () => {
    assert.deepEqual(generate(7, versions), generate(7, versions));
    assert.notDeepEqual(generate(7, versions), generate(8, versions));
  });

  it('reaches every kind of operation in 300 sequences', () => {
    const reached = new Set<Operation['kind']>();
    for (let seed = 0; seed < 300; seed++) for (const { kind } of generate(seed, versions)) reached.add(kind);
    assert.equal(reached.size, 25);
  });

  it('names only versions that both brokers offer', () => {
    const old = new Map(
      [...versions].map(([key, { min }]) => [key, { min, max: Math.max(min, 4) }] as const),
    );
    const operations = Array.from({ length: 100 }, (_, seed) => generate(seed, old)).flat();
    assert.ok(operations.every((one) => !('version' in one) || one.version <= 4));
  });
});
