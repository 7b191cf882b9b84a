import assert from 'node:assert/strict';
import { follows } from '../../../src/core/timeline/follows.js';
import { latestBy } from '../../../src/core/timeline/latest.js';
import { grouped, Messages, Names } from '../../../src/core/timeline/messages.js';
import { StatesOverTime, type StateChange } from '../../../src/core/timeline/states-over-time.js';
import { seed, seededRandom, type Random } from '../../broker/protocol/seeded-random.js';

// A state that is no value is a state too.
const states = ['a', 'b', 'c', undefined] as const;
type State = (typeof states)[number];

describe('States over time', () => {
  it(`are what looking at each thing by itself gives, wherever the moment goes (seed ${seed})`, () => {
    const random = seededRandom(seed);
    for (let round = 0; round < 60; round += 1) {
      const lives = Array.from({ length: random.below(400) }, () => lifeOf(random));
      const over = new StatesOverTime(lives);
      // Back and forth: what was found before must not be told at another moment.
      for (let look = 0; look < 30; look += 1) {
        const moment = random.below(120) - 10;
        const found = over.at(moment);
        const one = Array.from({ length: lives.length }, (): State | undefined => undefined);
        for (const { state, from, to } of found) one.fill(state, from, to);
        assert.deepEqual(
          one,
          lives.map((life) => life.findLast(({ at }) => at <= moment)?.state),
        );
        for (const [index, { state, from }] of found.entries()) {
          const before = found[index - 1];
          assert.ok(
            before === undefined || before.to < from || before.state !== state,
            'neighbours are joined',
          );
        }
      }
    }
  });

  it('are what messages are grouped by, in the order in which the states first come', () => {
    const names = new Names(['m0', 'm1', 'm2', 'x', 'm3']);
    const groups = grouped(names, [
      { state: 'sent', from: 0, to: 2 },
      { state: 'lost', from: 2, to: 3 },
      { state: 'sent', from: 3, to: 5 },
    ]);
    assert.deepEqual(
      [...groups].map(([state, messages]) => [state, messages.length, messages.stretches()]),
      [
        [
          'sent',
          4,
          [
            { first: 'm0', last: 'm1', length: 2 },
            { first: 'x', last: 'x', length: 1 },
            { first: 'm3', last: 'm3', length: 1 },
          ],
        ],
        ['lost', 1, [{ first: 'm2', last: 'm2', length: 1 }]],
      ],
    );
  });

  it('join numbers that go on over the end of a part', () => {
    const names = new Names(['m0', 'm1', 'gone', 'm2', 'm3']);
    const parts = [
      { from: 0, to: 2 },
      { from: 3, to: 5 },
    ];
    assert.deepEqual(new Messages(names, parts).stretches(), [{ first: 'm0', last: 'm3', length: 4 }]);
  });

  it('know the last of each kind at any moment', () => {
    const items = [
      { at: 1, kind: 'g', offset: 1 },
      { at: 3, kind: 'h', offset: 9 },
      { at: 4, kind: 'g', offset: 2 },
    ];
    const latest = latestBy<(typeof items)[number]>(({ kind }) => kind);
    const offsets = (moment: number) => latest(items, moment).map(({ offset }) => offset);
    assert.deepEqual([0, 1, 3, 4, 99].map(offsets), [[], [1], [1, 9], [2, 9], [2, 9]]);
  });

  const successors: readonly (readonly [string, string, boolean])[] = [
    ['m0', 'm1', true],
    ['m9', 'm10', true],
    ['m09', 'm10', false],
    ['m08', 'm09', true],
    ['m1', 'm3', false],
    ['m1', 'n2', false],
    ['m1', 'm2x', false],
    ['m1', 'm', false],
    ['m', 'm1', false],
    ['', '1', false],
    ['1', '2', true],
    ['m1', 'm02', false],
    ['m999999999999998', 'm999999999999999', true],
  ];
  for (const [before, after, expected] of successors)
    it(`“${after}” ${expected ? 'follows' : 'does not follow'} “${before}”`, () =>
      assert.equal(follows(before, after), expected));
});

function lifeOf(random: Random): readonly StateChange<State>[] {
  const moments = Array.from({ length: random.below(4) }, () => random.below(100));
  return moments
    .sort((left, right) => left - right)
    .map((at) => ({ at, state: states[random.below(states.length)] }));
}
