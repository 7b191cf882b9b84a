import assert from 'node:assert/strict';
import { crc32c } from '../../../src/broker/protocol/crc32c.js';
import { hasValidChecksum, readRecordBatch } from '../../../src/broker/protocol/record-batch.js';
import { produceHandler } from '../../../src/broker/requests/00-produce.js';
import { RefusedRequest } from '../../../src/broker/requests/refused-request.js';
import { Bench } from './broker-bench.js';
import { batchOf, fetchFrom, initialise, send, valuesIn, type Sending } from './client.js';

describe('Produce', () => {
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench();
    bench.topic('t');
  });

  it('appends and answers where', async () => {
    const first = await send(bench, ['a', 'b']);
    const second = await send(bench, ['c']);
    assert.deepEqual([first.errorCode, first.baseOffset, first.logStartOffset], [0, 0n, 0n]);
    assert.equal(second.baseOffset, 2n);
    assert.deepEqual(valuesIn(await fetchFrom(bench)), ['a', 'b', 'c']);
    assert.deepEqual(
      bench.eventsOf('append').map((event) => [event.baseOffset, event.lastOffset]),
      [
        [0, 1],
        [2, 2],
      ],
    );
  });

  it('answers nothing at all for acks=0, though it appends', async () => {
    const request = produceRequest(batchOf(['a']), 0);
    assert.equal(await bench.handle(produceHandler, 7, request), undefined);
    assert.deepEqual(valuesIn(await fetchFrom(bench)), ['a']);
  });

  it('ends the connection when acks=0 fails, for want of another way to tell', async () => {
    const request = produceRequest(Buffer.alloc(0), 0);
    await assert.rejects(bench.handle(produceHandler, 7, request), RefusedRequest);
  });

  it('keeps the bytes of a compressed batch', async () => {
    await send(bench, ['a', 'b'], { compression: 'gzip' });
    const { records } = await fetchFrom(bench);
    assert.deepEqual(records?.subarray(16), batchOf(['a', 'b'], { compression: 'gzip' }).subarray(16));
  });

  it('stores a retry after a lost response twice without an identity', async () => {
    await send(bench, ['a']);
    const again = await send(bench, ['a']);
    assert.equal(again.baseOffset, 1n);
  });

  it('recognises a retry of an idempotent producer and gives the original offset', async () => {
    const identity = await initialise(bench, null);
    const batch = { producerId: identity.producerId, producerEpoch: identity.epoch, baseSequence: 0 };
    await send(bench, ['x']);
    const first = await send(bench, ['a'], batch);
    const again = await send(bench, ['a'], batch);
    assert.deepEqual([again.errorCode, again.baseOffset], [0, first.baseOffset]);
    assert.deepEqual(valuesIn(await fetchFrom(bench)), ['x', 'a']);
    assert.equal(bench.eventsOf('deduplicated')[0]?.baseOffset, 1);
  });

  const refusals: readonly [string, number, Sending][] = [
    ['an unknown topic', 3, { topic: 'nowhere' }],
    ['no batch', 87, { records: Buffer.alloc(0) }],
    ['two batches', 87, { records: Buffer.concat([batchOf(['a']), batchOf(['b'])]) }],
    ['a wrong checksum', 2, { records: withByte(batchOf(['a']), 66, 0xff) }],
    ['an old message format', 87, { records: withByte(batchOf(['a']), 16, 1) }],
    ['a control batch', 87, { isControl: true }],
    ['a base offset other than 0', 87, { baseOffset: 7n }],
    ['a producer id without a sequence', 87, { producerId: 1n, producerEpoch: 0 }],
    ['acks of 2', 21, { acks: 2 }],
    ['a version below 3', 35, { version: 2 }],
  ];
  for (const [what, errorCode, sending] of refusals) {
    it(`refuses ${what} with ${String(errorCode)} and appends nothing`, async () => {
      const answer = await send(bench, ['a'], sending);
      assert.deepEqual([answer.errorCode, answer.baseOffset], [errorCode, -1n]);
      assert.deepEqual(bench.eventsOf('append'), []);
    });
  }

  it('refuses records that cannot be read with 87, though the checksum is right', async () => {
    const records = withByte(batchOf(['a']), 61, 0x7f);
    records.writeUInt32BE(crc32c(records, 21), 17);
    assert.equal((await send(bench, [], { records })).errorCode, 87);
  });

  it('refuses a record without a key with 87 in a compacted topic', async () => {
    bench.topic('compacted', { configs: [{ name: 'cleanup.policy', value: 'compact' }] });
    assert.equal((await send(bench, ['a'], { topic: 'compacted' })).errorCode, 87);
  });

  it('refuses a batch above max.message.bytes with 10', async () => {
    bench.topic('small', { configs: [{ name: 'max.message.bytes', value: '100' }] });
    assert.equal((await send(bench, ['a'.repeat(100)], { topic: 'small' })).errorCode, 10);
  });

  it('stamps records with its own clock for LogAppendTime, under a checksum that holds', async () => {
    bench.topic('stamped', { configs: [{ name: 'message.timestamp.type', value: 'LogAppendTime' }] });
    const answer = await send(bench, ['a'], { topic: 'stamped' });
    assert.equal(answer.logAppendTimeMs, BigInt(bench.clock.now()));
    const fetched = await fetchFrom(bench, { topic: 'stamped' });
    const batch = readRecordBatch(fetched.records ?? Buffer.alloc(0));
    assert.deepEqual([batch.timestampType, batch.maxTimestamp], ['append', BigInt(bench.clock.now())]);
    assert.ok(hasValidChecksum(batch));
    assert.deepEqual(valuesIn(fetched), ['a']);
  });

  it('lets a fault strike before the append: an error, and nothing written', async () => {
    const answer = await send(bench, ['a'], {}, { strike: struckAt('beforeAppend', 19) });
    assert.deepEqual([answer.errorCode, answer.baseOffset], [19, -1n]);
    assert.deepEqual(valuesIn(await fetchFrom(bench)), []);
  });

  it('lets a fault strike after the append: an error, and the record is written', async () => {
    const answer = await send(bench, ['a'], {}, { strike: struckAt('afterAppend', 7) });
    assert.deepEqual([answer.errorCode, answer.baseOffset], [7, 0n]);
    assert.deepEqual(valuesIn(await fetchFrom(bench)), ['a']);
  });
});

