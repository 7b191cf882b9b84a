import assert from 'node:assert/strict';
import { partitionsOfGroup } from '../../src/cluster/group-partitions.js';
import type { StoredOffset } from '../../src/cluster/read-groups.js';
import { seed, seededRandom } from '../broker/protocol/seeded-random.js';

describe('what there is to say of a group', () => {
  it('is all that is stored, and that nothing is where it could be, each partition once and in order', () => {
    const offsets: readonly StoredOffset[] = [
      { topic: 'b', partition: 10, committed: { kind: 'offset', offset: 7n } },
      { topic: 'b', partition: 2, committed: { kind: 'reset', to: 'latest' } },
    ];
    const assigned = [
      { topic: 'a', partition: 1 },
      { topic: 'b', partition: 2 },
    ];
    const partitions = new Map([
      ['a', [0, 1]],
      ['b', [2, 3]],
      ['c', [0]],
    ]);
    assert.deepEqual(partitionsOfGroup(offsets, assigned, partitions), [
      { topic: 'a', partition: 1, committed: { kind: 'none' } },
      { topic: 'b', partition: 2, committed: { kind: 'reset', to: 'latest' } },
      { topic: 'b', partition: 3, committed: { kind: 'none' } },
      // Stored for a partition that the topic, made anew, no longer has.
      { topic: 'b', partition: 10, committed: { kind: 'offset', offset: 7n } },
    ]);
  });

  it(`is the same as a slower way to find it (seed ${seed})`, () => {
    const random = seededRandom(seed);
    const one = () => ({ topic: ['a', 'b', 'c', 'd'][random.below(4)] ?? '', partition: random.below(12) });
    const some = () => Array.from({ length: random.below(9) }, one);
    for (let round = 0; round < 500; round++) {
      const stored = some();
      const assigned = some();
      const partitions = new Map(
        ['a', 'b', 'c'].map((topic) => [topic, some().map(({ partition }) => partition)]),
      );
      const committed = { kind: 'offset', offset: 1n } as const;
      const found = partitionsOfGroup(
        stored.map((at) => ({ ...at, committed })),
        assigned,
        partitions,
      );
      const siblings = stored.flatMap(({ topic }) =>
        (partitions.get(topic) ?? []).map((partition) => ({ topic, partition })),
      );
      const name = ({ topic, partition }: { readonly topic: string; readonly partition: number }) =>
        `${topic}/${String(partition).padStart(2, '0')}`;
      const expected = new Set([...stored, ...assigned, ...siblings].map(name));
      assert.deepEqual(found.map(name), [...expected].sort());
      const isStored = new Set(stored.map(name));
      for (const row of found) assert.equal(row.committed.kind === 'offset', isStored.has(name(row)));
    }
  });
});
