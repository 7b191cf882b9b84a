import assert from 'node:assert/strict';
import type { TxnOffsetCommitResponse } from '../../../src/broker/protocol/messages/28-txn-offset-commit.js';
import { offsetFetchHandler } from '../../../src/broker/requests/09-offset-fetch.js';
import { initProducerIdHandler } from '../../../src/broker/requests/22-init-producer-id.js';
import { addPartitionsToTxnHandler } from '../../../src/broker/requests/24-add-partitions-to-txn.js';
import { addOffsetsToTxnHandler } from '../../../src/broker/requests/25-add-offsets-to-txn.js';
import { txnOffsetCommitHandler } from '../../../src/broker/requests/28-txn-offset-commit.js';
import type { ProducerIdentity } from '../../../src/broker/state/transaction-results.js';
import { Bench } from './broker-bench.js';
import {
  addPartition,
  end,
  fetchFrom,
  initialise,
  openTransaction,
  send,
  transactional,
  valuesIn,
} from './client.js';

describe('a transaction over the wire', () => {
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench();
    bench.topic('t');
  });

  it('committed is seen in both isolations, aborted in read_uncommitted only', async () => {
    const identity = await openTransaction(bench, 'id', ['m0']);
    assert.equal(await end(bench, 'id', identity, true), 0);
    assert.equal(await addPartition(bench, 'id', identity), 0);
    await send(bench, ['m1'], transactional('id', identity, 1));
    assert.equal(await end(bench, 'id', identity, false), 0);
    const committed = await fetchFrom(bench, { committed: true });
    assert.deepEqual(committed.abortedTransactions, [{ producerId: identity.producerId, firstOffset: 2n }]);
    assert.deepEqual([committed.highWatermark, committed.lastStableOffset], [4n, 4n]);
    assert.deepEqual(valuesIn(await fetchFrom(bench)), ['m0', 'm1']);
  });

  it('of a crashed producer is aborted by its successor: RU 15, end 17 for ten messages with a crash after five', async () => {
    const orphan = await initialise(bench, 'id');
    await addPartition(bench, 'id', orphan);
    for (let n = 0; n < 5; n++) await send(bench, [`m${String(n)}`], transactional('id', orphan, n));
    const first = await bench.call(initProducerIdHandler, 1, {
      transactionalId: 'id',
      transactionTimeoutMs: 1000,
    });
    assert.equal(first.errorCode, 51);
    const successor = await initialise(bench, 'id');
    assert.equal(successor.epoch, orphan.epoch + 2);
    await addPartition(bench, 'id', successor);
    for (let n = 0; n < 10; n++) await send(bench, [`m${String(n)}`], transactional('id', successor, n));
    await end(bench, 'id', successor, true);
    const answer = await fetchFrom(bench);
    assert.deepEqual([valuesIn(answer).length, answer.highWatermark], [15, 17n]);
  });

  describe('of a producer that was fenced', () => {
    let old: ProducerIdentity;
    beforeEach(async () => {
      old = await openTransaction(bench, 'id', ['m0']);
      await bench.call(initProducerIdHandler, 1, { transactionalId: 'id', transactionTimeoutMs: 1000 });
      await initialise(bench, 'id');
    });

    it('is refused with 47 by Produce', async () => {
      assert.equal((await send(bench, ['m1'], transactional('id', old, 1))).errorCode, 47);
      assert.deepEqual(valuesIn(await fetchFrom(bench)), ['m0']);
    });

    it('is refused by the coordinator with 47 in version 1 and 90 in version 3', async () => {
      for (const [version, code] of [
        [1, 47],
        [3, 90],
      ] as const) {
        assert.equal(await end(bench, 'id', old, true, version), code);
        assert.equal(await addPartition(bench, 'id', old, { version }), code);
        assert.equal(await addOffsets(old, version), code);
      }
    });

    it('is refused by InitProducerId with 47 in version 3 and 90 in version 4', async () => {
      const request = {
        transactionalId: 'id',
        transactionTimeoutMs: 1000,
        producerId: old.producerId,
        producerEpoch: 0,
      };
      assert.equal((await bench.call(initProducerIdHandler, 3, request)).errorCode, 47);
      assert.equal((await bench.call(initProducerIdHandler, 4, request)).errorCode, 90);
    });

    it('is refused with 47 by TxnOffsetCommit', async () => {
      assert.deepEqual(await commitOffset(old, 5n), [47]);
    });
  });

  it('is not begun by a write alone: 48, from version 11 on 120; without a transactional id 53', async () => {
    const identity = await initialise(bench, 'id');
    assert.equal((await send(bench, ['m'], transactional('id', identity, 0))).errorCode, 48);
    assert.equal(
      (await send(bench, ['m'], { ...transactional('id', identity, 0), version: 11 })).errorCode,
      120,
    );
    assert.equal(
      (await send(bench, ['m'], { ...transactional('id', identity, 0), transactionalId: null })).errorCode,
      53,
    );
  });

  it('that is ending refuses the first write of the next one with 19 ("unable to verify"), afterwards 48', async () => {
    const identity = await initialise(bench, 'id');
    await addPartition(bench, 'id', identity);
    bench.services.transactions.holdMarkers(true);
    await end(bench, 'id', identity, true);
    assert.equal((await send(bench, ['m'], transactional('id', identity, 0))).errorCode, 19);
    bench.services.transactions.holdMarkers(false);
    assert.equal((await send(bench, ['m'], transactional('id', identity, 0))).errorCode, 48);
  });

  it('adds all partitions or none: 3 for the missing one, 55 for the others', async () => {
    const identity = await initialise(bench, 'id');
    const response = await bench.call(addPartitionsToTxnHandler, 1, {
      v3AndBelowTransactionalId: 'id',
      v3AndBelowProducerId: identity.producerId,
      v3AndBelowProducerEpoch: identity.epoch,
      v3AndBelowTopics: [{ name: 't', partitions: [0, 9] }],
    });
    const codes = response.resultsByTopicV3AndBelow[0]?.resultsByPartition.map(
      (one) => one.partitionErrorCode,
    );
    assert.deepEqual(codes, [55, 3]);
    assert.equal(bench.services.transactions.describe('id')?.state, 'Empty');
  });

  it('can be verified without being changed, as brokers do (version 4)', async () => {
    const { producerId, epoch: producerEpoch } = await initialise(bench, 'id');
    const topics = [{ name: 't', partitions: [0] }];
    const ask = async (verifyOnly: boolean) => {
      const transactions = [{ transactionalId: 'id', producerId, producerEpoch, verifyOnly, topics }];
      const response = await bench.call(addPartitionsToTxnHandler, 4, { transactions });
      return response.resultsByTransaction[0]?.topicResults[0]?.resultsByPartition[0]?.partitionErrorCode;
    };
    assert.deepEqual([await ask(true), await ask(false), await ask(true)], [120, 0, 0]);
  });

  it('asked of another node than its coordinator is 16', async () => {
    const cluster = new Bench({ nodes: 3 });
    const { nodeId } = cluster.services.cluster.coordinatorFor('transaction', 'id');
    const request = { transactionalId: 'id', transactionTimeoutMs: 1000 };
    const elsewhere = { nodeId: (nodeId % 3) + 1 };
    assert.equal((await cluster.call(initProducerIdHandler, 1, request, elsewhere)).errorCode, 16);
    assert.equal((await cluster.call(initProducerIdHandler, 1, request, { nodeId })).errorCode, 0);
  });

  describe('with offsets', () => {
    it('commits them with the marker, and not before', async () => {
      const identity = await initialise(bench, 'id');
      assert.equal(await addOffsets(identity), 0);
      assert.deepEqual(await commitOffset(identity, 5n), [0]);
      assert.equal(await committedOffset(), -1n);
      await end(bench, 'id', identity, true);
      assert.equal(await committedOffset(), 5n);
    });

    it('forgets them when it aborts', async () => {
      const identity = await initialise(bench, 'id');
      await addOffsets(identity);
      await commitOffset(identity, 5n);
      await end(bench, 'id', identity, false);
      assert.equal(await committedOffset(), -1n);
    });

    it('takes none for a group that was not added: 48, from version 4 on 120', async () => {
      const identity = await initialise(bench, 'id');
      assert.deepEqual(await commitOffset(identity, 5n), [48]);
      assert.deepEqual(await commitOffset(identity, 5n, { version: 4 }), [120]);
    });

    it('takes them from version 3 on only from a member of the generation: 25 unknown, 25 no member with a generation', async () => {
      const identity = await initialise(bench, 'id');
      await addOffsets(identity);
      const v3 = { version: 3 };
      assert.deepEqual(await commitOffset(identity, 5n, v3), [0]);
      assert.deepEqual(await commitOffset(identity, 5n, { ...v3, memberId: 'gone', generationId: 1 }), [25]);
      assert.deepEqual(await commitOffset(identity, 5n, { ...v3, generationId: 1 }), [25]);
    });

    it('looks at the member before the epoch when some are held back already', async () => {
      await initialise(bench, 'id');
      const identity = await initialise(bench, 'id');
      const zombie = { ...identity, epoch: identity.epoch - 1 };
      const stranger = { version: 3, memberId: 'gone', generationId: 1 };
      await addOffsets(identity);
      assert.deepEqual(await commitOffset(zombie, 5n, stranger), [47]);
      await commitOffset(identity, 5n);
      assert.deepEqual(await commitOffset(zombie, 5n, stranger), [25]);
      assert.deepEqual(await commitOffset(zombie, 5n), [47]);
    });

    it('takes those of existing partitions and answers 3 for others', async () => {
      const identity = await initialise(bench, 'id');
      await addOffsets(identity);
      assert.deepEqual(await commitOffset(identity, 5n, { partitions: [0, 9] }), [0, 3]);
    });

    it('is told 51 while it is ending', async () => {
      const identity = await initialise(bench, 'id');
      await addOffsets(identity);
      bench.services.transactions.holdMarkers(true);
      await end(bench, 'id', identity, true);
      assert.deepEqual(await commitOffset(identity, 5n), [51]);
    });
  });

  async function addOffsets({ producerId, epoch }: ProducerIdentity, version = 1): Promise<number> {
    const request = { transactionalId: 'id', producerId, producerEpoch: epoch, groupId: 'g' };
    return (await bench.call(addOffsetsToTxnHandler, version, request)).errorCode;
  }

  async function commitOffset(
    { producerId, epoch }: ProducerIdentity,
    committedOffset: bigint,
    { version = 1, memberId = '', generationId = -1, partitions = [0] } = {},
  ): Promise<readonly number[]> {
    const response: TxnOffsetCommitResponse = await bench.call(txnOffsetCommitHandler, version, {
      transactionalId: 'id',
      groupId: 'g',
      producerId,
      producerEpoch: epoch,
      memberId,
      generationId,
      topics: [
        { name: 't', partitions: partitions.map((partitionIndex) => ({ partitionIndex, committedOffset })) },
      ],
    });
    return response.topics[0]?.partitions.map((one) => one.errorCode) ?? [];
  }

  async function committedOffset(): Promise<bigint | undefined> {
    const request = { groupId: 'g', topics: [{ name: 't', partitionIndexes: [0] }] };
    const response = await bench.call(offsetFetchHandler, 4, request);
    return response.topics[0]?.partitions[0]?.committedOffset;
  }
});
