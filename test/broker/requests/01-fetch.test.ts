import assert from 'node:assert/strict';
import { fetchHandler } from '../../../src/broker/requests/01-fetch.js';
import { Bench } from './broker-bench.js';
import { end, fetchFrom, openTransaction, send, valuesIn, type FetchedPartition } from './client.js';

describe('Fetch', () => {
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench();
    bench.topic('t');
  });

  it('gives records from an offset on, with the watermarks', async () => {
    await send(bench, ['a']);
    await send(bench, ['b']);
    const answer = await fetchFrom(bench, { offset: 1n });
    assert.deepEqual(valuesIn(answer), ['b']);
    assert.deepEqual(
      [answer.highWatermark, answer.lastStableOffset, answer.logStartOffset, answer.preferredReadReplica],
      [2n, 2n, 0n, -1],
    );
  });

  it('answers an offset outside of the log with 1, one at the end with nothing', async () => {
    const partition = bench.topic('short');
    for (const value of ['a', 'b', 'c']) await send(bench, [value], { topic: 'short' });
    partition.deleteRecordsBefore(2n);
    const at = async (offset: bigint) => (await fetchFrom(bench, { topic: 'short', offset })).errorCode;
    assert.deepEqual([await at(1n), await at(2n), await at(3n), await at(4n)], [1, 0, 0, 1]);
  });

  it('answers an unknown topic with 3 and an unknown id with 100', async () => {
    assert.equal((await fetchFrom(bench, { topic: 'nowhere' })).errorCode, 3);
    const topics = [{ topicId: 'A'.repeat(22), partitions: [{ partition: 0, fetchOffset: 0n }] }];
    const response = await bench.call(fetchHandler, 13, { maxWaitMs: 0, topics });
    assert.equal(response.responses[0]?.partitions[0]?.errorCode, 100);
  });

  it('finds a topic by its id from version 13 on', async () => {
    await send(bench, ['a']);
    const partitions = [{ partition: 0, fetchOffset: 0n, partitionMaxBytes: 1000 }];
    const topics = [{ topicId: bench.services.cluster.topic('t')?.id, partitions }];
    const response = await bench.call(fetchHandler, 16, { maxWaitMs: 0, topics });
    const answer = response.responses[0]?.partitions[0];
    assert.ok(answer);
    assert.deepEqual(valuesIn(answer), ['a']);
  });

  it('offers no sessions: every answer says session 0, a named one is not known', async () => {
    const sessionless = await bench.call(fetchHandler, 11, { maxWaitMs: 0, sessionEpoch: 0 });
    assert.deepEqual([sessionless.errorCode, sessionless.sessionId], [0, 0]);
    const named = await bench.call(fetchHandler, 11, { maxWaitMs: 0, sessionId: 5, sessionEpoch: 1 });
    assert.equal(named.errorCode, 70);
  });

  it('gives one batch though the limits are smaller, and shares the limit between partitions', async () => {
    await send(bench, ['a']);
    await send(bench, ['b']);
    assert.deepEqual(valuesIn(await fetchFrom(bench, { partitionMaxBytes: 1 })), ['a']);
    assert.deepEqual(valuesIn(await fetchFrom(bench, { maxBytes: 1 })), ['a']);
    bench.topic('u');
    await send(bench, ['c'], { topic: 'u' });
    const partitions = [{ partition: 0, fetchOffset: 0n, partitionMaxBytes: 1000 }];
    const topics = [
      { topic: 't', partitions },
      { topic: 'u', partitions },
    ];
    const response = await bench.call(fetchHandler, 11, { maxWaitMs: 0, maxBytes: 100, topics });
    const sizes = response.responses.map((one) => one.partitions[0]?.records?.length);
    assert.deepEqual([sizes[0] !== 0, sizes[1]], [true, 0]);
  });
});

describe('a fetch that waits', () => {
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench({ nodes: 3 });
    bench.topic('t', { replicationFactor: 3, configs: [{ name: 'min.insync.replicas', value: '2' }] });
  });

  it('is answered by the next record', async () => {
    const waiting = watch(fetchFrom(bench, { maxWaitMs: 500 }));
    assert.equal(await waiting.isPending(), true);
    await send(bench, ['a']);
    assert.deepEqual(valuesIn(await waiting.answer), ['a']);
  });

  it('is answered with nothing when its time is up', async () => {
    const waiting = watch(fetchFrom(bench, { maxWaitMs: 500 }));
    await waiting.isPending();
    bench.clock.advance(499);
    assert.equal(await waiting.isPending(), true);
    bench.clock.advance(1);
    assert.deepEqual(valuesIn(await waiting.answer), []);
  });

  it('waits for as many bytes as it asked for', async () => {
    const waiting = watch(fetchFrom(bench, { maxWaitMs: 500, minBytes: 100 }));
    await send(bench, ['a']);
    assert.equal(await waiting.isPending(), true);
    await send(bench, ['b']);
    assert.deepEqual(valuesIn(await waiting.answer), ['a', 'b']);
  });

  it('is woken by the high watermark, not by an append that nobody has copied', async () => {
    const partition = bench.services.cluster.partition('t', 0);
    partition?.holdFollowers([2, 3], true);
    const waiting = watch(fetchFrom(bench, { maxWaitMs: 500 }));
    await send(bench, ['a'], { acks: 1 });
    assert.equal(await waiting.isPending(), true);
    partition?.holdFollowers([2, 3], false);
    assert.deepEqual(valuesIn(await waiting.answer), ['a']);
  });

  it('is woken, when it reads committed, by the marker', async () => {
    const transactionalId = idCoordinatedBy(bench, 1);
    const identity = await openTransaction(bench, transactionalId, ['a']);
    const waiting = watch(fetchFrom(bench, { committed: true, maxWaitMs: 500 }));
    assert.equal(await waiting.isPending(), true);
    await end(bench, transactionalId, identity, true);
    assert.deepEqual(valuesIn(await waiting.answer), ['a']);
  });

  it('ends when the client has gone', async () => {
    const gone = new AbortController();
    const waiting = watch(fetchFrom(bench, { maxWaitMs: 500 }, { closed: gone.signal }));
    assert.equal(await waiting.isPending(), true);
    gone.abort();
    assert.deepEqual(valuesIn(await waiting.answer), []);
  });

  it('ends with an error when the topic is deleted, or another node leads', async () => {
    const moved = watch(fetchFrom(bench, { maxWaitMs: 500, version: 10 }));
    await moved.isPending();
    bench.services.cluster.partition('t', 0)?.moveLeader(2);
    assert.equal((await moved.answer).errorCode, 6);
    const deleted = watch(fetchFrom(bench, { maxWaitMs: 500 }, { nodeId: 2 }));
    await deleted.isPending();
    bench.services.cluster.deleteTopic('t');
    assert.equal((await deleted.answer).errorCode, 3);
  });
});

