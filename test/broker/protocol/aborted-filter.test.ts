import assert from 'node:assert/strict';
import { encodeControlBatch } from '../../../src/broker/protocol/control-batch.js';
import { encodeRecordBatch } from '../../../src/broker/protocol/encode-record-batch.js';
import { readRecordBatch, type RecordBatch } from '../../../src/broker/protocol/record-batch.js';
import { AbortedFilter } from '../../../src/broker/protocol/aborted-filter.js';

describe('The filter of aborted transactions', () => {
  it('hides a producer’s records from the first offset of its aborted transaction to the marker', () => {
    const log = [data(0, 1), data(1, 1), marker(2, 1, 'abort'), data(3, 1), marker(4, 1, 'commit')];
    assert.deepEqual(visible(log, [{ producerId: 1n, firstOffset: 0n }]), [3]);
  });

  it('tells two interleaved aborted transactions apart, in whatever order the index names them', () => {
    const log = [
      ...[data(0, 1), data(1, 2), data(2, 1), marker(3, 1, 'abort')],
      ...[data(4, 2), data(5, 1), marker(6, 2, 'abort'), data(7, 2), marker(8, 1, 'commit')],
    ];
    const index = [
      { producerId: 2n, firstOffset: 1n },
      { producerId: 1n, firstOffset: 0n },
    ];
    assert.deepEqual(visible(log, index), [5, 7]);
  });

  it('hides two aborted transactions of one producer, and not the committed one between them', () => {
    const log = [
      ...[data(0, 1), marker(1, 1, 'abort'), data(2, 1), marker(3, 1, 'commit')],
      ...[data(4, 1), marker(5, 1, 'abort')],
    ];
    const index = [
      { producerId: 1n, firstOffset: 0n },
      { producerId: 1n, firstOffset: 4n },
    ];
    assert.deepEqual(visible(log, index), [2]);
  });

  it('leaves records that belong to no transaction', () => {
    const log = [data(0, 1), plain(1), marker(2, 1, 'abort')];
    assert.deepEqual(visible(log, [{ producerId: 1n, firstOffset: 0n }]), [1]);
  });
});

function visible(
  log: readonly RecordBatch[],
  index: readonly { readonly producerId: bigint; readonly firstOffset: bigint }[],
): readonly number[] {
  const filter = new AbortedFilter(index);
  return log
    .filter((batch) => !filter.hides(batch) && !batch.isControl)
    .map(({ baseOffset }) => Number(baseOffset));
}

const records = [{ value: Buffer.from('value') }];

function plain(offset: number): RecordBatch {
  return readRecordBatch(encodeRecordBatch({ records, baseOffset: BigInt(offset) }));
}

function data(offset: number, producerId: number): RecordBatch {
  const producer = { producerId: BigInt(producerId), producerEpoch: 0, baseSequence: 0 };
  return readRecordBatch(
    encodeRecordBatch({ records, baseOffset: BigInt(offset), isTransactional: true, ...producer }),
  );
}

function marker(offset: number, producerId: number, type: 'commit' | 'abort'): RecordBatch {
  return readRecordBatch(
    encodeControlBatch({
      type,
      coordinatorEpoch: 0,
      producerId: BigInt(producerId),
      producerEpoch: 0,
      timestamp: 0n,
      baseOffset: BigInt(offset),
    }),
  );
}
