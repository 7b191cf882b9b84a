import assert from 'node:assert/strict';
import { deleteRecordsHandler } from '../../../src/broker/requests/21-delete-records.js';
import { offsetForLeaderEpochHandler } from '../../../src/broker/requests/23-offset-for-leader-epoch.js';
import { Bench } from './broker-bench.js';
import { fetchFrom, send, valuesIn } from './client.js';

describe('DeleteRecords', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench();
    bench.topic('t');
    for (const value of ['a', 'b', 'c']) await send(bench, [value]);
  });

  it('moves the log start', async () => {
    assert.deepEqual(await deleteBefore(2n), [0, 2n]);
    assert.deepEqual(valuesIn(await fetchFrom(bench, { offset: 2n })), ['c']);
  });

  it('takes -1 for everything', async () => {
    assert.deepEqual(await deleteBefore(-1n), [0, 3n]);
  });

  it('changes nothing below the log start, and refuses with 1 above the high watermark', async () => {
    await deleteBefore(2n);
    assert.deepEqual(await deleteBefore(1n), [0, 2n]);
    assert.deepEqual(await deleteBefore(4n), [1, -1n]);
  });

  it('refuses an unknown partition with 3 and a compacted topic with 44', async () => {
    bench.topic('compacted', { configs: [{ name: 'cleanup.policy', value: 'compact' }] });
    assert.deepEqual(await deleteBefore(0n, 'nowhere'), [3, -1n]);
    assert.deepEqual(await deleteBefore(0n, 'compacted'), [44, -1n]);
  });

  async function deleteBefore(offset: bigint, name = 't') {
    const topics = [{ name, partitions: [{ partitionIndex: 0, offset }] }];
    const response = await bench.call(deleteRecordsHandler, 1, { topics, timeoutMs: 1000 });
    const answer = response.topics[0]?.partitions[0];
    return [answer?.errorCode, answer?.lowWatermark];
  }
});

describe('OffsetForLeaderEpoch', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench({ nodes: 2 });
    const partition = bench.topic('t', { replicationFactor: 2 });
    await send(bench, ['a']);
    partition.moveLeader(2);
    await send(bench, ['b', 'c'], {}, { nodeId: 2 });
  });

  it('says where an epoch ended, the current one at the log end', async () => {
    assert.deepEqual(await endOf(0), [0, 0, 1n]);
    assert.deepEqual(await endOf(1), [0, 1, 3n]);
    assert.deepEqual(await endOf(2), [0, -1, -1n]);
  });

  it('gives the log end though it lies beyond the high watermark', async () => {
    bench.services.cluster.partition('t', 0)?.holdFollowers([1], true);
    await send(bench, ['d'], { acks: 1 }, { nodeId: 2 });
    assert.deepEqual(await endOf(1), [0, 1, 4n]);
  });

  it('is refused by a follower (6) and for an epoch behind (74) or ahead (75)', async () => {
    assert.deepEqual(await endOf(0, { nodeId: 1 }), [6, -1, -1n]);
    assert.deepEqual(await endOf(0, { currentLeaderEpoch: 0 }), [74, -1, -1n]);
    assert.deepEqual(await endOf(0, { currentLeaderEpoch: 2 }), [75, -1, -1n]);
  });

  async function endOf(leaderEpoch: number, { nodeId = 2, currentLeaderEpoch = -1 } = {}) {
    const topics = [{ topic: 't', partitions: [{ partition: 0, currentLeaderEpoch, leaderEpoch }] }];
    const response = await bench.call(offsetForLeaderEpochHandler, 2, { topics }, { nodeId });
    const answer = response.topics[0]?.partitions[0];
    return [answer?.errorCode, answer?.leaderEpoch, answer?.endOffset];
  }
});
