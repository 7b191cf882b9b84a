import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { describe, it } from 'mocha';
import type { FaultRule } from '../../src/broker/fault-rule.js';
import { ErrorCode } from '../../src/broker/protocol/errors.js';
import { produce } from '../../src/broker/protocol/messages/00-produce.js';
import { metadata } from '../../src/broker/protocol/messages/03-metadata.js';
import { offsetCommit } from '../../src/broker/protocol/messages/08-offset-commit.js';
import { findCoordinator } from '../../src/broker/protocol/messages/10-find-coordinator.js';
import { heartbeat } from '../../src/broker/protocol/messages/12-heartbeat.js';
import { BrokerInMemory, producing, send } from './wire/broker-in-memory.js';

const at = (
  phase: FaultRule['phase'],
  action: FaultRule['action'],
  more: Partial<FaultRule> = {},
): FaultRule => ({
  api: 'Produce',
  phase,
  action,
  ...more,
});

async function memoryWithTopic(): Promise<BrokerInMemory> {
  const memory = new BrokerInMemory();
  await memory.createTopic('t');
  return memory;
}

describe('a fault rule strikes', () => {
  it('before the append with an error: nothing is written, the next one passes', async () => {
    const memory = await memoryWithTopic();
    memory.broker.arm(at('beforeAppend', { kind: 'error', code: ErrorCode.NOT_ENOUGH_REPLICAS }));
    const client = memory.connect();
    const refused = await send(client, 't', 'a');
    assert.deepEqual([refused?.errorCode, refused?.baseOffset], [ErrorCode.NOT_ENOUGH_REPLICAS, -1n]);
    assert.equal((await send(client, 't', 'b'))?.baseOffset, 0n);
  });

  it('after the append with an error: it is written all the same', async () => {
    const memory = await memoryWithTopic();
    const code = ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND;
    memory.broker.arm(at('afterAppend', { kind: 'error', code }));
    const client = memory.connect();
    const told = await send(client, 't', 'a');
    assert.deepEqual([told?.errorCode, told?.baseOffset], [code, 0n]);
    assert.equal(memory.endOffset('t'), 1n);
  });

  it('on receipt with an error: the whole request is refused and has no effect', async () => {
    const memory = await memoryWithTopic();
    memory.broker.arm(at('received', { kind: 'error', code: ErrorCode.NOT_LEADER_OR_FOLLOWER }));
    const refused = await send(memory.connect(), 't', 'a');
    assert.equal(refused?.errorCode, ErrorCode.NOT_LEADER_OR_FOLLOWER);
    assert.equal(memory.endOffset('t'), 0n);
  });

  it('before the reply with an error, at the topic that the rule names and at no other', async () => {
    const memory = await memoryWithTopic();
    await memory.createTopic('other');
    const action = { kind: 'error', code: ErrorCode.LEADER_NOT_AVAILABLE } as const;
    memory.broker.arm({ api: 'Metadata', topic: 't', phase: 'beforeReply', action });
    const answer = await memory.connect().call(metadata, 6, { topics: [{ name: 't' }, { name: 'other' }] });
    assert.deepEqual(
      answer.topics.map(({ name, errorCode }) => [name, errorCode]),
      [
        ['t', ErrorCode.LEADER_NOT_AVAILABLE],
        ['other', ErrorCode.NONE],
      ],
    );
  });

  it('in an answer whose error stands for the whole', async () => {
    const memory = new BrokerInMemory();
    for (const phase of ['received', 'beforeReply'] as const) {
      const action = { kind: 'error', code: ErrorCode.COORDINATOR_NOT_AVAILABLE } as const;
      memory.broker.arm({ api: 'FindCoordinator', group: 'g', phase, action });
      const one = await memory.connect().call(findCoordinator, 2, { key: 'g', keyType: 0 });
      assert.equal(one.errorCode, ErrorCode.COORDINATOR_NOT_AVAILABLE);
    }
    memory.broker.arm({ api: 'FindCoordinator', phase: 'received', action: { kind: 'error', code: 15 } });
    const several = await memory.connect().call(findCoordinator, 4, { coordinatorKeys: ['a', 'b'] });
    assert.deepEqual(
      several.coordinators.map(({ key, errorCode }) => [key, errorCode]),
      [
        ['a', 15],
        ['b', 15],
      ],
    );
  });

  it('by keeping the answer: the record is written, the connection stays', async () => {
    const memory = await memoryWithTopic();
    memory.broker.arm(at('beforeReply', { kind: 'drop-reply' }));
    const client = memory.connect();
    client.send(produce, 7, producing('t', -1, 'a'));
    const next = await client.call(metadata, 6, { topics: [] });
    assert.equal(next.brokers.length, 1, 'the first answer on the connection is the one to the next request');
    assert.equal(memory.endOffset('t'), 1n);
  });

  it('by writing a part of the answer and ending the connection', async () => {
    const memory = await memoryWithTopic();
    memory.broker.arm(at('beforeReply', { kind: 'partial-reply', bytes: 7 }));
    const client = memory.connect();
    client.send(produce, 7, producing('t', -1, 'a'));
    await client.untilEnded();
    assert.equal(client.receivedBytes, 7);
    assert.equal(memory.endOffset('t'), 1n);
  });

  it('by cutting the connection: before the append nothing is written, after it everything is', async () => {
    for (const [phase, written] of [
      ['received', 0n],
      ['beforeAppend', 0n],
      ['afterAppend', 1n],
      ['beforeReply', 1n],
      ['afterReply', 1n],
    ] as const) {
      for (const kind of ['close', 'reset'] as const) {
        const memory = await memoryWithTopic();
        memory.broker.arm(at(phase, { kind }));
        const client = memory.connect();
        client.send(produce, 7, producing('t', -1, 'a'));
        await client.untilEnded();
        assert.equal(memory.endOffset('t'), written, `${kind} at ${phase}`);
        assert.equal(client.receivedBytes > 0, phase === 'afterReply', `${kind} at ${phase}`);
      }
    }
  });

  it('by making it wait, while other connections go on', async () => {
    const memory = await memoryWithTopic();
    memory.broker.arm(at('received', { kind: 'delay', delayMs: 500 }));
    const slow = send(memory.connect(), 't', 'slow');
    await setImmediate();
    assert.equal((await send(memory.connect(), 't', 'quick'))?.baseOffset, 0n);
    memory.clock.advance(500);
    assert.equal((await slow)?.baseOffset, 1n);
  });

  it('at the nth match, as often as it is told, and reports each', async () => {
    const memory = await memoryWithTopic();
    const id = memory.broker.arm(at('beforeAppend', { kind: 'error', code: 6 }, { nth: 2, count: 2 }));
    const client = memory.connect();
    const codes: (number | undefined)[] = [];
    for (const value of ['a', 'b', 'c', 'd']) codes.push((await send(client, 't', value))?.errorCode);
    assert.deepEqual(codes, [0, 6, 6, 0]);
    assert.deepEqual(
      memory.rules.map(({ rule, event, site }) => [rule, event, site]),
      [
        [id, 'armed', undefined],
        [id, 'fired', { topic: 't', partition: 0 }],
        [id, 'fired', { topic: 't', partition: 0 }],
      ],
    );
    assert.equal(memory.broker.disarm(id), false, 'it has done its work');
  });

  it('only where all of its conditions hold', async () => {
    const memory = new BrokerInMemory({ nodes: 2 });
    await memory.createTopic('t', 2);
    const action = { kind: 'error', code: 6 } as const;
    memory.broker.arm(at('beforeAppend', action, { clientId: 'other' }));
    memory.broker.arm(at('beforeAppend', action, { topic: 'other' }));
    memory.broker.arm(at('beforeAppend', action, { partition: 1 }));
    memory.broker.arm(at('beforeAppend', action, { transactionalId: 'tx' }));
    memory.broker.arm(at('beforeAppend', action, { node: 2 }));
    assert.equal((await send(memory.connect(1, 'mine'), 't', 'a'))?.errorCode, 0);
    assert.deepEqual(memory.fired(), []);
    assert.equal((await send(memory.connect(1, 'other'), 't', 'a'))?.errorCode, 6);
  });

  it('no more once it is disarmed', async () => {
    const memory = await memoryWithTopic();
    const id = memory.broker.arm(at('beforeAppend', { kind: 'error', code: 6 }));
    assert.equal(memory.broker.disarm(id), true);
    assert.equal((await send(memory.connect(), 't', 'a'))?.errorCode, 0);
  });

  it('around a commit of offsets', async () => {
    const memory = await memoryWithTopic();
    const commit = {
      groupId: 'g',
      generationIdOrMemberEpoch: -1,
      topics: [
        { name: 't', partitions: [{ partitionIndex: 0, committedOffset: 3n, committedMetadata: null }] },
      ],
    };
    memory.broker.arm({
      api: 'OffsetCommit',
      group: 'g',
      phase: 'afterAppend',
      action: { kind: 'drop-reply' },
    });
    const client = memory.connect();
    client.send(offsetCommit, 5, commit);
    await setImmediate();
    await memory.connect().call(metadata, 6, { topics: [] });
    assert.equal(client.receivedBytes, 0);
    const [stored] = memory.broker.services.groups.fetchOffsets('g', null, false);
    assert.equal(stored?.offset, 3n);
  });
});

