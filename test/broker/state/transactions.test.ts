import assert from 'node:assert/strict';
import { DrivenClock } from '../../../src/broker/clock.js';
import { Cluster } from '../../../src/broker/state/cluster.js';
import type { ProducerIdentity } from '../../../src/broker/state/transaction-results.js';
import type { TransactionalOffsets } from '../../../src/broker/state/transactional-offsets.js';
import { TransactionCoordinator } from '../../../src/broker/state/transactions.js';
import type { BrokerEvent } from '../../../src/core/history/events.js';

const partition = { topic: 't', partition: 0 };
const timeoutMs = 10_000;

describe('the transaction coordinator', () => {
  let clock: DrivenClock;
  let events: BrokerEvent[];
  let ended: unknown[];
  let transactions: TransactionCoordinator;
  beforeEach(() => {
    clock = new DrivenClock();
    events = [];
    ended = [];
    transactions = coordinator();
  });

  describe('InitProducerId', () => {
    it('gives a producer without transactional id a new id every time', () => {
      const first = transactions.initProducerId({ transactionalId: null, timeoutMs });
      const second = transactions.initProducerId({ transactionalId: null, timeoutMs });
      assert.deepEqual([first.epoch, second.epoch], [0, 0]);
      assert.notEqual(first.producerId, second.producerId);
    });

    it('gives a transactional id the same producer id, with an epoch more each time', () => {
      const first = initialise();
      const second = initialise();
      assert.deepEqual([first.epoch, second.epoch], [0, 1]);
      assert.equal(first.producerId, second.producerId);
    });

    it('refuses an empty id with 42 and a time-out that is not in 1…900000 with 50', () => {
      const codeFor = (transactionalId: string, timeoutMs: number) =>
        transactions.initProducerId({ transactionalId, timeoutMs }).errorCode;
      assert.deepEqual(
        [codeFor('', 1), codeFor('id', 0), codeFor('id', 900_001), codeFor('id', 900_000)],
        [42, 50, 50, 0],
      );
    });

    it("aborts another's open transaction: 51 first, then epoch + 2", () => {
      const first = begin();
      assert.equal(transactions.initProducerId({ transactionalId: 'id', timeoutMs }).errorCode, 51);
      assert.deepEqual(markers(), [{ epoch: first.epoch + 1, commit: false }]);
      assert.equal(initialise().epoch, first.epoch + 2);
    });

    it('lets a producer that names itself go on with a bump, also when the answer was lost (KIP-360)', () => {
      const first = initialise();
      const bumped = initialise(first);
      assert.equal(bumped.epoch, 1);
      assert.equal(initialise(first).epoch, 1, 'the same question again gets the same answer');
    });

    it('fences who names an identity that is not the current one', () => {
      const first = initialise();
      initialise();
      assert.equal(codeOfInit(first), 90);
      assert.equal(codeOfInit({ producerId: 4711n, epoch: 0 }), 90);
    });

    it('accepts producer id 0 and epoch 0 for an id that is new', () => {
      initialise(undefined, 'first');
      assert.equal(
        transactions.initProducerId({ transactionalId: 'new', timeoutMs, expected: zero }).errorCode,
        0,
      );
    });

    it('gives a new producer id when the epochs are used up', () => {
      let last = initialise();
      while (last.epoch < 32_766) last = initialise();
      const fresh = initialise();
      assert.equal(fresh.epoch, 0);
      assert.notEqual(fresh.producerId, last.producerId);
      assert.equal(codeOfAdd(last), 49);
    });

    it('recognises the retry of a producer whose epochs were used up', () => {
      let last = initialise();
      while (last.epoch < 32_766) last = initialise();
      const fresh = initialise(last);
      assert.equal(codeOfInit({ ...last, epoch: 0 }), 90, 'nobody else with the old id');
      assert.deepEqual(initialise(last), fresh);
    });

    it('takes no retry of an earlier bump for one after the producer was fenced', () => {
      const first = initialise();
      const bumped = initialise(first);
      assert.equal(codeOfAdd(bumped), 0);
      assert.equal(codeOfInit(), 51);
      assert.equal(codeOfInit(first), 90);
    });
  });

  describe('EndTxn', () => {
    it('writes a marker to every partition and completes the offsets of every group', () => {
      const identity = begin();
      transactions.addPartitions('id', identity, [{ topic: 't', partition: 1 }]);
      transactions.addOffsets('id', identity, 'group');
      assert.equal(transactions.endTransaction('id', identity, true), 0);
      assert.equal(markers().length, 2);
      assert.deepEqual(ended, [['group', identity.producerId, true]]);
      assert.equal(transactions.describe('id')?.state, 'CompleteCommit');
    });

    it('repeated in the same state is answered 0, the opposite 48, and no marker is written again', () => {
      const identity = begin();
      transactions.endTransaction('id', identity, true);
      assert.equal(transactions.endTransaction('id', identity, true), 0);
      assert.equal(transactions.endTransaction('id', identity, false), 48);
      assert.equal(markers().length, 1);
    });

    it('of a transaction that was never begun is 48', () => {
      assert.equal(transactions.endTransaction('id', initialise(), true), 48);
    });

    it('is refused for an unknown id (49), another producer (49), another epoch (90)', () => {
      const identity = begin();
      const { producerId, epoch } = identity;
      assert.equal(transactions.endTransaction('nobody', identity, true), 49);
      assert.equal(transactions.endTransaction('id', { producerId: producerId + 1n, epoch }, true), 49);
      assert.equal(transactions.endTransaction('id', { producerId, epoch: epoch + 1 }, true), 90);
      assert.equal(markers().length, 0);
    });

    it('that comes late, during the next transaction, ends that one', () => {
      const identity = begin();
      transactions.endTransaction('id', identity, true);
      transactions.addPartitions('id', identity, [partition]);
      assert.equal(transactions.endTransaction('id', identity, true), 0);
      assert.equal(markers().length, 2);
    });
  });

  describe('fencing', () => {
    it('shuts the old producer out of everything, and says so', () => {
      const old = begin();
      transactions.initProducerId({ transactionalId: 'id', timeoutMs });
      initialise();
      assert.equal(codeOfAdd(old), 90);
      assert.equal(transactions.addOffsets('id', old, 'group'), 90);
      assert.equal(transactions.endTransaction('id', old, true), 90);
      assert.equal(transactions.verify('id', old, partition, 'Produce'), 90);
      const fenced = events.filter((event) => event.type === 'fenced');
      assert.deepEqual(
        fenced.map((event) => [event.api, event.epoch, event.currentEpoch]),
        ['AddPartitionsToTxn', 'AddOffsetsToTxn', 'EndTxn', 'Produce'].map((api) => [api, 0, 2]),
      );
    });

    it('by a fault takes the open transaction along', () => {
      const identity = begin();
      assert.equal(transactions.bumpEpoch('id'), true);
      assert.deepEqual(markers(), [{ epoch: 1, commit: false }]);
      assert.equal(codeOfAdd(identity), 90);
      assert.equal(transactions.bumpEpoch('nobody'), false);
    });
  });

  describe('the time-out', () => {
    it('aborts with a bumped epoch, not before', () => {
      const identity = begin();
      clock.advance(timeoutMs - 1);
      assert.equal(transactions.describe('id')?.state, 'Ongoing');
      clock.advance(1);
      assert.equal(transactions.describe('id')?.state, 'CompleteAbort');
      assert.deepEqual(markers(), [{ epoch: 1, commit: false }]);
      assert.equal(transactions.endTransaction('id', identity, true), 90);
    });

    it('counts from the first partition, not from the last', () => {
      const identity = begin();
      const begun = transactions.describe('id')?.startedAtMs;
      assert.equal(begun, clock.now());
      clock.advance(timeoutMs / 2);
      transactions.addPartitions('id', identity, [{ topic: 't', partition: 1 }]);
      assert.equal(transactions.describe('id')?.startedAtMs, begun);
      clock.advance(timeoutMs / 2);
      assert.equal(markers().length, 2);
    });

    it('does not strike a transaction that has ended, nor the next one early', () => {
      const identity = begin();
      clock.advance(timeoutMs - 1);
      transactions.endTransaction('id', identity, true);
      transactions.addPartitions('id', identity, [partition]);
      clock.advance(timeoutMs - 1);
      assert.equal(transactions.describe('id')?.state, 'Ongoing');
      clock.advance(1);
      assert.equal(transactions.describe('id')?.state, 'CompleteAbort');
    });

    it('can be looked at only now and then, as Kafka does', () => {
      transactions = coordinator({ timeoutCheckIntervalMs: 10_000 });
      clock.advance(5_000);
      begin();
      clock.advance(timeoutMs);
      assert.equal(transactions.describe('id')?.state, 'Ongoing');
      clock.advance(5_000);
      assert.equal(transactions.describe('id')?.state, 'CompleteAbort');
    });
  });

  describe('while the markers are held', () => {
    it('everything is answered with 51, and nothing is written', () => {
      const identity = begin();
      transactions.holdMarkers(true);
      assert.equal(transactions.endTransaction('id', identity, true), 0);
      assert.equal(transactions.describe('id')?.state, 'PrepareCommit');
      assert.equal(codeOfInit(), 51);
      assert.equal(codeOfAdd(identity), 51);
      assert.equal(transactions.addOffsets('id', identity, 'group'), 51);
      assert.equal(transactions.endTransaction('id', identity, true), 51);
      assert.equal(transactions.endTransaction('id', identity, false), 51);
      assert.equal(transactions.verify('id', identity, partition, 'Produce'), 51);
      assert.equal(transactions.bumpEpoch('id'), false);
      assert.equal(transactions.expire('id'), false);
      assert.deepEqual(markers(), []);
    });

    it('and let go, the transaction completes', () => {
      const identity = begin();
      transactions.holdMarkers(true);
      transactions.endTransaction('id', identity, true);
      transactions.holdMarkers(false);
      assert.equal(transactions.describe('id')?.state, 'CompleteCommit');
      assert.equal(markers().length, 1);
      assert.equal(codeOfAdd(identity), 0);
    });

    it('only the ids that are named wait', () => {
      transactions.holdMarkers((id) => id === 'other');
      const identity = begin();
      transactions.endTransaction('id', identity, false);
      assert.equal(transactions.describe('id')?.state, 'CompleteAbort');
    });
  });

  it('verifies that a partition or a group belongs to the open transaction (120 if not)', () => {
    const identity = begin();
    const verify = (target: Parameters<TransactionCoordinator['verify']>[2]) =>
      transactions.verify('id', identity, target, 'Produce');
    assert.deepEqual(
      [verify(partition), verify({ topic: 't', partition: 1 }), verify({ group: 'g' })],
      [0, 120, 120],
    );
    transactions.addOffsets('id', identity, 'g');
    assert.equal(verify({ group: 'g' }), 0);
    transactions.endTransaction('id', identity, true);
    assert.equal(verify(partition), 120);
  });

  const zero: ProducerIdentity = { producerId: 0n, epoch: 0 };

  function coordinator(options: { readonly timeoutCheckIntervalMs?: number } = {}): TransactionCoordinator {
    const record = (event: BrokerEvent) => void events.push(event);
    const cluster = new Cluster({ nodes: 1 }, clock, record);
    cluster.createTopic({ name: 't', partitions: 2 });
    const offsets: TransactionalOffsets = {
      storePendingOffsets: () => 0,
      completeTransaction: (...end) => void ended.push(end),
    };
    return new TransactionCoordinator({ cluster, offsets, clock, record, ...options });
  }

  function initialise(expected?: ProducerIdentity, transactionalId = 'id'): ProducerIdentity {
    const { errorCode, producerId, epoch } = transactions.initProducerId({
      transactionalId,
      timeoutMs,
      expected,
    });
    assert.equal(errorCode, 0);
    return { producerId, epoch };
  }

  function begin(): ProducerIdentity {
    const identity = initialise();
    assert.equal(codeOfAdd(identity), 0);
    return identity;
  }

  function codeOfInit(expected?: ProducerIdentity): number {
    return transactions.initProducerId({ transactionalId: 'id', timeoutMs, expected }).errorCode;
  }

  function codeOfAdd(identity: ProducerIdentity): number {
    return transactions.addPartitions('id', identity, [partition]);
  }

  function markers(): readonly { readonly epoch: number; readonly commit: boolean }[] {
    return events.flatMap((event) =>
      event.type === 'marker' ? [{ epoch: event.epoch, commit: event.commit }] : [],
    );
  }
});
