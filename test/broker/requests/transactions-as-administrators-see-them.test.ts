import assert from 'node:assert/strict';
import { addOffsetsToTxnHandler } from '../../../src/broker/requests/25-add-offsets-to-txn.js';
import { describeProducersHandler } from '../../../src/broker/requests/61-describe-producers.js';
import { describeTransactionsHandler } from '../../../src/broker/requests/65-describe-transactions.js';
import { listTransactionsHandler } from '../../../src/broker/requests/66-list-transactions.js';
import { coordinatorPartition } from '../../../src/broker/state/key-hash.js';
import { Bench } from './broker-bench.js';
import { end, initialise, openTransaction, send } from './client.js';

describe('DescribeTransactions', () => {
  it('tells state, time, producer and partitions, the offsets of a group among them', async () => {
    const bench = new Bench();
    bench.topic('t');
    const began = bench.clock.now();
    const identity = await openTransaction(bench, 'tx', ['a']);
    const { producerId, epoch: producerEpoch } = identity;
    await bench.call(addOffsetsToTxnHandler, 3, {
      transactionalId: 'tx',
      producerId,
      producerEpoch,
      groupId: 'g',
    });
    const open = await describeOne(bench, 'tx');
    assert.deepEqual(
      [open.errorCode, open.transactionState, open.transactionTimeoutMs, open.transactionStartTimeMs],
      [0, 'Ongoing', 10_000, BigInt(began)],
    );
    assert.deepEqual([open.producerId, open.producerEpoch], [producerId, producerEpoch]);
    assert.deepEqual(open.topics, [
      { topic: 't', partitions: [0] },
      { topic: '__consumer_offsets', partitions: [coordinatorPartition('g')] },
    ]);
    bench.clock.advance(500);
    await end(bench, 'tx', identity, true);
    const ended = await describeOne(bench, 'tx');
    assert.deepEqual([ended.transactionState, ended.topics], ['CompleteCommit', []]);
    assert.equal(ended.transactionStartTimeMs, BigInt(began));
    await initialise(bench, 'tx');
    const empty = await describeOne(bench, 'tx');
    assert.deepEqual([empty.transactionState, empty.transactionStartTimeMs], ['Empty', -1n]);
  });

  it('answers 105 for an unknown id, 42 for an empty one, 16 at another node', async () => {
    const bench = new Bench({ nodes: 3 });
    const { nodeId } = bench.services.cluster.coordinatorFor('transaction', 'tx');
    const at = async (node: number, id: string) =>
      (await bench.call(describeTransactionsHandler, 0, { transactionalIds: [id] }, { nodeId: node }))
        .transactionStates[0]?.errorCode;
    assert.deepEqual(
      [await at(nodeId, 'tx'), await at(nodeId, ''), await at((nodeId % 3) + 1, 'tx')],
      [105, 42, 16],
    );
  });
});

describe('ListTransactions', () => {
  it('filters by state, producer and the time since the last transaction began', async () => {
    const bench = new Bench();
    bench.topic('t');
    await openTransaction(bench, 'open', ['a']);
    bench.clock.advance(1000);
    const identity = await initialise(bench, 'empty');
    const list = async (request: {
      readonly stateFilters?: readonly string[];
      readonly producerIdFilters?: readonly bigint[];
      readonly durationFilter?: bigint;
    }) => {
      const answer = await bench.call(listTransactionsHandler, 1, request);
      return answer.transactionStates.map(({ transactionalId, transactionState }) => [
        transactionalId,
        transactionState,
      ]);
    };
    const open = ['open', 'Ongoing'];
    const empty = ['empty', 'Empty'];
    assert.deepEqual(await list({}), [open, empty]);
    assert.deepEqual(await list({ stateFilters: ['Ongoing'] }), [open]);
    assert.deepEqual(await list({ producerIdFilters: [identity.producerId] }), [empty]);
    assert.deepEqual(await list({ stateFilters: ['Ongoing'], durationFilter: 999n }), [open]);
    assert.deepEqual(await list({ stateFilters: ['Ongoing'], durationFilter: 1000n }), []);
  });

  it('tells states back that do not exist: they are spelled exactly', async () => {
    const bench = new Bench();
    await initialise(bench, 'empty');
    const request = { stateFilters: ['empty', 'Dead', 'Bla'] };
    const answer = await bench.call(listTransactionsHandler, 0, request);
    assert.deepEqual([answer.errorCode, answer.unknownStateFilters], [0, ['empty', 'Bla']]);
    assert.deepEqual(answer.transactionStates, []);
  });

  it('knows the ids that its node coordinates', async () => {
    const bench = new Bench({ nodes: 2 });
    bench.services.cluster.moveCoordinator('transaction', 'tx', 1);
    await initialise(bench, 'tx');
    bench.services.cluster.moveCoordinator('transaction', 'tx', 2);
    assert.deepEqual((await bench.call(listTransactionsHandler, 0, {})).transactionStates, []);
    const there = await bench.call(listTransactionsHandler, 0, {}, { nodeId: 2 });
    assert.equal(there.transactionStates.length, 1);
  });
});

describe('DescribeProducers', () => {
  it('tells what the leader remembers of each producer, before and after a marker', async () => {
    const bench = new Bench();
    bench.topic('t');
    const idempotent = { producerId: 77n, producerEpoch: 2, baseSequence: 0 };
    await send(bench, ['a', 'b'], { ...idempotent, baseTimestamp: 5000n });
    const identity = await openTransaction(bench, 'tx', ['c']);
    const first = {
      ...{ producerId: 77n, producerEpoch: 2, lastSequence: 1, lastTimestamp: 5000n },
      ...{ coordinatorEpoch: -1, currentTxnStartOffset: -1n },
    };
    const second = { producerId: identity.producerId, producerEpoch: 0, lastSequence: 0, lastTimestamp: 0n };
    assert.deepEqual(await producersOf(bench), [
      first,
      { ...second, coordinatorEpoch: -1, currentTxnStartOffset: 2n },
    ]);
    await end(bench, 'tx', identity, false);
    const ended = { ...second, lastTimestamp: BigInt(bench.clock.now()) };
    assert.deepEqual(await producersOf(bench), [
      first,
      { ...ended, coordinatorEpoch: 0, currentTxnStartOffset: -1n },
    ]);
  });

  it('answers 3 for what is not there, 17 for a name that cannot be, 6 at a follower', async () => {
    const bench = new Bench({ nodes: 2 });
    bench.topic('t');
    const codeFor = async (name: string, index: number, nodeId = 1) => {
      const topics = [{ name, partitionIndexes: [index] }];
      const answer = await bench.call(describeProducersHandler, 0, { topics }, { nodeId });
      return answer.topics[0]?.partitions[0]?.errorCode;
    };
    assert.deepEqual([await codeFor('t', 9), await codeFor('no', 0), await codeFor('a b', 0)], [3, 3, 17]);
    assert.equal(await codeFor('t', 0, 2), 6);
  });
});

async function describeOne(bench: Bench, id: string) {
  const answer = await bench.call(describeTransactionsHandler, 0, { transactionalIds: [id] });
  const [state] = answer.transactionStates;
  assert.ok(state);
  return state;
}

async function producersOf(bench: Bench) {
  const topics = [{ name: 't', partitionIndexes: [0] }];
  const answer = await bench.call(describeProducersHandler, 0, { topics });
  return answer.topics[0]?.partitions[0]?.activeProducers;
}
