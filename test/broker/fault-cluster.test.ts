import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { describe, it } from 'mocha';
import { parseFaultFile } from '../../src/broker/fault-file.js';
import { ErrorCode } from '../../src/broker/protocol/errors.js';
import { produce } from '../../src/broker/protocol/messages/00-produce.js';
import { fetch } from '../../src/broker/protocol/messages/01-fetch.js';
import { findCoordinator } from '../../src/broker/protocol/messages/10-find-coordinator.js';
import { heartbeat } from '../../src/broker/protocol/messages/12-heartbeat.js';
import { createTopics } from '../../src/broker/protocol/messages/19-create-topics.js';
import { offsetForLeaderEpoch } from '../../src/broker/protocol/messages/23-offset-for-leader-epoch.js';
import { registeredApis } from '../../src/broker/registry.js';
import { BrokerInMemory, producing, send } from './wire/broker-in-memory.js';

/** As `lab broker --replication 3 --faults FILE` serves it: three nodes, the rules from the text of a file. */
async function clusterWith(rules: readonly object[], minInSync = 1): Promise<BrokerInMemory> {
  const memory = new BrokerInMemory({ nodes: 3 });
  const parsed = parseFaultFile(JSON.stringify({ rules }), { nodeIds: [1, 2, 3], apis: registeredApis });
  assert.ok(parsed.ok, JSON.stringify(parsed));
  const configs = [{ name: 'min.insync.replicas', value: String(minInSync) }];
  const topic = { name: 't', numPartitions: 1, replicationFactor: 3, configs };
  await memory.connect().call(createTopics, 3, { topics: [topic] });
  for (const rule of parsed.rules) memory.broker.arm(rule);
  return memory;
}

const onProduce = { api: 'Produce', topic: 't' };

async function sendTo(memory: BrokerInMemory, node: number, value: string, acks = -1) {
  const answer = await memory.connect(node).call(produce, 7, producing('t', acks, value));
  const { errorCode, baseOffset } = answer.responses[0]?.partitionResponses[0] ?? {};
  return [errorCode, baseOffset];
}

function partitionOf(memory: BrokerInMemory) {
  const partition = memory.broker.services.cluster.partition('t', 0);
  assert.ok(partition);
  return partition;
}

async function fetchError(memory: BrokerInMemory, node: number, currentLeaderEpoch: number) {
  const partitions = [{ partition: 0, currentLeaderEpoch, fetchOffset: 0n, partitionMaxBytes: 1000 }];
  const request = { maxWaitMs: 0, topics: [{ topic: 't', partitions }] };
  const answer = await memory.connect(node).call(fetch, 11, request);
  return answer.responses[0]?.partitions[0]?.errorCode;
}

