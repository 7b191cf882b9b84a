import assert from 'node:assert/strict';
import { check } from '../../../src/core/history/check.js';
import type { DrainEvent, History } from '../../../src/core/history/events.js';
import type { AnomalyName } from '../../../src/core/history/verdict.js';
import { ForgedHistory, mutated } from './build.js';
import { ForgedLog } from './forged-log.js';
import { seededPipeline } from './samples.js';

const batch = { producerId: 1, epoch: 0, transactional: true };
const first = 'producer/1';
const second = 'producer/2';

describe('where a definition about transactions ends', () => {
  it('a look before a later transaction blames the one that was open then', () => {
    const log = new ForgedLog();
    const forged = new ForgedHistory().begin('producer', first);
    forged.send('producer', 'a', { transaction: first, offset: log.append('a', batch) });
    forged.process('producer', 'crash').drain(log, 'while-open');
    log.mark(1, false, 1);
    forged.send('producer#2', 'a', { transaction: second, offset: log.append('a', { ...batch, epoch: 2 }) });
    log.mark(1, true, 2);
    const history = forged.commit('producer#2', second).drain(log).history();
    assert.deepEqual(holders(history), [first]);
  });

  it('a look at the end blames the transaction that is open, not an earlier one with the same value', () => {
    const log = new ForgedLog();
    const forged = new ForgedHistory().begin('producer', first);
    forged.send('producer', 'a', { transaction: first, offset: log.append('a', batch) });
    log.mark(1, false);
    forged.abort('producer', first).begin('producer', second);
    forged.send('producer', 'a', { transaction: second, offset: log.append('a', batch) });
    assert.deepEqual(holders(forged.process('producer', 'crash').drain(log).history()), [second]);
  });

  it('a transaction of which one partition has no marker yet is not torn', () => {
    const logs = [new ForgedLog(), new ForgedLog('output', 1)] as const;
    const forged = new ForgedHistory();
    for (const log of logs) {
      const { partition } = log;
      forged.send('producer', `m${partition}`, {
        partition,
        transaction: first,
        offset: log.append(`m${partition}`, batch),
      });
    }
    logs[0].mark(1, true);
    assert.equal(
      count(forged.commit('producer', first).drain(logs[0]).drain(logs[1]).history(), 'torn-transaction'),
      0,
    );
  });

  it('a transaction is not torn by a send that failed, which its application knew when it committed', () => {
    const log = new ForgedLog();
    const forged = new ForgedHistory().begin('producer', first);
    forged.send('producer', 'a', { transaction: first, offset: log.append('a', batch) });
    forged.send('producer', 'b', { transaction: first, ending: 'fail' });
    log.mark(1, true);
    assert.equal(count(forged.commit('producer', first).drain(log).history(), 'torn-transaction'), 0);
  });

  it('a marker of an older epoch is no write of a fenced producer', () => {
    const log = new ForgedLog();
    const forged = new ForgedHistory().send('producer', 'a', {
      transaction: first,
      offset: log.append('a', { ...batch, epoch: 1 }),
    });
    log.mark(1, true, 0);
    assert.equal(count(forged.commit('producer', first).drain(log).history(), 'fenced-write'), 0);
  });

  it('an aborted value that is seen is aborted-read, no phantom, whatever the marker says', () => {
    const log = new ForgedLog();
    const forged = new ForgedHistory().begin('producer', first);
    forged.send('producer', 'a', { transaction: first, offset: log.append('a', batch) });
    log.mark(1, true);
    const history = forged.abort('producer', first).drain(log).history();
    assert.deepEqual([count(history, 'aborted-read'), count(history, 'phantom')], [1, 0]);
  });

  it('a value whose transaction was aborted cannot be lost from the log', () => {
    const forged = new ForgedHistory().begin('producer', first);
    forged.send('producer', 'a', { transaction: first, offset: 0 }).abort('producer', first);
    const { anomalies } = check(forged.drain(new ForgedLog()).history());
    assert.deepEqual(anomalies, []);
  });

  it('a commit that was told ok is not taken back by an abort that was told ok after it', () => {
    const forged = new ForgedHistory().begin('producer', first);
    forged.send('producer', 'a', { transaction: first, offset: 0 });
    forged.commit('producer', first).abort('producer', first);
    assert.equal(count(forged.drain(new ForgedLog()).history(), 'silent-loss'), 1);
  });

  it('a read between a commit that failed and the abort is a read before the end', () => {
    const log = new ForgedLog();
    const forged = new ForgedHistory().begin('producer', first);
    forged.send('producer', 'a', { transaction: first, offset: log.append('a', batch) });
    forged.commit('producer', first, 'fail').poll('producer', 0, 'a', { topic: 'output' });
    log.mark(1, false);
    assert.equal(count(forged.abort('producer', first).drain(log).history(), 'precommitted-read'), 1);
  });

  it('to read an earlier copy of a value, or one before it was sent, is no read of its transaction', () => {
    const log = new ForgedLog();
    const forged = new ForgedHistory().send('other', 'a', { offset: log.append('a') });
    forged.poll('producer', 0, 'a', { topic: 'output' }).begin('producer', first);
    forged.send('producer', 'a', { transaction: first });
    log.append('a', batch);
    log.mark(1, true);
    forged.commit('producer', first).begin('producer', second);
    forged.send('producer', 'a', { transaction: second, offset: log.append('a', batch) });
    forged.poll('producer', 0, 'a', { topic: 'output' });
    log.mark(1, true);
    assert.equal(count(forged.commit('producer', second).drain(log).history(), 'precommitted-read'), 0);
  });

  it('each incarnation wrote its own copy of a value, though neither was told where', () => {
    const log = new ForgedLog();
    const forged = new ForgedHistory().begin('producer', first);
    forged.send('producer', 'a', { transaction: first });
    log.append('a', batch);
    log.mark(1, false);
    forged.abort('producer', first).begin('producer#2', second);
    forged.send('producer#2', 'a', { transaction: second });
    log.append('a', batch);
    log.mark(1, true);
    assert.equal(count(forged.commit('producer#2', second).drain(log).history(), 'aborted-read'), 0);
  });

  it('what an open transaction hides is not aborted, also where nobody tells of markers', () => {
    const log = new ForgedLog();
    const forged = new ForgedHistory().begin('producer', first);
    forged.send('producer', 'a', { transaction: first, offset: log.append('a', batch) });
    const history = forged.process('producer', 'crash').drain(log).history();
    assert.equal(
      count(
        changed(history, ({ markers: _, ...drain }) => drain),
        'aborted-visible',
      ),
      0,
    );
  });

  describe('an output', () => {
    function derivedFrom(offset: number): History {
      const { forged, input } = seededPipeline();
      const output = new ForgedLog();
      input.append('upstream', { producerId: 5, epoch: 0, transactional: true });
      forged.send('upstream', 'upstream', { topic: 'input', offset: 10, transaction: 'upstream/1' });
      const source = { topic: 'input', partition: 0, offset };
      forged.send('pipeline', 'OUT', { source, offset: output.append('OUT') });
      return forged.drain(input).drain(output).history();
    }

    it('is no orphan while its source is held back', () => {
      assert.equal(count(derivedFrom(10), 'orphan-output'), 0);
    });

    it('is no orphan when its source was deleted since', () => {
      const deleted = changed(derivedFrom(1), (drain) =>
        drain.topic === 'input'
          ? { ...drain, logStart: 3, records: drain.records.filter(({ offset }) => offset >= 3) }
          : drain,
      );
      assert.equal(count(deleted, 'orphan-output'), 0);
    });
  });
});

function count(history: History, name: AnomalyName): number {
  return check(history).anomalies.find((anomaly) => anomaly.name === name)?.count ?? 0;
}

/** The transactions that `blocked` names. */
function holders(history: History): readonly (string | undefined)[] {
  const blocked = check(history).anomalies.find(({ name }) => name === 'blocked');
  return (blocked?.witnesses ?? []).map(({ transaction }) => transaction);
}

function changed(history: History, change: (drain: DrainEvent) => DrainEvent): History {
  return mutated(history, (event) => [event.type === 'drain' ? change(event) : event]);
}
