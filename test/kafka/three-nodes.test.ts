// The facts that need a second node, each the same on three nodes of Apache Kafka and on the embedded broker's.
import assert from 'node:assert/strict';
import { startApacheNodes } from './three-nodes/apache.js';
import { epochEnd, latest, read, write } from './three-nodes/ask.js';
import { describePartition, eventually, type ThreeNodes } from './three-nodes/cluster-under-test.js';
import { startEmbeddedNodes } from './three-nodes/embedded.js';
import { fallsBelow, followerAnswers, goesOn, tooFewInSync } from './three-nodes/replication.js';
import { cleanTopic, leaderDies, uncleanTopic, type Prepared } from './three-nodes/succession.js';

const ok = 'ok';
const notLeader = '6 NOT_LEADER_OR_FOLLOWER';

for (const start of [() => startApacheNodes('3.9.1'), startEmbeddedNodes])
  describe(`Three nodes of ${start === startEmbeddedNodes ? 'the embedded broker' : 'Apache Kafka 3.9.1'}`, () => {
    let cluster: ThreeNodes;
    before(async () => {
      cluster = await start();
    });
    after(() => cluster.stop());

    it('refuse acks=all with too few in sync, a repeat too, and hide what acks=1 wrote', async () => {
      assert.deepEqual(await tooFewInSync(cluster), {
        before: { error: ok, at: 0 },
        next: { error: '19 NOT_ENOUGH_REPLICAS', at: -1 },
        repeated: { error: '19 NOT_ENOUGH_REPLICAS', at: -1 },
        leaderOnly: { error: ok, at: 1 },
        latest: { error: ok, offset: 1 },
        logEnd: { error: ok, end: 2 },
        betweenWatermarkAndEnd: { error: ok, offsets: [] },
        atTheEnd: { error: ok, offsets: [] },
        beyondTheEnd: { error: '1 OFFSET_OUT_OF_RANGE', offsets: [] },
        afterwards: { error: ok, offsets: [1] },
      });
    });

    it('answer 7 with the true offset when too few stay in sync while acks=all waits', async () => {
      assert.deepEqual(await fallsBelow(cluster, 'falls-below-two', 2), {
        hidden: { error: ok, offset: 0 },
        answer: { error: '7 REQUEST_TIMED_OUT', at: 0 },
        seen: { error: ok, offset: 0 },
      });
    });

    it('answer 0 as soon as the slow follower is out of sync, where the leader alone is enough', async () => {
      assert.deepEqual(await fallsBelow(cluster, 'falls-to-one', 1), {
        hidden: { error: ok, offset: 0 },
        answer: { error: ok, at: 0 },
        seen: { error: ok, offset: 1 },
      });
    });

    it('answer 0 when the follower goes on in time, and wake a reader that waits', async () => {
      assert.deepEqual(await goesOn(cluster), {
        answer: { error: ok, at: 0 },
        seen: { error: ok, offsets: [0] },
      });
    });

    it('answer 6 where they follow, but to a newer Fetch', async () => {
      assert.deepEqual(await followerAnswers(cluster), {
        write: { error: notLeader, at: -1 },
        latest: { error: notLeader, offset: -1 },
        logEnd: { error: notLeader, end: -1 },
        read: { error: notLeader, offsets: [] },
        newer: { error: ok, offsets: [0] },
      });
    });

    describe('when a leader has died', () => {
      let prepared: Prepared;
      before(async () => {
        prepared = await leaderDies(cluster);
      });

      it('have lost what only it had, though it was acknowledged, and count a new epoch', async () => {
        const heir = cluster.node(1);
        assert.deepEqual(prepared.unreplicated, { error: ok, at: 7 });
        await eventually('the heir answers', async () =>
          assert.deepEqual(await latest(heir, cleanTopic), { error: ok, offset: 7 }),
        );
        assert.equal((await describePartition(heir, cleanTopic)).epoch, 1);
        assert.deepEqual(await epochEnd(heir, cleanTopic, 0), { error: ok, end: 7 });
      });

      it('recognise the last five batches of a producer, and no older one', async () => {
        const repeat = (sequence: number) =>
          write(cluster.node(1), cleanTopic, { acks: -1, producer: { id: prepared.producerId, sequence } });
        const outOfOrder = { error: '45 OUT_OF_ORDER_SEQUENCE_NUMBER', at: -1 };
        assert.deepEqual(await repeat(6), { error: ok, at: 6 });
        assert.deepEqual(await repeat(2), { error: ok, at: 2 });
        assert.deepEqual(await repeat(1), outOfOrder);
        assert.deepEqual(await repeat(8), outOfOrder);
        assert.deepEqual(await latest(cluster.node(1), cleanTopic), { error: ok, offset: 7 });
      });

      it('send a reader with an epoch of the past or the future away', async () => {
        const at = (epoch: number) => read(cluster.node(1), cleanTopic, { offset: 0, epoch });
        assert.equal((await at(0)).error, '74 FENCED_LEADER_EPOCH');
        assert.equal((await at(2)).error, '75 UNKNOWN_LEADER_EPOCH');
        assert.deepEqual(await at(1), { error: ok, offsets: [0, 1, 2, 3, 4, 5, 6] });
      });

      it('lead a partition no more of which no replica in sync is left', async () => {
        const survivor = cluster.node(2);
        const { error, leader, epoch } = await describePartition(survivor, uncleanTopic);
        assert.deepEqual({ error, leader, epoch }, { error: 5, leader: -1, epoch: 1 });
        assert.deepEqual(await write(survivor, uncleanTopic, { acks: 1 }), { error: notLeader, at: -1 });
        assert.deepEqual(await latest(survivor, uncleanTopic), { error: notLeader, offset: -1 });
        assert.deepEqual(await epochEnd(survivor, uncleanTopic, 0), { error: notLeader, end: -1 });
      });

      it('go on from the shorter log after an unclean election, and tell a reader where its own diverges', async () => {
        await cluster.electUnclean(uncleanTopic, 2);
        const heir = cluster.node(2);
        const at = (rest: { readonly epoch?: number; readonly lastEpoch?: number }) =>
          read(heir, uncleanTopic, { offset: prepared.endBefore, ...rest });
        assert.equal(prepared.endBefore, 10);
        await eventually('the heir answers', async () =>
          assert.deepEqual(await latest(heir, uncleanTopic), { error: ok, offset: 5 }),
        );
        assert.deepEqual(await epochEnd(heir, uncleanTopic, 0), { error: ok, end: 5 });
        assert.equal((await at({ epoch: 0 })).error, '74 FENCED_LEADER_EPOCH');
        assert.equal((await at({ epoch: 9 })).error, '75 UNKNOWN_LEADER_EPOCH');
        assert.equal((await at({})).error, '1 OFFSET_OUT_OF_RANGE');
        assert.deepEqual(await at({ epoch: 2, lastEpoch: 0 }), {
          error: ok,
          offsets: [],
          diverging: '0 until 5',
        });
      });
    });
  });
