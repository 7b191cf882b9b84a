import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { recordHistory, type Recording } from '../../src/broker/history/recorder.js';
import { valueText } from '../../src/broker/history/value-text.js';
import { encodeAssignment, encodeSubscription } from '../../src/broker/protocol/group-metadata.js';
import { produce } from '../../src/broker/protocol/messages/00-produce.js';
import { offsetCommit } from '../../src/broker/protocol/messages/08-offset-commit.js';
import { joinGroup } from '../../src/broker/protocol/messages/11-join-group.js';
import { syncGroup } from '../../src/broker/protocol/messages/14-sync-group.js';
import { deleteTopics } from '../../src/broker/protocol/messages/20-delete-topics.js';
import { consumerGroupHeartbeat } from '../../src/broker/protocol/messages/68-consumer-group-heartbeat.js';
import { check } from '../../src/core/history/check.js';
import type { History, Observation } from '../../src/core/history/events.js';
import { parseHistory, serialiseHistory } from '../../src/core/history/jsonl.js';
import { groupProgress } from '../../src/core/history/progress.js';
import { BrokerInMemory, producing, send } from './wire/broker-in-memory.js';

/** A broker in memory whose history is recorded, and read as if it came from a file. */
class Recorded {
  private readonly told: Observation[] = [];
  private readonly recording: Recording;

  constructor(readonly memory = new BrokerInMemory({ nodes: 3 })) {
    this.recording = recordHistory(memory.broker, (observation) => this.told.push(observation));
  }

  finished(): History {
    this.recording.finish();
    const events = this.told.map((one, seq) => ({ ...one, seq, timeMs: seq }));
    const parsed = parseHistory(serialiseHistory(events));
    assert.ok(parsed.ok, JSON.stringify(parsed));
    return parsed.history;
  }
}

function found(history: History) {
  const { anomalies, doubts, counts } = check(history);
  const { sent, ok, failed, unknown, readCommitted } = counts;
  return {
    anomalies: Object.fromEntries(anomalies.map(({ name, count }) => [name, count])),
    doubts: doubts.map(({ guard }) => guard),
    counts: { sent, ok, failed, unknown, readCommitted },
  };
}

