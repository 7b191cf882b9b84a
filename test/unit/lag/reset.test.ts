import assert from 'node:assert/strict';
import type { Committed, PartitionBounds } from '../../../src/core/lag/lag.js';
import { resetEffect, type ResetTarget } from '../../../src/core/lag/reset.js';
import { resetSentence } from '../../../src/core/text/reset-sentence.js';
import { translator } from '../../../src/core/text/translate.js';
import { seed, seededRandom } from '../../broker/protocol/seeded-random.js';

const at = (offset: bigint): Committed => ({ kind: 'offset', offset });
const bounds: PartitionBounds = { start: 2n, lastStable: 10n, end: 10n };
const t = translator({});

describe('the effect of a reset', () => {
  it('is what is read again, or what is never read', () => {
    const earliest = resetEffect({ kind: 'earliest' }, at(7n), bounds);
    assert.deepEqual(earliest, { after: 2n, replays: 5n, skips: 0n });
    const latest = resetEffect({ kind: 'latest' }, at(7n), bounds);
    assert.deepEqual(latest, { after: 10n, replays: 0n, skips: 3n });
  });

  it('counts from the start where what was committed has expired', () => {
    assert.deepEqual(resetEffect({ kind: 'earliest' }, at(0n), bounds), {
      after: 2n,
      replays: 0n,
      skips: 0n,
    });
    const by = resetEffect({ kind: 'by', count: 3n }, at(0n), bounds);
    assert.deepEqual(by, { after: 5n, replays: 0n, skips: 3n });
  });

  it('goes to the end where no record is as late as the time', () => {
    const target: ResetTarget = { kind: 'time', atMs: 1 };
    assert.equal(resetEffect(target, at(7n), bounds, undefined).after, 10n);
    assert.equal(resetEffect(target, at(7n), bounds, 4n).after, 4n);
  });

  it('stays within the log, and adds up, for every small partition, commit and target', () => {
    const range = [0n, 1n, 2n, 3n, 4n];
    // The same, where no JavaScript number can tell neighbours apart.
    for (const base of [0n, 2n ** 60n])
      for (const start of range)
        for (const length of range)
          for (const committed of range)
            for (const count of [-9n, -1n, 0n, 1n, 9n])
              checkOne(base + start, base + start + length, base + committed, count);
  });

  it(`does so for offsets of any size (seed ${seed})`, () => {
    const random = seededRandom(seed);
    const offset = (): bigint => BigInt.asUintN(62 - random.below(62), random.int64());
    for (let round = 0; round < 5_000; round++) {
      const start = offset();
      const committed = random.chance(0.5) ? offset() : start + offset();
      checkOne(start, start + offset(), committed, random.chance(0.5) ? offset() : -offset());
    }
  });

  function checkOne(start: bigint, end: bigint, committed: bigint, count: bigint): void {
    const log = { start, end, lastStable: end };
    const position = committed < start ? start : committed > end ? end : committed;
    const targets: readonly ResetTarget[] = [
      { kind: 'earliest' },
      { kind: 'latest' },
      { kind: 'by', count },
      { kind: 'offset', offset: committed + count },
    ];
    for (const target of targets) {
      const { after, replays, skips } = resetEffect(target, at(committed), log);
      assert.ok(after >= start && after <= end);
      assert.equal(position - replays + skips, after);
      assert.ok(replays === 0n || skips === 0n);
    }
  }

  it('is said in a word', () => {
    const said = (replays: bigint, skips: bigint) =>
      resetSentence({ before: at(5n), after: 5n - replays + skips, replays, skips }, t);
    assert.deepEqual(said(5n, 0n), { title: '5 → 0', detail: 'reads 5 again' });
    assert.deepEqual(said(0n, 1n), { title: '5 → 6', detail: 'never reads 1' });
    assert.deepEqual(said(0n, 0n), { title: '5 → 5', detail: 'nothing changes for its readers' });
    assert.deepEqual(resetSentence({ before: { kind: 'none' }, after: 3n, replays: 0n, skips: 0n }, t), {
      title: '– → 3',
      detail: 'its readers begin there, whatever auto.offset.reset says',
    });
    assert.deepEqual(
      resetSentence({ before: at(5n), replays: 0n, skips: 0n, problem: 'LEADER_NOT_AVAILABLE' }, t),
      { title: '5 → ?', detail: 'stays as it is: LEADER_NOT_AVAILABLE' },
    );
  });
});
