import assert from 'node:assert/strict';
import type { Operation } from './operation.js';
import { shrink } from './shrink.js';

const pauses: readonly Operation[] = Array.from({ length: 30 }, (_, ms) => ({ kind: 'pause', ms }));

function millisecondsOf(operations: readonly Operation[]): readonly number[] {
  return operations.map((operation) => (operation.kind === 'pause' ? operation.ms : -1));
}

describe('The shrinking of a sequence', () => {
  it('leaves the operations without which the difference is gone', async () => {
    const needed = [3, 17, 18, 29];
    const shortest = await shrink(pauses, async (some) =>
      needed.every((ms) => millisecondsOf(some).includes(ms)),
    );
    assert.deepEqual(millisecondsOf(shortest), needed);
  });

  it('keeps the whole sequence when every operation is needed', async () => {
    const shortest = await shrink(pauses, async (some) => some.length === pauses.length);
    assert.equal(shortest, pauses);
  });

  it('plays no more often than it may', async () => {
    let plays = 0;
    await shrink(
      pauses,
      async () => {
        plays += 1;
        return false;
      },
      10,
    );
    assert.equal(plays, 10);
  });
});
