import assert from 'node:assert/strict';
import { offsetFetchHandler } from '../../../src/broker/requests/09-offset-fetch.js';
import { readRecordBatches } from '../../../src/broker/protocol/record-batch.js';
import { Bench } from './broker-bench.js';
import { fetchFrom } from './client.js';
import { ProducerV2 } from './producer-v2.js';

/** The answers are those that Apache Kafka 4.2.0 gave to the same requests (KIP-890). */
describe('transactions of version 2', () => {
  let bench: Bench;
  let producer: ProducerV2;
  beforeEach(async () => {
    bench = new Bench({ nodes: 1, transactionVersion: 2 });
    bench.topic('t');
    bench.topic('u');
    producer = new ProducerV2(bench);
    await producer.init();
  });

  it('begin with the first write: the partition need not be added', async () => {
    assert.deepEqual(await producer.write(0), [0, 0n]);
    assert.equal(producer.state, 'Ongoing');
    assert.deepEqual(bench.services.transactions.describe('tx')?.partitions, [{ topic: 't', partition: 0 }]);
  });

  it('still ask clients of older versions to add it: 120, and 48 below Produce 11', async () => {
    assert.deepEqual(await producer.write(0, { version: 11 }), [120, -1n]);
    assert.deepEqual(await producer.write(0, { version: 9 }), [48, -1n]);
    assert.equal(await producer.add(), 0);
    assert.deepEqual(await producer.write(0, { version: 11 }), [0, 0n]);
    assert.deepEqual(await producer.write(0, { topic: 'u' }), [0, 0n]);
  });

  it('raise the epoch at every end, and the marker carries it already', async () => {
    const { producerId } = producer.identity;
    await producer.write(0);
    assert.deepEqual(await producer.end(true), [0, producerId, 1]);
    assert.deepEqual(await producer.write(0), [0, 2n]);
    assert.deepEqual(await producer.end(false), [0, producerId, 2]);
    assert.deepEqual(await batchesIn(bench), [
      [0n, 0, false],
      [1n, 1, true],
      [2n, 1, false],
      [3n, 2, true],
    ]);
  });

  it('answer a repeated end as the first time, and the opposite with 48', async () => {
    const first = producer.identity;
    const { producerId } = first;
    await producer.write(0);
    await producer.end(true);
    assert.deepEqual(await producer.end(true, { identity: first }), [0, producerId, 1]);
    assert.deepEqual(await producer.end(false, { identity: first }), [48, -1n, -1]);
  });

  it('are not torn by a late end: 90 once the next one has begun, and for any other epoch', async () => {
    const first = producer.identity;
    await producer.write(0);
    await producer.end(true);
    await producer.write(0);
    assert.deepEqual(await producer.end(true, { identity: first }), [90, -1n, -1]);
    const ahead = { ...producer.identity, epoch: producer.identity.epoch + 1 };
    assert.deepEqual(await producer.end(true, { identity: ahead }), [90, -1n, -1]);
    assert.equal(producer.state, 'Ongoing');
    const fenced = bench.eventsOf('fenced').map(({ api, epoch, currentEpoch }) => [api, epoch, currentEpoch]);
    assert.deepEqual(fenced, [
      ['EndTxn', 0, 1],
      ['EndTxn', 2, 1],
    ]);
  });

  it('are torn by a late end of version 4, as before: the version decides', async () => {
    await producer.write(0);
    assert.deepEqual(await producer.end(true, { version: 4 }), [0, -1n, -1]);
    assert.deepEqual(await producer.write(1), [0, 2n]);
    assert.deepEqual(await producer.end(true, { version: 4 }), [0, -1n, -1]);
    assert.deepEqual(await producer.end(false, { version: 4 }), [48, -1n, -1]);
    assert.deepEqual(await producer.end(true), [48, -1n, -1]);
  });

  it('may be aborted before anything was written, not committed', async () => {
    const first = producer.identity;
    const { producerId } = first;
    assert.deepEqual(await producer.end(true), [48, -1n, -1]);
    assert.deepEqual(await producer.end(false), [0, producerId, 1]);
    assert.deepEqual(await producer.end(false, { identity: first }), [0, producerId, 1]);
    assert.deepEqual(await producer.end(true), [48, -1n, -1]);
    assert.deepEqual(await producer.end(false), [0, producerId, 2]);
    assert.deepEqual(await producer.write(0, { epoch: 0 }), [47, -1n]);
    assert.equal(bench.services.transactions.describe('tx')?.startedAtMs, bench.clock.now());
  });

  it('begin at sequence 0, also where the producer is unknown', async () => {
    assert.deepEqual(await producer.write(5), [45, -1n]);
    assert.deepEqual(await producer.write(0), [0, 0n]);
    assert.deepEqual(await producer.write(2), [45, -1n]);
    assert.deepEqual(await producer.write(0), [0, 0n]);
    await producer.end(true);
    assert.deepEqual(await producer.write(1), [45, -1n]);
  });

  it('refuse writes of another epoch (47), id or producer (49)', async () => {
    await producer.write(0);
    assert.deepEqual(await producer.write(0, { epoch: 1 }), [47, -1n]);
    assert.deepEqual(await producer.write(0, { epoch: 1, version: 11 }), [47, -1n]);
    await producer.end(true);
    assert.deepEqual(await producer.write(1, { epoch: 0 }), [47, -1n]);
    assert.deepEqual(await producer.write(0, { producerId: 9999n }), [49, -1n]);
    assert.deepEqual(await producer.write(0, { transactionalId: 'nobody' }), [49, -1n]);
  });

  it('take the offsets of a group that was not added; older versions are told 120 or 48', async () => {
    assert.equal(await producer.commitOffset(4), 120);
    assert.equal(await producer.commitOffset(3), 48);
    assert.equal(await producer.commitOffset(5), 0);
    const first = producer.identity;
    await producer.end(true);
    assert.equal(await committedOffset(bench), 5n);
    assert.equal(await producer.commitOffset(5, first), 47);
  });

  it('while they end, are answered 51: writes, offsets and ends', async () => {
    const first = producer.identity;
    await producer.write(0);
    bench.services.transactions.holdMarkers(true);
    assert.deepEqual(await producer.end(true), [0, first.producerId, 1]);
    assert.equal(producer.state, 'PrepareCommit');
    assert.deepEqual(await producer.write(0), [51, -1n]);
    assert.equal(await producer.commitOffset(), 51);
    assert.deepEqual(await producer.end(true, { identity: first }), [51, -1n, -1]);
    assert.deepEqual(await producer.end(false), [51, -1n, -1]);
    assert.deepEqual(await producer.init(), [51, -1n, -1]);
    bench.services.transactions.holdMarkers(false);
    assert.deepEqual(await producer.write(0), [0, 2n]);
  });

  it('are aborted by another InitProducerId: 51, then an epoch that skips one', async () => {
    const first = producer.identity;
    await producer.write(0);
    assert.deepEqual(await producer.init(), [51, -1n, -1]);
    assert.deepEqual(await producer.init(), [0, first.producerId, 2]);
    const successor = producer.identity;
    assert.deepEqual(await producer.end(true, { identity: first }), [90, -1n, -1]);
    assert.deepEqual(await producer.write(1, first), [47, -1n]);
    assert.equal(await producer.commitOffset(5, first), 47);
    assert.equal(await producer.add('t', first), 90);
    assert.deepEqual(producer.identity, successor);
    assert.deepEqual(await producer.write(0), [0, 2n]);
  });

  it('are aborted at their time-out, which the client may take for its own abort', async () => {
    await producer.init(300);
    await producer.write(0);
    const late = producer.identity;
    bench.clock.advance(300);
    assert.equal(producer.state, 'CompleteAbort');
    assert.deepEqual(await producer.write(1), [47, -1n]);
    assert.equal(await producer.commitOffset(), 47);
    assert.deepEqual(await producer.end(true), [48, -1n, -1]);
    assert.deepEqual(await producer.end(false), [0, late.producerId, late.epoch + 1]);
  });

  it('go on under another producer id when the epochs are used up', async () => {
    const { producerId } = producer.identity;
    const last = { producerId, epoch: 32_766 };
    while (producer.identity.epoch < last.epoch) await producer.end(false);
    assert.deepEqual(await producer.write(0), [0, 0n]);
    const ended = await producer.end(true);
    assert.deepEqual(ended, [0, producer.identity.producerId, 0]);
    assert.notEqual(producer.identity.producerId, producerId);
    assert.deepEqual(await producer.end(true, { identity: last }), ended);
    assert.deepEqual((await batchesIn(bench)).at(-1), [1n, 32_767, true]);
    assert.deepEqual(await producer.write(0), [0, 2n]);
  });
});

/** Base offset, producer epoch, and whether it is a marker. */
async function batchesIn(bench: Bench): Promise<readonly (readonly [bigint, number, boolean])[]> {
  const { records } = await fetchFrom(bench);
  const batches = [...readRecordBatches(records ?? Buffer.alloc(0))];
  return batches.map(({ baseOffset, producerEpoch, isControl }) => [baseOffset, producerEpoch, isControl]);
}

async function committedOffset(bench: Bench): Promise<bigint | undefined> {
  const topics = [{ name: 't', partitionIndexes: [0] }];
  const response = await bench.call(offsetFetchHandler, 7, { groupId: 'g', topics });
  return response.topics[0]?.partitions[0]?.committedOffset;
}
