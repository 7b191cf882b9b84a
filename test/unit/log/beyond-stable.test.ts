import assert from 'node:assert/strict';
import { statesBeyondStable, type UnstableBatch } from '../../../src/core/log/beyond-stable.js';
import type { BatchState } from '../../../src/core/log/log.js';
import { seed, seededRandom, type Random } from '../../broker/protocol/seeded-random.js';

const producers = 4;
const logs = 500;

/** A log as a broker writes it: producers begin, write into and end transactions, and others write between them. */
interface WrittenLog {
  readonly batches: readonly UnstableBatch[];
  /** How the transaction of each batch ended; `none` for a batch outside a transaction. */
  readonly ends: readonly ('commit' | 'abort' | 'open' | 'none')[];
  readonly openSince: ReadonlyMap<bigint, bigint>;
}

describe('The states of batches beyond the last stable offset', () => {
  it(`are those of the transactions that wrote them, in ${logs} random logs (seed ${seed})`, () => {
    const random = seededRandom(seed);
    for (let log = 0; log < logs; log++) {
      const { batches, ends, openSince } = writeLog(random);
      const expected = batches.map(({ isControl }, index) => expectedState(isControl, ends[index] ?? 'none'));
      assert.deepEqual(statesBeyondStable(batches, openSince), expected);
    }
  });

  it('are undecided where the log was not read as far as the marker', () => {
    const random = seededRandom(seed + 1);
    for (let log = 0; log < logs; log++) {
      const { batches, ends, openSince } = writeLog(random);
      const length = random.below(batches.length + 1);
      for (const [index, state] of statesBeyondStable(batches.slice(0, length), openSince).entries()) {
        const whole = expectedState(batches[index]?.isControl ?? false, ends[index] ?? 'none');
        // What was read may leave it open how a transaction ended, and may say nothing else than the whole log.
        const isEndRead = state === whole || state === 'undecided';
        assert.ok(isEndRead, `${index} of ${length}: ${state}, in the whole log ${whole}`);
        if (ends[index] === 'open' || ends[index] === 'none') assert.equal(state, whole);
      }
    }
  });
});

function expectedState(isControl: boolean, end: WrittenLog['ends'][number]): BatchState {
  if (isControl) return 'marker';
  return ({ commit: 'beyond-stable', none: 'beyond-stable', abort: 'aborted', open: 'open' } as const)[end];
}

function writeLog(random: Random): WrittenLog {
  const batches: UnstableBatch[] = [];
  const ends: WrittenLog['ends'][number][] = [];
  const open = new Map<bigint, number[]>();
  const length = random.below(40);
  for (let baseOffset = 0n; baseOffset < BigInt(length); baseOffset++) {
    const producerId = BigInt(random.below(producers));
    const inTransaction = open.get(producerId) ?? [];
    const ending = inTransaction.length > 0 && random.chance(0.3);
    const isTransactional = ending || inTransaction.length > 0 || random.chance(0.7);
    const marker = random.chance(0.5) ? 'commit' : 'abort';
    batches.push({ baseOffset, producerId, isTransactional, isControl: ending, ...(ending && { marker }) });
    ends.push(isTransactional ? 'open' : 'none');
    if (!isTransactional) continue;
    if (!ending) open.set(producerId, [...inTransaction, Number(baseOffset)]);
    else {
      for (const index of inTransaction) ends[index] = marker;
      open.delete(producerId);
    }
  }
  const since = [...open].map(([producerId, indexes]) => [producerId, BigInt(indexes[0] ?? 0)] as const);
  return { batches, ends, openSince: new Map(since) };
}
