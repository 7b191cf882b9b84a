import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ErrorCode } from '../../src/broker/protocol/errors.js';
import { joinGroup } from '../../src/broker/protocol/messages/11-join-group.js';
import { heartbeat } from '../../src/broker/protocol/messages/12-heartbeat.js';
import { initProducerId } from '../../src/broker/protocol/messages/22-init-producer-id.js';
import { addPartitionsToTxn } from '../../src/broker/protocol/messages/24-add-partitions-to-txn.js';
import { endTxn } from '../../src/broker/protocol/messages/26-end-txn.js';
import { BrokerInMemory } from './wire/broker-in-memory.js';
import type { WireClient } from './wire/wire-client.js';

const transactionalId = 'tx';

async function init(client: WireClient) {
  return client.call(initProducerId, 1, { transactionalId, transactionTimeoutMs: 10_000 });
}

/** Opens a transaction with one partition; answers the producer's identity. */
async function begin(memory: BrokerInMemory, client: WireClient) {
  await memory.createTopic('t');
  const { producerId, producerEpoch } = await init(client);
  const added = await client.call(addPartitionsToTxn, 1, {
    v3AndBelowTransactionalId: transactionalId,
    v3AndBelowProducerId: producerId,
    v3AndBelowProducerEpoch: producerEpoch,
    v3AndBelowTopics: [{ name: 't', partitions: [0] }],
  });
  assert.equal(added.resultsByTopicV3AndBelow[0]?.resultsByPartition[0]?.partitionErrorCode, ErrorCode.NONE);
  return { producerId, producerEpoch };
}

async function end(client: WireClient, identity: { producerId: bigint; producerEpoch: number }) {
  return (await client.call(endTxn, 1, { transactionalId, ...identity, committed: true })).errorCode;
}

describe('a fault rule and a transaction', () => {
  it('holds the markers back: 51 meanwhile, and they are written when the time is up', async () => {
    const memory = new BrokerInMemory();
    const client = memory.connect();
    const identity = await begin(memory, client);
    memory.broker.arm({ api: 'EndTxn', phase: 'beforeAppend', action: { kind: 'hold-markers', forMs: 200 } });
    assert.equal(await end(client, identity), ErrorCode.NONE);
    assert.equal(memory.endOffset('t'), 0n);
    assert.equal((await init(client)).errorCode, ErrorCode.CONCURRENT_TRANSACTIONS);
    memory.clock.advance(200);
    assert.equal(memory.endOffset('t'), 1n);
    assert.equal((await init(client)).errorCode, ErrorCode.NONE);
  });

  it('releases the markers at a later request', async () => {
    const memory = new BrokerInMemory();
    const client = memory.connect();
    const identity = await begin(memory, client);
    memory.broker.arm({ transactionalId, phase: 'received', action: { kind: 'hold-markers' } });
    await end(client, identity);
    memory.broker.arm({
      api: 'InitProducerId',
      nth: 2,
      phase: 'received',
      action: { kind: 'release-markers' },
    });
    assert.equal((await init(client)).errorCode, ErrorCode.CONCURRENT_TRANSACTIONS);
    assert.equal((await init(client)).errorCode, ErrorCode.NONE);
    assert.deepEqual(memory.fired(), ['hold-markers', 'release-markers']);
  });

  it('ends it as its time-out would: the producer is fenced, an abort marker is written', async () => {
    const memory = new BrokerInMemory();
    const client = memory.connect();
    const identity = await begin(memory, client);
    memory.broker.arm({ api: 'EndTxn', phase: 'received', action: { kind: 'expire-transaction' } });
    assert.equal(await end(client, identity), ErrorCode.INVALID_PRODUCER_EPOCH);
    assert.equal(memory.endOffset('t'), 1n);
  });

  it('fences its producer without a successor', async () => {
    const memory = new BrokerInMemory();
    const client = memory.connect();
    const identity = await begin(memory, client);
    memory.broker.arm({ transactionalId, phase: 'received', action: { kind: 'bump-epoch' } });
    assert.equal(await end(client, identity), ErrorCode.INVALID_PRODUCER_EPOCH);
  });

  it('cannot take an EndTxn back after it was carried out', async () => {
    const memory = new BrokerInMemory();
    const client = memory.connect();
    const identity = await begin(memory, client);
    memory.broker.arm({ api: 'EndTxn', phase: 'afterAppend', action: { kind: 'close' } });
    client.send(endTxn, 1, { transactionalId, ...identity, committed: true });
    await client.untilEnded();
    assert.equal(memory.endOffset('t'), 1n);
    assert.equal(await end(memory.connect(), identity), ErrorCode.NONE, 'a repeated commit is welcome');
  });
});

describe('a fault rule and a group', () => {
  it('evicts the member that sends the request', async () => {
    const memory = new BrokerInMemory();
    const client = memory.connect();
    const protocols = [{ name: 'range', metadata: Buffer.alloc(0) }];
    const joining = { groupId: 'g', sessionTimeoutMs: 6000, protocolType: 'consumer', protocols };
    const { memberId, generationId } = await client.call(joinGroup, 2, joining);
    memory.broker.arm({ api: 'Heartbeat', group: 'g', phase: 'received', action: { kind: 'evict-member' } });
    const { errorCode } = await client.call(heartbeat, 3, { groupId: 'g', memberId, generationId });
    assert.equal(errorCode, ErrorCode.UNKNOWN_MEMBER_ID);
    assert.deepEqual(memory.rules.at(-1)?.acted, true);
  });
});
