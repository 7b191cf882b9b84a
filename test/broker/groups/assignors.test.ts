import assert from 'node:assert/strict';
import {
  fromLists,
  noPartitions,
  toLists,
} from '../../../src/broker/state/groups/consumer-protocol/assigned-partitions.js';
import {
  assignors,
  type AssignableMember,
  type AssignorName,
} from '../../../src/broker/state/groups/consumer-protocol/assignors.js';
import { seed, seededRandom } from '../protocol/seeded-random.js';

type Lists = Readonly<Record<string, readonly number[]>>;

describe('the uniform assignor', () => {
  it('moves as Apache Kafka 4.2.0 did when a second and a third member came to seven partitions', () => {
    const counts = new Map([['t', 7]]);
    const one = assign('uniform', [member('A', ['t'])], counts);
    assert.deepEqual(one, { A: { t: [0, 1, 2, 3, 4, 5, 6] } });
    const two = assign('uniform', [member('A', ['t'], one.A), member('B', ['t'])], counts);
    assert.deepEqual(two, { A: { t: [0, 1, 2, 3] }, B: { t: [4, 5, 6] } });
    const three = [member('A', ['t'], two.A), member('B', ['t'], two.B), member('C', ['t'])];
    assert.deepEqual(assign('uniform', three, counts), {
      A: { t: [0, 1, 2] },
      B: { t: [4, 5] },
      C: { t: [3, 6] },
    });
  });

  it(`gives each partition to one subscriber, evenly, and moves no more than it must (SEED=${seed})`, () => {
    const random = seededRandom(seed);
    for (let round = 0; round < 300; round++) {
      const counts = new Map([
        ['t', random.below(9)],
        ['u', random.below(9)],
      ]);
      const ids = Array.from({ length: 1 + random.below(5) }, (_, index) => `m${index}`);
      const before = assign(
        'uniform',
        ids.map((id) => member(id, ['t', 'u'])),
        counts,
      );
      const kept = ids.slice(0, 1 + random.below(ids.length));
      const after = assign(
        'uniform',
        kept.map((id) => member(id, ['t', 'u'], before[id])),
        counts,
      );
      const total = (counts.get('t') ?? 0) + (counts.get('u') ?? 0);
      const sizes = kept.map((id) => namesIn(after[id]).length);
      assert.equal(new Set(kept.flatMap((id) => namesIn(after[id]))).size, total);
      assert.equal(
        sizes.reduce((sum, size) => sum + size, 0),
        total,
      );
      assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1);
      const lost = kept.flatMap((id) =>
        namesIn(before[id]).filter((name) => !namesIn(after[id]).includes(name)),
      );
      assert.deepEqual(lost, [], 'when members only go, nobody who stays gives anything up');
    }
  });

  it('gives a topic to its subscribers only, and nothing to who has none', () => {
    const members = [member('A', ['t']), member('B', ['t', 'u']), member('C', [])];
    const counts = new Map([
      ['t', 2],
      ['u', 2],
    ]);
    assert.deepEqual(assign('uniform', members, counts), { A: { t: [0, 1] }, B: { u: [0, 1] }, C: {} });
  });
});

describe('the range assignor', () => {
  it('gives contiguous ranges of each topic in the order of the ids, the first ones one more', () => {
    const counts = new Map([
      ['t', 7],
      ['u', 1],
    ]);
    const members = [member('C', ['t', 'u']), member('A', ['t', 'u']), member('B', ['t'])];
    assert.deepEqual(assign('range', members, counts), {
      A: { t: [0, 1, 2], u: [0] },
      B: { t: [3, 4] },
      C: { t: [5, 6] },
    });
  });

  it('takes static members in the order of their instance ids', () => {
    const counts = new Map([['t', 2]]);
    const members = [
      { ...member('A', ['t']), instanceId: 'second' },
      { ...member('B', ['t']), instanceId: 'first' },
    ];
    assert.deepEqual(assign('range', members, counts), { A: { t: [1] }, B: { t: [0] } });
  });
});

function member(memberId: string, topicIds: readonly string[], current: Lists = {}): AssignableMember {
  const lists = Object.entries(current).map(([topicId, partitions]) => ({ topicId, partitions }));
  return { memberId, instanceId: null, topicIds: new Set(topicIds), current: fromLists(lists) };
}

function assign(
  name: AssignorName,
  members: readonly AssignableMember[],
  counts: ReadonlyMap<string, number>,
): Readonly<Record<string, Lists>> {
  const assigned = assignors[name](members, counts);
  return Object.fromEntries(
    members.map(({ memberId }) => {
      const lists = toLists(assigned.get(memberId) ?? noPartitions);
      return [memberId, Object.fromEntries(lists.map(({ topicId, partitions }) => [topicId, partitions]))];
    }),
  );
}

function namesIn(lists: Lists = {}): readonly string[] {
  return Object.entries(lists).flatMap(([topicId, partitions]) =>
    partitions.map((one) => `${topicId}${one}`),
  );
}