describe('Fetch and isolation', () => {
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench();
    bench.topic('t');
  });

  it('hides everything from the first open transaction on from read_committed, also what others wrote', async () => {
    await openTransaction(bench, 'orphan', ['m0', 'm1']);
    await send(bench, ['x0']);
    const committed = await fetchFrom(bench, { committed: true });
    assert.deepEqual(valuesIn(committed), []);
    assert.deepEqual([committed.highWatermark, committed.lastStableOffset], [3n, 0n]);
    assert.deepEqual(valuesIn(await fetchFrom(bench)), ['m0', 'm1', 'x0']);
  });

  it('names aborted transactions to read_committed, and nothing to read_uncommitted', async () => {
    const identity = await openTransaction(bench, 'id', ['m0']);
    await end(bench, 'id', identity, false);
    const committed = await fetchFrom(bench, { committed: true });
    assert.deepEqual(committed.abortedTransactions, [{ producerId: identity.producerId, firstOffset: 0n }]);
    assert.equal((await fetchFrom(bench)).abortedTransactions, null);
  });
});

describe('Fetch in a cluster', () => {
  let bench: Bench;
  beforeEach(() => (bench = new Bench({ nodes: 3 })));

  it('gets 0 and nothing between high watermark and log end, 1 beyond', async () => {
    const partition = bench.topic('t', { replicationFactor: 2 });
    partition.holdFollowers([2], true);
    await send(bench, ['a'], { acks: 1 });
    const inBetween = await fetchFrom(bench, { offset: 1n });
    assert.deepEqual([inBetween.errorCode, valuesIn(inBetween)], [0, []]);
    assert.equal((await fetchFrom(bench, { offset: 2n })).errorCode, 1);
  });

  it('is answered by a follower from version 11 on, by others with 6', async () => {
    bench.topic('t', { replicationFactor: 2 });
    await send(bench, ['a']);
    const at = (nodeId: number, version: number) => fetchFrom(bench, { version }, { nodeId });
    assert.equal((await at(2, 10)).errorCode, 6);
    assert.deepEqual(valuesIn(await at(2, 11)), ['a']);
    assert.equal((await at(3, 11)).errorCode, 6);
  });

  it('compares leader epochs: 74 behind, 75 ahead', async () => {
    bench.topic('t', { replicationFactor: 2 }).moveLeader(2);
    const withEpoch = async (currentLeaderEpoch: number) =>
      (await fetchFrom(bench, { currentLeaderEpoch }, { nodeId: 2 })).errorCode;
    assert.deepEqual(
      [await withEpoch(0), await withEpoch(1), await withEpoch(2), await withEpoch(-1)],
      [74, 0, 75, 0],
    );
  });

  it('tells a consumer that was ahead where its history ends (version 12)', async () => {
    const partition = bench.topic('t', { replicationFactor: 2 });
    await send(bench, ['a']);
    partition.holdFollowers([2], true);
    await send(bench, ['lost'], { acks: 1 });
    partition.moveLeader(2);
    const ahead = { offset: 2n, lastFetchedEpoch: 0, version: 12 };
    const answer = await fetchFrom(bench, ahead, { nodeId: 2 });
    assert.deepEqual([answer.errorCode, answer.divergingEpoch], [0, { epoch: 0, endOffset: 1n }]);
    assert.equal((await fetchFrom(bench, { offset: 2n }, { nodeId: 2 })).errorCode, 1);
  });

  it('tells a consumer whose epoch left nothing behind where the one before it ends', async () => {
    const partition = bench.topic('t', { replicationFactor: 2 });
    await send(bench, ['a', 'b']);
    partition.moveLeader(2);
    partition.moveLeader(1);
    const answer = await fetchFrom(bench, { offset: 1n, lastFetchedEpoch: 1, version: 12 });
    assert.deepEqual(answer.divergingEpoch, { epoch: 0, endOffset: 2n });
  });
});

function watch(answer: Promise<FetchedPartition>) {
  let pending = true;
  void answer.then(() => (pending = false));
  const isPending = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return pending;
  };
  return { answer, isPending };
}

/** Requests go to node 1 unless said: the id must belong there. */
function idCoordinatedBy(bench: Bench, nodeId: number): string {
  for (let attempt = 0; ; attempt++) {
    const id = `id-${String(attempt)}`;
    if (bench.services.cluster.coordinatorFor('transaction', id).nodeId === nodeId) return id;
  }
}
