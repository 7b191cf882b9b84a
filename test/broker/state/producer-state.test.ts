import assert from 'node:assert/strict';
import type { LogBatch } from '../../../src/broker/state/log-batch.js';
import { PartitionLog } from '../../../src/broker/state/log.js';

const largestSequence = 0x7fff_ffff;

describe('a partition remembers its producers', () => {
  let log: PartitionLog;
  beforeEach(() => (log = new PartitionLog()));

  it('takes an unknown producer at any sequence, then only the next', () => {
    assert.deepEqual(append({ baseSequence: 17 }), [0n, 0n]);
    assert.equal(append({ baseSequence: 19 }), 45);
    assert.deepEqual(append({ baseSequence: 18 }), [1n, 1n]);
  });

  it('recognises the last five batches by their original offset; the sixth-last is out of order', () => {
    for (let sequence = 0; sequence < 6; sequence++) append({ baseSequence: sequence });
    for (let sequence = 1; sequence < 6; sequence++) {
      assert.deepEqual(append({ baseSequence: sequence }), { duplicateOf: BigInt(sequence) });
    }
    assert.equal(append({ baseSequence: 0 }), 45);
    assert.equal(log.endOffset, 6n);
  });

  it('recognises a batch only by its first and last sequence together', () => {
    append({ baseSequence: 0, lastOffsetDelta: 2 });
    assert.equal(append({ baseSequence: 0, lastOffsetDelta: 1 }), 45);
    assert.deepEqual(append({ baseSequence: 0, lastOffsetDelta: 2 }), { duplicateOf: 0n });
  });

  it('wraps from the largest int32 to 0, between batches and within one', () => {
    append({ baseSequence: largestSequence - 1 });
    assert.deepEqual(append({ baseSequence: largestSequence }), [1n, 1n]);
    assert.deepEqual(append({ baseSequence: 0 }), [2n, 2n]);
    append({ producerId: 2n, baseSequence: largestSequence, lastOffsetDelta: 2 });
    assert.deepEqual(append({ producerId: 2n, baseSequence: 2 }), [6n, 6n]);
  });

  it('refuses an older epoch with 47 and tells the current one', () => {
    append({ producerEpoch: 3, baseSequence: 0 });
    assert.equal(append({ producerEpoch: 2, baseSequence: 1 }), 47);
    const check = log.producers.check(batch({ producerEpoch: 2, baseSequence: 1 }));
    assert.equal(check.kind === 'refused' && check.currentEpoch, 3);
  });

  it('wants a new epoch to start at sequence 0', () => {
    append({ baseSequence: 0 });
    assert.equal(append({ producerEpoch: 1, baseSequence: 1 }), 45);
    assert.deepEqual(append({ producerEpoch: 1, baseSequence: 0 }), [1n, 1n]);
  });

  it('wants sequence 0 after a marker that raised the epoch', () => {
    append({ baseSequence: 0, isTransactional: true });
    marker(1, false);
    assert.equal(append({ baseSequence: 1, isTransactional: true }), 47);
    assert.equal(append({ producerEpoch: 1, baseSequence: 1, isTransactional: true }), 45);
    assert.deepEqual(append({ producerEpoch: 1, baseSequence: 0, isTransactional: true }), [2n, 2n]);
  });

  it('counts on after a marker of the same epoch', () => {
    append({ baseSequence: 0, isTransactional: true });
    marker(0, true);
    assert.deepEqual(append({ baseSequence: 1, isTransactional: true }), [2n, 2n]);
  });

  it('refuses a write without a transaction in an open one with 48', () => {
    append({ baseSequence: 0, isTransactional: true });
    assert.equal(append({ baseSequence: 1 }), 48);
    marker(0, true);
    assert.deepEqual(append({ baseSequence: 1 }), [2n, 2n]);
  });

  it('does not know producers without an id', () => {
    const anonymous = { producerId: -1n, producerEpoch: -1, baseSequence: -1 };
    assert.deepEqual(append(anonymous), [0n, 0n]);
    assert.deepEqual(append(anonymous), [1n, 1n]);
  });

  it('still knows a producer whose records were deleted (KIP-360)', () => {
    append({ baseSequence: 0 });
    log.advanceHighWatermark(log.endOffset);
    log.deleteBefore(1n);
    assert.deepEqual(append({ baseSequence: 0 }), { duplicateOf: 0n });
    assert.equal(append({ baseSequence: 2 }), 45);
  });

  it('knows after a cut what the rest of the log says', () => {
    append({ baseSequence: 0 });
    append({ baseSequence: 1 });
    log.truncateTo(1n);
    assert.deepEqual(append({ baseSequence: 1 }), [1n, 1n]);
    assert.deepEqual(append({ baseSequence: 0 }), { duplicateOf: 0n });
  });

  /** First and last offset, the offset of a recognised one, or the error code. */
  function append(fields: Partial<LogBatch>): unknown {
    const outcome = log.append(batch(fields), 0);
    if (outcome.kind === 'refused') return outcome.errorCode;
    if (outcome.kind === 'duplicate') return { duplicateOf: outcome.baseOffset };
    return [outcome.baseOffset, outcome.lastOffset];
  }

  function marker(producerEpoch: number, commit: boolean): void {
    log.appendMarker({ producerId: 1n, producerEpoch, commit, coordinatorEpoch: 0, timestamp: 0n }, 0);
  }
});

function batch(fields: Partial<LogBatch>): LogBatch {
  const defaults = {
    producerId: 1n,
    producerEpoch: 0,
    baseSequence: 0,
    lastOffsetDelta: 0,
    maxTimestamp: 0n,
  };
  return { bytes: Buffer.alloc(61), isTransactional: false, ...defaults, ...fields };
}
