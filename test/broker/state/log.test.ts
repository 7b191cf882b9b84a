import assert from 'node:assert/strict';
import { encodeRecordBatch } from '../../../src/broker/protocol/encode-record-batch.js';
import {
  hasValidChecksum,
  readRecordBatch,
  readRecordBatches,
} from '../../../src/broker/protocol/record-batch.js';
import { readTransactionMarker } from '../../../src/broker/protocol/control-batch.js';
import { PartitionLog, type Isolation } from '../../../src/broker/state/log.js';

describe('a partition log', () => {
  let log: PartitionLog;
  beforeEach(() => (log = new PartitionLog()));

  it('keeps the bytes, patches base offset and leader epoch, and leaves the checksum valid', () => {
    write(['a']);
    const bytes = batchOf(['b', 'c']);
    const before = Buffer.from(bytes);
    log.append(readRecordBatch(bytes), 4);
    assert.deepEqual(bytes, before, "the request's own bytes are not touched");
    log.advanceHighWatermark(3n);
    const [first, second] = [...readRecordBatches(log.slice(0n, everything()).records)];
    assert.ok(first && second);
    assert.deepEqual([second.baseOffset, second.partitionLeaderEpoch], [1n, 4]);
    assert.ok(hasValidChecksum(second));
    assert.deepEqual(second.bytes.subarray(16), before.subarray(16));
  });

  it('shows nothing above the high watermark', () => {
    write(['a']);
    write(['b']);
    log.advanceHighWatermark(1n);
    assert.deepEqual(baseOffsets('read_uncommitted'), [0n]);
    assert.equal(log.endOffset, 2n);
    write(['c', 'd']);
    log.advanceHighWatermark(3n);
    assert.deepEqual(baseOffsets('read_uncommitted'), [0n, 1n], 'nor a batch that reaches above it');
  });

  it('never moves the high watermark back, nor beyond the end', () => {
    write(['a']);
    log.advanceHighWatermark(9n);
    log.advanceHighWatermark(0n);
    assert.equal(log.highWatermark, 1n);
  });

  it('answers from the batch that holds the offset', () => {
    write(['a', 'b', 'c']);
    write(['d']);
    log.advanceHighWatermark(4n);
    assert.deepEqual(baseOffsets('read_uncommitted', 1n), [0n, 3n]);
    assert.deepEqual(baseOffsets('read_uncommitted', 3n), [3n]);
    assert.deepEqual(baseOffsets('read_uncommitted', 4n), []);
  });

  it('keeps to the limit, yet gives at least one batch where it must', () => {
    write(['a']);
    write(['b']);
    log.advanceHighWatermark(2n);
    const size = batchOf(['a']).length;
    const sliceOf = (maxBytes: number, atLeastOne: boolean) =>
      log.slice(0n, { isolation: 'read_uncommitted', maxBytes, atLeastOne }).records.length;
    assert.equal(sliceOf(size + 1, true), size);
    assert.equal(sliceOf(2 * size, true), 2 * size);
    assert.equal(sliceOf(1, true), size);
    assert.equal(sliceOf(1, false), 0);
  });

  it('holds the last stable offset at the earliest open transaction', () => {
    write(['plain']);
    write(['a'], 1n);
    write(['b'], 2n);
    log.advanceHighWatermark(3n);
    assert.equal(log.lastStableOffset, 1n);
    end(1n, true);
    assert.equal(log.lastStableOffset, 2n);
    end(2n, false);
    assert.equal(log.lastStableOffset, 5n);
  });

  it('holds the last stable offset until the marker itself is below the high watermark', () => {
    write(['a'], 1n);
    log.advanceHighWatermark(1n);
    marker(1n, true);
    log.advanceHighWatermark(1n);
    assert.equal(log.lastStableOffset, 0n);
    log.advanceHighWatermark(2n);
    assert.equal(log.lastStableOffset, 2n);
  });

  it('lists aborted transactions that touch the slice, sorted by first offset, for read_committed only', () => {
    write(['a'], 1n);
    write(['b'], 2n);
    end(2n, false);
    end(1n, false);
    write(['c'], 3n);
    end(3n, true);
    const aborted = (from: bigint) =>
      log
        .slice(from, everything('read_committed'))
        .abortedTransactions?.map((one) => [one.producerId, one.firstOffset]);
    assert.deepEqual(aborted(0n), [
      [1n, 0n],
      [2n, 1n],
    ]);
    assert.deepEqual(aborted(3n), [[1n, 0n]]);
    assert.deepEqual(aborted(4n), []);
    assert.equal(log.slice(0n, everything()).abortedTransactions, undefined);
    const first = { ...everything('read_committed'), maxBytes: 1 };
    assert.equal(log.slice(0n, first).abortedTransactions?.length, 1, 'the second began behind this slice');
  });

  it('writes markers as control batches that say how it ended', () => {
    write(['a'], 7n);
    end(7n, false);
    const batches = [...readRecordBatches(log.slice(0n, everything()).records)];
    const control = batches[1];
    assert.ok(control?.isControl && control.isTransactional);
    assert.deepEqual([control.producerId, control.producerEpoch, control.baseSequence], [7n, 0, -1]);
    assert.deepEqual(readTransactionMarker(control), { type: 'abort', coordinatorEpoch: 0 });
  });

  it('forgets an aborted transaction with its records', () => {
    write(['a'], 1n);
    end(1n, false);
    write(['b']);
    log.advanceHighWatermark(3n);
    log.deleteBefore(2n);
    assert.equal(log.startOffset, 2n);
    assert.deepEqual(log.slice(2n, everything('read_committed')).abortedTransactions, []);
    assert.deepEqual(baseOffsets('read_uncommitted', 2n), [2n]);
  });

  it('remembers an aborted transaction as long as its marker is there', () => {
    write(['a'], 1n);
    end(1n, false);
    log.deleteBefore(1n);
    assert.equal(log.slice(1n, everything('read_committed')).abortedTransactions?.length, 1);
  });

  it('forgets the leader epochs before its start', () => {
    write(['a', 'b']);
    log.advanceHighWatermark(2n);
    log.deleteBefore(1n);
    assert.deepEqual([log.epochs.epochAt(0n), log.epochs.epochAt(1n)], [-1, 0]);
  });

  it('keeps the last stable offset at the log start when the open transaction began before it', () => {
    write(['a', 'b'], 1n);
    write(['c']);
    log.advanceHighWatermark(3n);
    log.deleteBefore(2n);
    assert.equal(log.lastStableOffset, 2n);
  });

  it('finds a timestamp record by record', () => {
    writeAt([100n, 300n, 200n]);
    writeAt([400n]);
    assert.deepEqual(at(log.offsetForTimestamp(50n)), [0n, 100n]);
    assert.deepEqual(at(log.offsetForTimestamp(150n)), [1n, 300n]);
    assert.deepEqual(at(log.offsetForTimestamp(301n)), [3n, 400n]);
    assert.equal(log.offsetForTimestamp(401n), undefined);
    assert.deepEqual(at(log.offsetOfLargestTimestamp()), [3n, 400n]);
  });

  it('finds a timestamp inside a compressed batch, not before the log start', () => {
    const records = [100n, 200n, 300n].map((timestamp) => ({ value: Buffer.from('x'), timestamp }));
    log.append(readRecordBatch(encodeRecordBatch({ records, compression: 'gzip' })), 0);
    assert.deepEqual(at(log.offsetForTimestamp(150n)), [1n, 200n]);
    log.advanceHighWatermark(3n);
    log.deleteBefore(2n);
    assert.deepEqual(at(log.offsetForTimestamp(0n)), [2n, 300n]);
  });

  it('opens a transaction again when its marker is cut off', () => {
    write(['a'], 1n);
    marker(1n, false);
    log.advanceHighWatermark(1n);
    log.truncateTo(1n);
    assert.equal(log.lastStableOffset, 0n);
    assert.equal(log.producers.hasOpenTransaction(1n), true);
    assert.deepEqual(log.slice(0n, everything('read_committed')).records.length, 0);
  });

  it('waits for no marker that was cut off', () => {
    write(['a'], 1n);
    write(['b']);
    marker(1n, false);
    log.advanceHighWatermark(1n);
    log.truncateTo(1n);
    end(1n, true);
    assert.equal(log.lastStableOffset, 2n);
  });

  it('lists an aborted transaction once after what came later was cut off', () => {
    write(['a'], 1n);
    end(1n, false);
    write(['b']);
    log.truncateTo(2n);
    assert.equal(log.slice(0n, everything('read_committed')).abortedTransactions?.length, 1);
  });

  it('says where each leader epoch ended', () => {
    write(['a', 'b']);
    log.startEpoch(2);
    write(['c']);
    const endOf = (epoch: number) => log.epochs.endOffsetFor(epoch, log.endOffset);
    assert.deepEqual(endOf(0), { epoch: 0, endOffset: 2n });
    assert.deepEqual(endOf(1), { epoch: 0, endOffset: 2n });
    assert.deepEqual(endOf(2), { epoch: 2, endOffset: 3n });
    assert.deepEqual(endOf(3), { epoch: -1, endOffset: -1n });
  });

  function write(values: readonly string[], producerId?: bigint): void {
    log.append(readRecordBatch(batchOf(values, producerId)), 0);
  }

  function writeAt(timestamps: readonly bigint[]): void {
    const records = timestamps.map((timestamp) => ({ value: Buffer.from('x'), timestamp }));
    log.append(readRecordBatch(encodeRecordBatch({ records })), 0);
  }

  function marker(producerId: bigint, commit: boolean): void {
    log.appendMarker({ producerId, producerEpoch: 0, commit, coordinatorEpoch: 0, timestamp: 0n }, 0);
  }

  function end(producerId: bigint, commit: boolean): void {
    marker(producerId, commit);
    log.advanceHighWatermark(log.endOffset);
  }

  function baseOffsets(isolation: Isolation, from = 0n): readonly bigint[] {
    const { records } = log.slice(from, everything(isolation));
    return [...readRecordBatches(records)].map((batch) => batch.baseOffset);
  }
});

/** Transactional if there is a producer. */
function batchOf(values: readonly string[], producerId?: bigint): Buffer {
  const records = values.map((value) => ({ value: Buffer.from(value) }));
  if (producerId === undefined) return encodeRecordBatch({ records });
  return encodeRecordBatch({ records, producerId, producerEpoch: 0, baseSequence: 0, isTransactional: true });
}

function everything(isolation: Isolation = 'read_uncommitted') {
  return { isolation, maxBytes: 1_000_000, atLeastOne: true };
}

function at(found: { readonly offset: bigint; readonly timestamp: bigint } | undefined) {
  return found && [found.offset, found.timestamp];
}