describe('a fault rule changes the cluster', () => {
  it('by moving a coordinator: the old one answers 16, and FindCoordinator names the new one', async () => {
    const memory = new BrokerInMemory({ nodes: 3 });
    const { cluster } = memory.broker.services;
    const { nodeId } = cluster.coordinatorFor('group', 'g');
    const toNode = (nodeId % 3) + 1;
    memory.broker.arm({ api: 'Heartbeat', phase: 'received', action: { kind: 'move-coordinator', toNode } });
    const beat = { groupId: 'g', memberId: 'm', generationId: 1 };
    const answer = await memory.connect(nodeId).call(heartbeat, 3, beat);
    assert.equal(answer.errorCode, ErrorCode.NOT_COORDINATOR);
    const found = await memory.connect().call(findCoordinator, 2, { key: 'g', keyType: 0 });
    assert.equal(found.nodeId, toNode);
  });

  it('by moving a leader after the append: what the follower had not copied is gone', async () => {
    const memory = new BrokerInMemory({ nodes: 2 });
    await memory.createTopic('t', 1, 2);
    memory.broker.arm(at('received', { kind: 'hold-followers', nodes: [2], held: true }));
    memory.broker.arm(at('beforeReply', { kind: 'move-leader', toNode: 2 }));
    const answer = await memory.connect(1).call(produce, 7, producing('t', 1, 'lost'));
    assert.equal(answer.responses[0]?.partitionResponses[0]?.errorCode, ErrorCode.NONE);
    const partition = memory.broker.services.cluster.partition('t', 0);
    assert.deepEqual([partition?.leader, partition?.log.endOffset], [2, 0n]);
    assert.equal((await send(memory.connect(1), 't', 'x'))?.errorCode, ErrorCode.NOT_LEADER_OR_FOLLOWER);
  });

  it('but moves no leader to a node that has no replica', async () => {
    const memory = new BrokerInMemory({ nodes: 2 });
    await memory.createTopic('t', 1, 1);
    memory.broker.arm(at('received', { kind: 'move-leader', toNode: 2 }));
    assert.equal((await send(memory.connect(1), 't', 'a'))?.errorCode, ErrorCode.NONE);
    assert.deepEqual(
      memory.rules.map(({ event, acted }) => [event, acted]),
      [
        ['armed', undefined],
        ['fired', false],
      ],
    );
  });

  it('by shrinking the ISR below min.insync.replicas: 19', async () => {
    const memory = new BrokerInMemory({ nodes: 2 });
    const configs = [{ name: 'min.insync.replicas', value: '2' }];
    memory.broker.services.cluster.createTopic({ name: 't', partitions: 1, replicationFactor: 2, configs });
    memory.broker.arm(at('received', { kind: 'shrink-isr', inSync: [1] }));
    assert.equal((await send(memory.connect(1), 't', 'a'))?.errorCode, ErrorCode.NOT_ENOUGH_REPLICAS);
  });

  it('and says so when it found nothing to act on', async () => {
    const memory = await memoryWithTopic();
    memory.broker.arm(at('received', { kind: 'expire-transaction', transactionalId: 'nobody' }));
    await send(memory.connect(), 't', 'a');
    assert.deepEqual(
      memory.rules.map(({ event, acted }) => [event, acted]),
      [
        ['armed', undefined],
        ['fired', false],
      ],
    );
  });
});

describe('a fault rule and a Produce with acks=0', () => {
  it('tells an error by ending the connection, for there is no answer', async () => {
    const memory = await memoryWithTopic();
    memory.broker.arm(at('received', { kind: 'error', code: 6 }));
    const client = memory.connect();
    client.send(produce, 7, producing('t', 0, 'a'));
    await client.untilEnded();
    assert.deepEqual([client.receivedBytes, memory.endOffset('t')], [0, 0n]);
  });

  it('strikes after the reply all the same', async () => {
    const memory = await memoryWithTopic();
    memory.broker.arm(at('afterReply', { kind: 'close' }));
    const client = memory.connect();
    client.send(produce, 7, producing('t', 0, 'a'));
    await client.untilEnded();
    assert.equal(memory.endOffset('t'), 1n);
  });
});
