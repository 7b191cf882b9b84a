import assert from 'node:assert/strict';
import { check } from '../../../src/core/history/check.js';
import type { History, HistoryEvent, Observation } from '../../../src/core/history/events.js';
import type { AnomalyName, Verdict } from '../../../src/core/history/verdict.js';
import { ForgedHistory, mutated } from './build.js';
import { ForgedLog } from './forged-log.js';
import { cleanConsumerRun, cleanPipelineRun, seeded } from './samples.js';

const twoPartitions = { topics: [{ role: 'output', topic: 'output', partitions: 2 }] } as const;

describe('where a definition about losses, copies and order ends', () => {
  it('a partition that nobody read proves no loss', () => {
    const forged = new ForgedHistory(twoPartitions).send('producer', 'a', { partition: 1, offset: 0 });
    assert.deepEqual(check(forged.drain(new ForgedLog()).history()).anomalies, []);
  });

  it('the partitions are counted where the history does not tell their number', () => {
    const log = new ForgedLog();
    const forged = new ForgedHistory({ topics: [] }).send('producer', 'a', { offset: log.append('a') });
    forged.send('producer', 'b', { partition: 1, offset: 0 });
    const { doubts } = check(forged.drain(log).history());
    assert.deepEqual(
      doubts.map(({ detail }) => [detail['partition'], detail['why']]),
      [[1, 'nothing-read']],
    );
  });

  it('no reader went past a write in a partition of which nothing was read', () => {
    const log = new ForgedLog();
    const forged = new ForgedHistory(twoPartitions).send('producer', 'a', { offset: log.append('a') });
    forged.send('producer', 'b', { partition: 1, offset: 0 });
    assert.equal(count(forged.drain(log).drain(new ForgedLog('output', 1)).history(), 'lost-write'), 0);
  });

  it('a second copy further behind does not show how far readers went', () => {
    const log = new ForgedLog();
    log.append('c');
    log.append('other', { producerId: 1, epoch: 0, transactional: true });
    log.mark(1, false);
    log.append('c');
    const forged = new ForgedHistory()
      .send('producer', 'c', { offset: 0 })
      .send('producer', 'b', { offset: 1 });
    assert.equal(count(forged.drain(log).history(), 'lost-write'), 0);
  });

  it('a write is not lost while a copy of it stands beyond what was read', () => {
    const log = new ForgedLog();
    ['other', 'c'].forEach((value) => log.append(value));
    log.append('b', { producerId: 1, epoch: 0, transactional: true });
    const forged = new ForgedHistory()
      .send('producer', 'b', { offset: 0 })
      .send('producer', 'c', { offset: 1 });
    assert.equal(count(forged.drain(log).history(), 'lost-write'), 0);
  });

  it('nothing is lost in a client whose requests were not looked into', () => {
    const request = (values?: readonly string[]): Observation => ({
      ...{ type: 'request', process: 'producer', connection: 1, api: 'Produce', version: 7 },
      ...{ correlationId: 1, bytes: 100, detail: { topic: 'output', ...(values && { values }) } },
    });
    const lost = (...frames: readonly Observation[]) =>
      count(
        new ForgedHistory()
          .send('producer', 'a')
          .add(...frames)
          .drain(new ForgedLog())
          .history(),
        'lost-in-client',
      );
    assert.deepEqual([lost(request(['b'])), lost(request()), lost()], [1, 0, 0]);
  });

  describe('what a group skipped', () => {
    /** The group is handed m0, does nothing, and its commit ends as told; nobody else tells how far it came. */
    function without(commit: (forged: ForgedHistory) => void): Verdict {
      const { forged, input } = seeded();
      forged.poll('consumer', 0, 'm0');
      commit(forged);
      return check(forged.drain(input).history());
    }

    const offset = { f: 'commit-offset', group: 'group', topic: 'input', partition: 0, offset: 1 } as const;

    it('is told by a commit that succeeded, not by one that failed', () => {
      assert.equal(
        countIn(
          without((forged) => forged.commitOffset('consumer', 1)),
          'skipped',
        ),
        1,
      );
      assert.equal(
        countIn(
          without((forged) => forged.operation('consumer', offset, 'fail')),
          'skipped',
        ),
        0,
      );
    });

    it('is told by a commit in a transaction when that was committed', () => {
      const ended = (how: 'commit' | 'abort') =>
        without((forged) => forged.commitOffset('consumer', 1, 'consumer/1')[how]('consumer', 'consumer/1'));
      assert.deepEqual([countIn(ended('commit'), 'skipped'), countIn(ended('abort'), 'skipped')], [1, 0]);
    });

    it('is nothing while another copy is still before it', () => {
      const { forged, input } = seeded();
      forged.send('seeder', 'm0', { topic: 'input', offset: input.append('m0') });
      forged.commitOffset('consumer', 1);
      assert.equal(count(forged.drain(input, 'end', { group: 1 }).history(), 'skipped'), 0);
    });
  });

  describe('a step over records', () => {
    function stepped(isolation: 'read_committed' | 'read_uncommitted', between?: Observation): History {
      const { forged, input } = seeded();
      input.append('aborted', { producerId: 5, epoch: 0, transactional: true });
      input.mark(5, false);
      input.append('last');
      forged.send('upstream', 'aborted', { topic: 'input', offset: 10, transaction: 'upstream/1' });
      forged.abort('upstream', 'upstream/1').send('seeder', 'last', { topic: 'input', offset: 12 });
      forged.poll('consumer', 9, 'm9', { isolation });
      if (between) forged.add(between);
      return forged.poll('consumer', 12, 'last', { isolation }).drain(input).history();
    }

    it('that were aborted is a skip for read_uncommitted only', () => {
      assert.equal(count(stepped('read_committed'), 'poll-skip'), 0);
      assert.equal(count(stepped('read_uncommitted'), 'poll-skip'), 1);
    });

    it('is excused by a rebalance of its own process, not of another', () => {
      const rebalance = (process: string): Observation => ({
        ...{ type: 'rebalance', process, group: 'group', generation: 2, memberId: process },
        assigned: [{ topic: 'input', partition: 0 }],
      });
      assert.equal(count(stepped('read_uncommitted', rebalance('consumer')), 'poll-skip'), 0);
      assert.equal(count(stepped('read_uncommitted', rebalance('other')), 'poll-skip'), 1);
    });
  });

  describe('at least once', () => {
    const lastOffset = (event: HistoryEvent): boolean =>
      (event.type === 'invoke' || event.type === 'ok') && event.f === 'commit-offset' && event.offset === 10;

    it('does not hold for a value that has had no effect yet, though it is not lost either', () => {
      const behind = mutated(cleanConsumerRun(), (event) => {
        if (event.type === 'drain') return [{ ...event, committed: { group: 9 } }];
        const isLast = (event.type === 'invoke' || event.type === 'ok') && event.f === 'effect';
        return (isLast && event.value === 'm9') || lastOffset(event) ? [] : [event];
      });
      const [layer] = check(behind).layers;
      assert.deepEqual([layer?.lost, layer?.atLeastOnce], [0, false]);
    });

    it('does not hold for an input that has had no output yet, though it is not lost either', () => {
      const behind = mutated(cleanPipelineRun(), (event) => {
        if (event.type === 'drain') {
          const records = event.records.filter(({ value }) => value !== 'M9');
          return [{ ...event, records, ...(event.topic === 'input' && { committed: { group: 9 } }) }];
        }
        const isSend = (event.type === 'invoke' || event.type === 'ok') && event.f === 'send';
        return (isSend && event.value === 'M9') || lastOffset(event) ? [] : [event];
      });
      const [layer] = check(behind).layers;
      assert.deepEqual([layer?.lost, layer?.atLeastOnce], [0, false]);
    });
  });

  it('an effect that the ledger refused or a crash cut off is not counted', () => {
    const { forged, input } = seeded();
    forged
      .effect('consumer', 0, 'm0')
      .effect('consumer', 0, 'm0', 'skipped')
      .effect('consumer', 1, 'm1', 'pending');
    assert.equal(check(forged.process('consumer', 'crash').drain(input).history()).counts.effects, 1);
  });
});

function count(history: History, name: AnomalyName): number {
  return countIn(check(history), name);
}

function countIn({ anomalies }: Verdict, name: AnomalyName): number {
  return anomalies.find((anomaly) => anomaly.name === name)?.count ?? 0;
}
