import assert from 'node:assert/strict';
import { lagOf, type Committed, type PartitionBounds } from '../../../src/core/lag/lag.js';
import { lagCell, lagNote } from '../../../src/core/text/lag-sentence.js';
import { translator } from '../../../src/core/text/translate.js';
import { seed, seededRandom } from '../../broker/protocol/seeded-random.js';

const t = translator({});
const at = (offset: bigint): Committed => ({ kind: 'offset', offset });
const bounds = (start: bigint, lastStable: bigint, end: bigint): PartitionBounds => ({
  start,
  lastStable,
  end,
});

function told(committed: Committed, known: Parameters<typeof lagOf>[1], markers?: bigint): string {
  const lag = lagOf(committed, known, markers);
  const note = lagNote(lag, t);
  return note === '' ? lagCell(lag) : `${lagCell(lag)}: ${note}`;
}

describe('honest lag', () => {
  it('is the distance from the committed offset to the end', () => {
    assert.equal(told(at(3n), bounds(0n, 10n, 10n)), '7');
    assert.equal(told(at(10n), bounds(0n, 10n, 10n)), '0');
  });

  it('is no number where nothing is committed, or a reset is pending', () => {
    assert.equal(told({ kind: 'none' }, bounds(0n, 10n, 10n)), '–: nothing committed');
    assert.equal(told({ kind: 'reset', to: 'latest' }, bounds(0n, 10n, 10n)), '–: reset to latest pending');
    assert.equal(
      told({ kind: 'reset', to: 'earliest' }, bounds(0n, 10n, 10n)),
      '–: reset to earliest pending',
    );
  });

  it('begins at the start of the log, and tells what expired unread', () => {
    assert.equal(told(at(2n), bounds(5n, 10n, 10n)), '5: 3 expired before being read');
  });

  it('is a question mark with its reason where something could not be read', () => {
    assert.equal(
      told(at(2n), { unreadable: 'LEADER_NOT_AVAILABLE' }),
      '?: the end could not be read: LEADER_NOT_AVAILABLE',
    );
    assert.equal(
      told({ kind: 'unreadable', reason: 'UNSTABLE_OFFSET_COMMIT' }, bounds(0n, 1n, 1n)),
      '?: the committed offset could not be read: UNSTABLE_OFFSET_COMMIT',
    );
  });

  it('goes to the last stable offset, and tells what an open transaction hides', () => {
    assert.equal(told(at(1n), bounds(0n, 3n, 5n)), '2: 2 behind an open transaction');
    assert.equal(told(at(3n), bounds(0n, 3n, 5n)), '0: 2 behind an open transaction');
  });

  it('goes to the end for a group that has committed beyond the last stable offset: it reads uncommitted records', () => {
    assert.equal(told(at(4n), bounds(0n, 3n, 5n)), '1');
  });

  it('names the transaction markers in it', () => {
    assert.equal(told(at(1n), bounds(0n, 2n, 2n), 1n), '1: 1 is a transaction marker');
    assert.equal(told(at(1n), bounds(0n, 4n, 4n), 2n), '3: 2 are transaction markers');
  });

  it('is never negative: a commit beyond the end is told as that', () => {
    assert.equal(told(at(9n), bounds(0n, 3n, 3n)), '0: committed 6 beyond the end');
  });

  it('holds for offsets that no JavaScript number can hold', () => {
    const far = 2n ** 60n;
    assert.equal(told(at(far), bounds(0n, far + 3n, far + 3n)), '3');
  });

  it('adds up for all small partitions: what is read, what is left, what is hidden and what expired are the log', () => {
    for (let start = 0n; start <= 4n; start++)
      for (let lastStable = start; lastStable <= 5n; lastStable++)
        for (let end = lastStable; end <= 6n; end++)
          for (let offset = 0n; offset <= 7n; offset++) {
            addsUp(offset, start, lastStable, end);
          }
  });

  it(`adds up for offsets of any size (seed ${seed})`, () => {
    const random = seededRandom(seed);
    const offset = (): bigint => BigInt.asUintN(62 - random.below(62), random.int64());
    for (let round = 0; round < 5_000; round++) {
      const start = offset();
      const lastStable = start + offset();
      const end = lastStable + offset();
      addsUp(random.chance(0.5) ? offset() : start + offset(), start, lastStable, end);
    }
  });

  function addsUp(offset: bigint, start: bigint, lastStable: bigint, end: bigint): void {
    const lag = lagOf(at(offset), bounds(start, lastStable, end));
    assert.ok(lag.kind === 'known');
    const position = offset > start ? offset : start;
    const parts = [lag.lag, lag.expired, lag.behindOpenTransaction, lag.beyondEnd];
    assert.ok(parts.every((part) => part >= 0n));
    assert.equal(position + lag.lag + lag.behindOpenTransaction - lag.beyondEnd, end);
    assert.equal(offset + lag.expired, position);
  }
});
