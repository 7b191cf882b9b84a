import assert from 'node:assert/strict';
import { Bench } from '../requests/broker-bench.js';
import {
  addPartition,
  end,
  fetchFrom,
  initialise,
  send,
  transactional,
  valuesIn,
} from '../requests/client.js';

describe('a replicated partition', () => {
  let bench: Bench;
  beforeEach(() => (bench = new Bench({ nodes: 3 })));

  it('loses acknowledged acks=1 records when the leader dies before they are copied', async () => {
    const partition = bench.topic('t', { replicationFactor: 3 });
    await send(bench, ['copied']);
    partition.holdFollowers([2, 3], true);
    for (const value of ['a', 'b', 'c']) {
      assert.equal((await send(bench, [value], { acks: 1 })).errorCode, 0);
    }
    partition.moveLeader(2);
    assert.equal(partition.leaderEpoch, 1);
    assert.equal(partition.log.endOffset, 1n);
    assert.deepEqual(valuesIn(await fetchFrom(bench, {}, { nodeId: 2 })), ['copied']);
  });

  it('gives a follower that goes on when nobody leads nothing that it had not copied', async () => {
    const partition = bench.topic('t', { replicationFactor: 3 });
    await send(bench, ['copied']);
    partition.holdFollowers([2, 3], true);
    await send(bench, ['a'], { acks: 1 });
    partition.moveLeader(-1);
    partition.holdFollowers([2, 3], false);
    partition.moveLeader(2);
    assert.equal(partition.log.endOffset, 1n);
    await send(bench, ['b'], {}, { nodeId: 2 });
    assert.equal(partition.replicaEnd(3), 2n);
    assert.equal(partition.log.highWatermark, 2n);
  });

  it('does not move the high watermark while fewer than min.insync.replicas are in sync', async () => {
    const configs = [{ name: 'min.insync.replicas', value: '2' }];
    const partition = bench.topic('t', { replicationFactor: 3, configs });
    partition.setInSyncReplicas([]);
    await send(bench, ['a'], { acks: 1 });
    assert.deepEqual([partition.log.highWatermark, partition.log.endOffset], [0n, 1n]);
    partition.setInSyncReplicas([1, 2, 3]);
    assert.equal(partition.log.highWatermark, 1n);
  });

  it('moves the high watermark when the one that is behind leaves the in-sync replicas', async () => {
    const partition = bench.topic('t', { replicationFactor: 2 });
    partition.holdFollowers([2], true);
    await send(bench, ['a'], { acks: 1 });
    assert.equal(partition.log.highWatermark, 0n);
    partition.setInSyncReplicas([1]);
    assert.equal(partition.log.highWatermark, 1n);
  });

  it('needs no more replicas in sync than it has', async () => {
    const configs = [{ name: 'min.insync.replicas', value: '2' }];
    bench.topic('t', { replicationFactor: 1, configs });
    assert.equal((await send(bench, ['a'])).errorCode, 0);
  });

  it('cuts what a follower had beyond the new leader', async () => {
    const partition = bench.topic('t', { replicationFactor: 3 });
    partition.holdFollowers([2], true);
    await send(bench, ['a'], { acks: 1 });
    partition.holdFollowers([3], true);
    partition.moveLeader(2);
    assert.deepEqual([partition.replicaEnd(2), partition.replicaEnd(3)], [0n, 0n]);
  });

  it('has nobody but a leader in sync that was not in sync itself (unclean election)', () => {
    const partition = bench.topic('t', { replicationFactor: 3 });
    partition.setInSyncReplicas([1, 3]);
    partition.moveLeader(2);
    assert.deepEqual(partition.inSyncReplicas, [2]);
  });

  it('cannot hold its leader back, which copies from nobody', async () => {
    const partition = bench.topic('t', { replicationFactor: 2 });
    partition.holdFollowers([1], true);
    await send(bench, ['a']);
    assert.deepEqual(valuesIn(await fetchFrom(bench)), ['a']);
  });

  it('is unavailable without a leader: 6 for writers, with an epoch more', async () => {
    const partition = bench.topic('t');
    partition.moveLeader(-1);
    assert.deepEqual([partition.leader, partition.leaderEpoch], [-1, 1]);
    assert.equal((await send(bench, ['a'])).errorCode, 6);
  });

  it('tells both watermarks whenever one of them moves', async () => {
    bench = new Bench();
    bench.topic('t');
    const identity = await initialise(bench, 'id');
    await addPartition(bench, 'id', identity);
    await send(bench, ['a'], transactional('id', identity, 0));
    await end(bench, 'id', identity, true);
    assert.deepEqual(
      bench.eventsOf('watermarks').map((event) => [event.highWatermark, event.lastStableOffset]),
      [
        [1, 0],
        [2, 2],
      ],
    );
  });
});