describe('the history that a broker records', () => {
  it('of a run in which nothing happened is clean', async () => {
    const recorded = new Recorded();
    await recorded.memory.createTopic('t');
    for (const value of ['a', 'b']) await send(recorded.memory.connect(), 't', value);
    assert.deepEqual(found(recorded.finished()), {
      anomalies: {},
      doubts: [],
      counts: { sent: 2, ok: 2, failed: 0, unknown: 0, readCommitted: 2 },
    });
  });

  it('convicts a failover: what was acknowledged and cut off is a silent loss', async () => {
    const recorded = new Recorded();
    const { memory } = recorded;
    await memory.createTopic('t', 1, 3);
    memory.broker.arm({
      ...{ api: 'Produce', nth: 2, phase: 'beforeAppend' },
      action: { kind: 'hold-followers', nodes: [2], held: true },
    });
    memory.broker.arm({
      ...{ api: 'Produce', nth: 2, phase: 'beforeReply' },
      action: { kind: 'move-leader', toNode: 2 },
    });
    await memory.connect(1).call(produce, 7, producing('t', 1, 'a'));
    await memory.connect(1).call(produce, 7, producing('t', 1, 'b'));
    await memory.connect(2).call(produce, 7, producing('t', 1, 'c'));
    const { anomalies, doubts } = found(recorded.finished());
    const lost = { 'silent-loss': 1, 'lost-in-log': 1, 'lost-write': 1 };
    assert.deepEqual(anomalies, { ...lost, 'inconsistent-offsets': 1 });
    assert.deepEqual(doubts, []);
  });

  it('tells errors as a client has to read them: refused for sure, or written although an error was told', async () => {
    const recorded = new Recorded();
    const { memory } = recorded;
    await memory.createTopic('t');
    memory.broker.arm({ api: 'Produce', phase: 'beforeAppend', action: { kind: 'error', code: 19 } });
    memory.broker.arm({ api: 'Produce', nth: 1, phase: 'afterAppend', action: { kind: 'error', code: 7 } });
    for (const value of ['a', 'b']) await send(memory.connect(), 't', value);
    assert.deepEqual(found(recorded.finished()), {
      anomalies: { 'reported-loss': 1, phantom: 1 },
      doubts: [],
      counts: { sent: 2, ok: 0, failed: 1, unknown: 1, readCommitted: 1 },
    });
  });

  it('leaves open what still waits for its answer, and takes acks=0 at its word', async () => {
    const recorded = new Recorded();
    const { memory } = recorded;
    await memory.createTopic('t', 1, 3);
    memory.broker.services.cluster.partition('t', 0)?.holdFollowers([2], true);
    const client = memory.connect();
    client.send(produce, 7, producing('t', 0, 'a'));
    client.send(produce, 7, producing('t', -1, 'b'));
    while (memory.endOffset('t') < 2n) await new Promise(setImmediate);
    memory.broker.services.cluster.partition('t', 0)?.holdFollowers([2], false);
    const { counts, doubts } = found(recorded.finished());
    assert.deepEqual([counts, doubts], [{ sent: 2, ok: 1, failed: 0, unknown: 1, readCommitted: 2 }, []]);
  });

  it('reads a topic for the last time when it is deleted', async () => {
    const recorded = new Recorded();
    const { memory } = recorded;
    await memory.createTopic('t');
    await send(memory.connect(), 't', 'a');
    await memory.connect().call(deleteTopics, 1, { topicNames: ['t'] });
    const { anomalies, doubts, counts } = found(recorded.finished());
    assert.deepEqual([anomalies, doubts, counts.readCommitted], [{}, [], 1]);
  });

  it('tells how far a group has committed, and when it went back', async () => {
    const recorded = new Recorded(new BrokerInMemory());
    const { memory } = recorded;
    await memory.createTopic('t');
    for (const value of ['a', 'b', 'c']) await send(memory.connect(), 't', value);
    for (const committedOffset of [2n, 1n]) {
      const topics = [
        { name: 't', partitions: [{ partitionIndex: 0, committedOffset, committedMetadata: '' }] },
      ];
      await memory.connect().call(offsetCommit, 5, { groupId: 'g', topics });
    }
    const progress = { group: 'g', topic: 't', partition: 0, committed: 1, end: 3, timesBack: 1 };
    assert.deepEqual(groupProgress(recorded.finished()), [progress]);
  });

  it('tells what members were assigned, by the classic protocol and by that of KIP-848', async () => {
    const recorded = new Recorded(new BrokerInMemory({ groupVersion: 1 }));
    const { memory } = recorded;
    await memory.createTopic('t');
    const client = memory.connect(1, 'reader');
    const protocols = [{ name: 'range', metadata: encodeSubscription(0, { topics: ['t'] }) }];
    const joining = { groupId: 'classic', sessionTimeoutMs: 6000, protocolType: 'consumer', protocols };
    const { memberId, generationId } = await client.call(joinGroup, 2, joining);
    const assignment = encodeAssignment(0, { assignedPartitions: [{ topic: 't', partitions: [0] }] });
    const assignments = [{ memberId, assignment }];
    await client.call(syncGroup, 3, { groupId: 'classic', generationId, memberId, assignments });
    const beat = { groupId: 'new', memberId: 'm', memberEpoch: 0, rebalanceTimeoutMs: 1000 };
    const topics = { subscribedTopicNames: ['t'], topicPartitions: [] };
    await client.call(consumerGroupHeartbeat, 1, { ...beat, ...topics });
    const told = recorded.finished().filter((event) => event.type === 'rebalance');
    assert.deepEqual(
      told.map((one) => [one.group, one.generation, one.memberId, one.assigned]),
      [
        ['classic', generationId, memberId, [{ topic: 't', partition: 0 }]],
        ['new', 1, 'm', [{ topic: 't', partition: 0 }]],
      ],
    );
    assert.match(told[0]?.process ?? '', /^reader#\d+$/);
  });

  it('does not take a fault for struck that found nothing to act on', async () => {
    const recorded = new Recorded();
    const { memory } = recorded;
    await memory.createTopic('t');
    const action = { kind: 'expire-transaction', transactionalId: 'nobody' } as const;
    memory.broker.arm({ api: 'Produce', phase: 'received', action });
    await send(memory.connect(), 't', 'a');
    assert.deepEqual(found(recorded.finished()).doubts, ['fault-not-fired-once']);
  });

  it('costs nothing and tells nothing once it is over', async () => {
    const memory = new BrokerInMemory();
    const told: Observation[] = [];
    const recording = recordHistory(memory.broker, (observation) => told.push(observation));
    recording.finish();
    const count = told.length;
    await memory.createTopic('t');
    await send(memory.connect(), 't', 'a');
    assert.equal(told.length, count);
  });
});

describe('the text of a value', () => {
  it('is the value itself, or its beginning and a digest that tells it from others', () => {
    assert.equal(valueText(Buffer.from('é m0')), 'é m0');
    assert.equal(valueText(null), '');
    const long = (end: string) => valueText(Buffer.from('x'.repeat(1000) + end));
    assert.notEqual(long('a'), long('b'));
    assert.match(long('a'), /^x{60}…sha256:[0-9a-f]{16} \(1001 bytes\)$/);
    assert.match(valueText(Buffer.from([0xff, 0xfe])), /^…sha256:[0-9a-f]{16} \(2 bytes\)$/);
  });
});