describe('the rules of a file move a cluster of three', () => {
  it('the leader moves without loss while the followers keep up: 6 from the old one, and who knows an old epoch is fenced', async () => {
    const memory = await clusterWith([
      { ...onProduce, nth: 2, phase: 'received', action: { kind: 'move-leader', toNode: 2 } },
    ]);
    assert.deepEqual(await sendTo(memory, 1, 'a'), [ErrorCode.NONE, 0n]);
    assert.deepEqual(await sendTo(memory, 1, 'b'), [ErrorCode.NOT_LEADER_OR_FOLLOWER, -1n]);
    assert.deepEqual(await sendTo(memory, 2, 'b'), [ErrorCode.NONE, 1n]);
    assert.equal(await fetchError(memory, 2, 0), ErrorCode.FENCED_LEADER_EPOCH);
    assert.equal(await fetchError(memory, 2, 9), ErrorCode.UNKNOWN_LEADER_EPOCH);
    assert.equal(await fetchError(memory, 2, 1), ErrorCode.NONE);
    const partitions = [{ partition: 0, currentLeaderEpoch: 1, leaderEpoch: 0 }];
    const request = { replicaId: -1, topics: [{ topic: 't', partitions }] };
    const ended = await memory.connect(2).call(offsetForLeaderEpoch, 3, request);
    assert.equal(ended.topics[0]?.partitions[0]?.endOffset, 1n);
  });

  it('nobody can lead: 6 everywhere, until a replica leads again', async () => {
    const memory = await clusterWith([
      { ...onProduce, phase: 'received', action: { kind: 'move-leader', toNode: -1 } },
      { ...onProduce, nth: 2, phase: 'received', action: { kind: 'move-leader', toNode: 3 } },
    ]);
    assert.deepEqual(await sendTo(memory, 1, 'a'), [ErrorCode.NOT_LEADER_OR_FOLLOWER, -1n]);
    assert.deepEqual(await sendTo(memory, 3, 'a'), [ErrorCode.NONE, 0n]);
  });

  it('an unclean election: a replica out of sync leads alone, and acknowledged records are gone', async () => {
    const memory = await clusterWith([
      {
        ...onProduce,
        nth: 2,
        phase: 'beforeAppend',
        action: { kind: 'hold-followers', nodes: [2], held: true },
      },
      { ...onProduce, nth: 2, phase: 'beforeAppend', action: { kind: 'shrink-isr', inSync: [1, 3] } },
      { ...onProduce, nth: 2, phase: 'beforeReply', action: { kind: 'move-leader', toNode: 2 } },
    ]);
    assert.deepEqual(await sendTo(memory, 1, 'a'), [ErrorCode.NONE, 0n]);
    assert.deepEqual(await sendTo(memory, 1, 'b'), [ErrorCode.NONE, 1n], 'acks=all, and all in sync had it');
    const { log, leader, inSyncReplicas } = partitionOf(memory);
    assert.deepEqual([leader, inSyncReplicas, log.endOffset, log.highWatermark], [2, [2], 1n, 1n]);
  });

  it('too few in sync: 19 and nothing is written', async () => {
    const shrink = { ...onProduce, phase: 'received', action: { kind: 'shrink-isr', inSync: [1] } };
    const memory = await clusterWith([shrink], 2);
    assert.deepEqual(await sendTo(memory, 1, 'a'), [ErrorCode.NOT_ENOUGH_REPLICAS, -1n]);
    assert.equal(memory.endOffset('t'), 0n);
    assert.deepEqual(await sendTo(memory, 1, 'a', 1), [ErrorCode.NONE, 0n], 'acks=1 asks nobody');
  });

  it('followers that do not copy: 7 at the time-out with the offset, and nobody may read it before they go on', async () => {
    const hold = { kind: 'hold-followers', nodes: [2, 3] };
    const memory = await clusterWith(
      [
        { ...onProduce, phase: 'beforeAppend', action: { ...hold, held: true } },
        { ...onProduce, nth: 2, phase: 'received', action: { ...hold, held: false } },
      ],
      2,
    );
    const late = sendTo(memory, 1, 'a');
    while (memory.endOffset('t') === 0n) await setImmediate();
    memory.clock.advance(1000);
    assert.deepEqual(await late, [ErrorCode.REQUEST_TIMED_OUT, 0n]);
    assert.equal(partitionOf(memory).log.highWatermark, 0n);
    assert.deepEqual(await sendTo(memory, 1, 'b'), [ErrorCode.NONE, 1n]);
    assert.equal(partitionOf(memory).log.highWatermark, 2n);
  });

  it('the coordinator is loading, is not there, has moved: 14, 15, 16', async () => {
    const onBeat = { api: 'Heartbeat', group: 'g' };
    const key = { api: 'FindCoordinator', group: 'g' };
    const memory = await clusterWith([
      { ...onBeat, nth: 1, phase: 'received', action: { kind: 'error', code: 14 } },
      { ...key, phase: 'received', action: { kind: 'error', code: 15 } },
      { ...onBeat, nth: 2, phase: 'received', action: { kind: 'move-coordinator', toNode: 1 } },
      { ...onBeat, nth: 3, phase: 'received', action: { kind: 'move-coordinator', toNode: 2 } },
    ]);
    const beat = async (node: number) => {
      const request = { groupId: 'g', memberId: 'm', generationId: 1 };
      return (await memory.connect(node).call(heartbeat, 3, request)).errorCode;
    };
    const find = () => memory.connect().call(findCoordinator, 2, { key: 'g', keyType: 0 });
    assert.equal(await beat(1), ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
    assert.equal((await find()).errorCode, ErrorCode.COORDINATOR_NOT_AVAILABLE);
    assert.equal(await beat(1), ErrorCode.UNKNOWN_MEMBER_ID, 'node 1 coordinates, and knows no such member');
    assert.equal(await beat(1), ErrorCode.NOT_COORDINATOR);
    assert.equal((await find()).nodeId, 2);
  });

  it('any error that Kafka has, e.g. 20 after the append and 76 before it', async () => {
    const memory = await clusterWith([
      { ...onProduce, phase: 'beforeAppend', action: { kind: 'error', code: 76 } },
      { ...onProduce, phase: 'afterAppend', action: { kind: 'error', code: 20 } },
    ]);
    assert.equal((await send(memory.connect(), 't', 'a'))?.errorCode, ErrorCode.UNSUPPORTED_COMPRESSION_TYPE);
    assert.equal(memory.endOffset('t'), 0n);
    const after = await send(memory.connect(), 't', 'a');
    assert.equal(after?.errorCode, ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND);
    assert.equal(memory.endOffset('t'), 1n);
  });
});