describe('Produce in a cluster', () => {
  let bench: Bench;
  const settings = { replicationFactor: 3, configs: [{ name: 'min.insync.replicas', value: '2' }] };
  beforeEach(() => (bench = new Bench({ nodes: 3 })));

  it('is refused with 6 by a node that does not lead, which names the leader from version 10 on', async () => {
    bench.topic('t');
    bench.services.cluster.setPort(1, 9092);
    const request = produceRequest(batchOf(['a']), -1);
    const response = await bench.call(produceHandler, 10, request, { nodeId: 2 });
    const answer = response.responses[0]?.partitionResponses[0];
    assert.equal(answer?.errorCode, 6);
    assert.deepEqual(answer.currentLeader, { leaderId: 1, leaderEpoch: 0 });
    assert.equal(response.nodeEndpoints[0]?.port, 9092);
  });

  it('refuses acks=all with 19 below min.insync.replicas, also a repetition; acks=1 is accepted, invisible', async () => {
    const partition = bench.topic('t', settings);
    const batch = { producerId: 5n, producerEpoch: 0, baseSequence: 0 };
    await send(bench, ['a'], batch);
    partition.setInSyncReplicas([1]);
    assert.deepEqual(pick(await send(bench, ['a'], batch)), [19, -1n]);
    assert.deepEqual(pick(await send(bench, ['b'], { acks: 1 })), [0, 1n]);
    assert.deepEqual(valuesIn(await fetchFrom(bench)), ['a']);
  });

  it('answers 7 at the time-out with the true base offset when followers do not copy', async () => {
    const partition = bench.topic('t', settings);
    partition.holdFollowers([2, 3], true);
    const sent = send(bench, ['a'], { timeoutMs: 500 });
    await turn();
    bench.clock.advance(500);
    assert.deepEqual(pick(await sent), [7, 0n]);
    assert.deepEqual(valuesIn(await fetchFrom(bench)), []);
    partition.holdFollowers([2, 3], false);
    assert.deepEqual(valuesIn(await fetchFrom(bench)), ['a']);
  });

  it('answers 0 when replication comes back while it waits', async () => {
    const partition = bench.topic('t', settings);
    partition.holdFollowers([2], true);
    const sent = send(bench, ['a']);
    await turn();
    partition.holdFollowers([2], false);
    assert.deepEqual(pick(await sent), [0, 0n]);
  });

  it('answers 6 with the base offset when the leader moves while it waits', async () => {
    const partition = bench.topic('t', settings);
    partition.holdFollowers([2, 3], true);
    const sent = send(bench, ['a']);
    await turn();
    partition.moveLeader(2);
    assert.deepEqual(pick(await sent), [6, 0n]);
    assert.deepEqual(valuesIn(await fetchFrom(bench, {}, { nodeId: 2 })), []);
  });

  it('answers 3 when the topic is deleted while it waits', async () => {
    bench.topic('t', settings).holdFollowers([2, 3], true);
    const sent = send(bench, ['a']);
    await turn();
    bench.services.cluster.deleteTopic('t');
    assert.equal((await sent).errorCode, 3);
  });

  it('gives the original offset on the new leader too: producer state lives in the log', async () => {
    const partition = bench.topic('t', settings);
    const batch = { producerId: 5n, producerEpoch: 0, baseSequence: 0 };
    await send(bench, ['a'], batch);
    partition.moveLeader(3);
    assert.deepEqual(pick(await send(bench, ['a'], batch, { nodeId: 3 })), [0, 0n]);
  });
});

function produceRequest(records: Buffer, acks: number) {
  return { acks, timeoutMs: 1000, topicData: [{ name: 't', partitionData: [{ index: 0, records }] }] };
}

function pick(answer: {
  readonly errorCode: number;
  readonly baseOffset: bigint;
}): readonly [number, bigint] {
  return [answer.errorCode, answer.baseOffset];
}

function withByte(bytes: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(value, at);
  return copy;
}

function struckAt(phase: 'beforeAppend' | 'afterAppend', errorCode: number) {
  return (at: 'beforeAppend' | 'afterAppend') => Promise.resolve(at === phase ? errorCode : undefined);
}

/** Lets a request that was started get as far as it can. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
