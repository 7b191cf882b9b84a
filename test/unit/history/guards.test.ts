import assert from 'node:assert/strict';
import { check } from '../../../src/core/history/check.js';
import type { History, HistoryEvent } from '../../../src/core/history/events.js';
import type { Doubt } from '../../../src/core/history/verdict.js';
import { coreScenarios, scenarioById } from '../../../src/core/scenario/catalogue.js';
import { simulate } from '../scenario/simulation.js';
import { ForgedHistory, mutated } from './build.js';
import { ForgedLog } from './forged-log.js';
import { cleanConsumerRun, cleanProducerRun, cleanTransaction, seeded } from './samples.js';

type Drain = Extract<HistoryEvent, { type: 'drain' }>;

function doubts(history: History): readonly Doubt[] {
  return check(history).doubts;
}

function changeDrains(history: History, change: (drain: Drain) => readonly Drain[]): History {
  return mutated(history, (event) => (event.type === 'drain' ? change(event) : [event]));
}

function embedded(id: string, phase: 'control' | 'fault' = 'control'): History {
  const scenario = scenarioById(id);
  assert.ok(scenario);
  return simulate(scenario, phase);
}

describe('guards', () => {
  it('doubt nothing of the simulated runs, in the control and with the fault', () => {
    for (const scenario of coreScenarios) {
      assert.deepEqual(doubts(simulate(scenario, 'control')), [], scenario.id);
      assert.deepEqual(doubts(simulate(scenario, 'fault')), [], scenario.id);
    }
  });

  it('report the first gap in the sequence numbers', () => {
    const clean = cleanProducerRun();
    assert.deepEqual(doubts(clean.filter(({ seq }) => seq !== 5 && seq !== 9))[0], {
      guard: 'sequence-gap',
      detail: { expected: 5, found: 6 },
    });
  });

  it('report a process that failed, with its error', () => {
    const failed = mutated(cleanProducerRun(), (event) =>
      event.type === 'process' && event.event === 'stop'
        ? [{ ...event, event: 'error' as const, error: 'out of memory' }]
        : [event],
    );
    assert.deepEqual(doubts(failed), [
      { guard: 'process-failed', detail: { process: 'producer', error: 'out of memory' } },
    ]);
  });

  it('report a process that started and never ended', () => {
    const unfinished = mutated(cleanProducerRun(), (event) =>
      event.type === 'process' && event.event === 'stop' ? [] : [event],
    );
    assert.deepEqual(doubts(unfinished), [
      { guard: 'process-failed', detail: { process: 'producer', error: 'unfinished' } },
    ]);
  });

  it('report that the run was cancelled, and take no other note for that', () => {
    const note = { type: 'note', detail: '' } as const;
    const noted = (about: 'cancelled' | 'takeover'): History =>
      mutated(cleanProducerRun(), (event) => (event.seq === 3 ? [event, { ...note, about }] : [event]));
    assert.deepEqual(doubts(noted('cancelled')), [{ guard: 'cancelled', detail: {} }]);
    assert.deepEqual(doubts(noted('takeover')), []);
  });

  describe('on operations', () => {
    const log = new ForgedLog();

    function whyOf(forged: ForgedHistory): unknown {
      const found = doubts(forged.drain(log).history());
      return found.map(({ guard, detail }) => (guard === 'operations-unaccounted' ? detail['why'] : guard));
    }

    it('report one that never ended although its process did not crash', () => {
      assert.deepEqual(whyOf(new ForgedHistory().send('producer', 'a', { ending: 'pending' })), [
        'no-ending',
      ]);
    });

    it('accept one that a crash cut off', () => {
      const forged = new ForgedHistory().send('producer', 'a', { ending: 'pending' });
      assert.deepEqual(whyOf(forged.process('producer', 'crash')), []);
    });

    it('report an ending without an invocation, a second ending, and one of another operation', () => {
      const send = {
        f: 'send',
        topic: 'output',
        partition: 0,
        value: 'a',
        process: 'p',
        operation: 1,
      } as const;
      const poll = { f: 'poll', process: 'p', operation: 1 } as const;
      const invoke = { type: 'invoke', ...send } as const;
      const failed = { type: 'fail', error: '', ...send } as const;
      assert.deepEqual(whyOf(new ForgedHistory().add(failed)), ['no-invoke']);
      assert.deepEqual(whyOf(new ForgedHistory().add(invoke, failed, failed)), ['two-endings']);
      assert.deepEqual(whyOf(new ForgedHistory().add(invoke, failed, invoke)), ['two-invokes']);
      const other = { type: 'fail', error: '', ...poll } as const;
      assert.deepEqual(whyOf(new ForgedHistory().add(invoke, other)), ['another-operation', 'no-ending']);
    });
  });

  describe('on drains', () => {
    function why(history: History): unknown {
      return doubts(history).map(({ guard, detail }) =>
        guard === 'drain-incomplete' ? detail['why'] : guard,
      );
    }

    it('report a history that nobody read', () => {
      const unread = changeDrains(cleanProducerRun(), () => []);
      assert.deepEqual(why(unread), ['nothing-read']);
      assert.deepEqual(why([]), ['nothing-read']);
    });

    it('report a partition that nobody read', () => {
      const twoPartitions = mutated(cleanProducerRun(), (event) =>
        event.type === 'run'
          ? [{ ...event, topics: [{ role: 'output', topic: 'output', partitions: 2 }] }]
          : [event],
      );
      assert.deepEqual(doubts(twoPartitions), [
        {
          guard: 'drain-incomplete',
          detail: { label: 'end', topic: 'output', partition: 1, why: 'nothing-read' },
        },
      ]);
    });

    it('report claims that nobody could list: a billion partitions, offsets up to the largest number', () => {
      const largest = Number.MAX_SAFE_INTEGER;
      const partitions = mutated(cleanProducerRun(), (event) =>
        event.type === 'run'
          ? [{ ...event, topics: [{ role: 'output', topic: 'output', partitions: largest }] }]
          : [event],
      );
      assert.deepEqual(why(partitions), ['nothing-read']);
      const offsets = changeDrains(cleanProducerRun(), (drain) => [
        { ...drain, highWatermark: largest, lastStableOffset: largest },
      ]);
      assert.ok(doubts(offsets).some(({ detail }) => detail['why'] === 'hole'));
    });

    it('report a missing isolation level', () => {
      const half = changeDrains(cleanProducerRun(), (drain) =>
        drain.isolation === 'read_committed' ? [] : [drain],
      );
      assert.deepEqual(why(half), ['one-isolation-level']);
    });

    it('report a reader that gave up', () => {
      const early = changeDrains(cleanProducerRun(), (drain) => [{ ...drain, complete: false }]);
      assert.deepEqual(why(early), ['gave-up']);
      for (const isolation of ['read_committed', 'read_uncommitted']) {
        const half = changeDrains(cleanProducerRun(), (drain) => [
          { ...drain, complete: drain.isolation !== isolation },
        ]);
        assert.deepEqual(why(half), ['gave-up']);
      }
    });

    it('report that the log moved between the two readings', () => {
      const moved = changeDrains(cleanProducerRun(), (drain) => [
        drain.isolation === 'read_committed' ? { ...drain, highWatermark: 11, lastStableOffset: 11 } : drain,
      ]);
      assert.deepEqual(why(moved), ['log-moved']);
    });

    it('report an offset that is neither a record’s nor a marker’s, where markers are told', () => {
      const hole = changeDrains(cleanTransaction(), (drain) => [{ ...drain, markers: [] }]);
      assert.ok(doubts(hole).some(({ detail }) => detail['why'] === 'hole'));
      const untold = changeDrains(cleanTransaction(), ({ markers: _, ...drain }) => [drain]);
      assert.deepEqual(doubts(untold), []);
    });
  });

  it('report values in the log that nobody is known to have written', () => {
    const log = new ForgedLog();
    log.append('stranger');
    assert.deepEqual(doubts(new ForgedHistory().drain(log).history()), [
      { guard: 'unknown-writer', detail: { topic: 'output', value: 'stranger', records: 1 } },
    ]);
  });

  describe('on transactions', () => {
    function endedWith(end: 'commit' | 'crash'): readonly Doubt[] {
      const log = new ForgedLog();
      const forged = new ForgedHistory().begin('producer', 'producer/1');
      const offset = log.append('a', { producerId: 1, epoch: 0, transactional: true });
      forged.send('producer', 'a', { transaction: 'producer/1', offset });
      if (end === 'commit') forged.commit('producer', 'producer/1');
      else forged.process('producer', 'crash');
      return doubts(forged.drain(log).history());
    }

    it('report a drain that came before the marker of an acknowledged commit', () => {
      const detail = { topic: 'output', partition: 0, lastStableOffset: 0, highWatermark: 1 };
      assert.deepEqual(endedWith('commit'), [{ guard: 'transaction-open', detail }]);
    });

    it('accept one that was open at an observation in the middle and has ended since', () => {
      const log = new ForgedLog();
      const forged = new ForgedHistory().begin('producer', 'producer/1');
      const offset = log.append('a', { producerId: 1, epoch: 0, transactional: true });
      forged.send('producer', 'a', { transaction: 'producer/1', offset }).drain(log, 'while-open');
      log.mark(1, true);
      assert.deepEqual(doubts(forged.commit('producer', 'producer/1').drain(log).history()), []);
    });

    it('accept a transaction that a crash left open: it is reported as blocked', () => {
      assert.deepEqual(endedWith('crash'), []);
    });
  });

  it('report an empty ledger where effects are measured, and only there', () => {
    const { forged, input } = seeded();
    const empty = forged.drain(input).history();
    assert.deepEqual(doubts(empty), [{ guard: 'no-effects', detail: { visible: 10 } }]);
    assert.deepEqual(doubts(cleanConsumerRun()), []);
    assert.deepEqual(doubts(cleanProducerRun()), []);
  });

  describe('on faults', () => {
    const fault = { type: 'fault', point: 'P1', process: 'producer', action: 'lose-request' } as const;

    function struck(...events: readonly ('armed' | 'fired')[]): readonly Doubt[] {
      return doubts(
        mutated(cleanProducerRun(), (event) =>
          event.seq === 3 ? [event, ...events.map((one) => ({ ...fault, event: one }))] : [event],
        ),
      );
    }

    it('accept one that fired once, or none at all', () => {
      assert.deepEqual(struck(), []);
      assert.deepEqual(struck('armed', 'fired'), []);
    });

    it('report one that never fired, or fired twice', () => {
      const doubt = { guard: 'fault-not-fired-once', detail: { point: 'P1', fired: 0 } };
      assert.deepEqual(struck('armed'), [doubt]);
      assert.deepEqual(struck('armed', 'fired', 'fired'), [{ ...doubt, detail: { point: 'P1', fired: 2 } }]);
    });
  });

  describe('on the broker’s own word', () => {
    function whatOf(history: History): unknown {
      return doubts(history).map(({ guard, detail }) =>
        guard === 'broker-disagrees' ? detail['what'] : guard,
      );
    }

    it('report an append that no reader found', () => {
      const clean = embedded('producer.at-least-once.response-lost');
      const more = mutated(clean, (event) =>
        event.type === 'append' && event.baseOffset === 9 ? [{ ...event, lastOffset: 10 }] : [event],
      );
      assert.deepEqual(whatOf(more), ['appends']);
    });

    it('report a record that no append tells of, an append told twice, and one longer than any memory', () => {
      const clean = embedded('producer.at-least-once.response-lost');
      const changed = (
        change: (event: HistoryEvent & { type: 'append' }) => readonly HistoryEvent[],
      ): History =>
        mutated(clean, (event) =>
          event.type === 'append' && event.baseOffset === 4 ? change(event) : [event],
        );
      assert.deepEqual(whatOf(changed(() => [])), ['appends']);
      assert.deepEqual(whatOf(changed((event) => [event, event])), ['appends']);
      const longest = changed((event) => [{ ...event, lastOffset: Number.MAX_SAFE_INTEGER }]);
      assert.deepEqual(whatOf(longest), ['appends']);
    });

    it('accept that what was deleted since is told of and read no more', () => {
      const deleted = mutated(embedded('producer.at-least-once.response-lost'), (event) =>
        event.type === 'drain'
          ? [{ ...event, logStart: 3, records: event.records.filter(({ offset }) => offset >= 3) }]
          : [event],
      );
      assert.deepEqual(whatOf(deleted), []);
    });

    it('report a marker that readers saw as its opposite', () => {
      const turned = mutated(embedded('producer.exactly-once.abort'), (event) =>
        event.type === 'marker' ? [{ ...event, commit: !event.commit }] : [event],
      );
      assert.deepEqual(whatOf(turned), ['markers']);
    });

    it('report another high watermark and another last stable offset', () => {
      const clean = embedded('producer.at-least-once.response-lost');
      const off = mutated(clean, (event) =>
        event.type === 'watermarks' ? [{ ...event, highWatermark: 99, lastStableOffset: 98 }] : [event],
      );
      assert.deepEqual(whatOf(off), ['high-watermark', 'last-stable-offset']);
    });

    it('report a recognised retry that the wire does not show', () => {
      const struck = embedded('producer.exactly-once.response-lost', 'fault');
      const untold = mutated(struck, (event) => (event.type === 'deduplicated' ? [] : [event]));
      assert.deepEqual(whatOf(untold), ['deduplicated']);
    });

    it('report that read_committed shows what read_uncommitted does not', () => {
      const odd = changeDrains(cleanProducerRun(), ({ markers: _, ...drain }) => [
        drain.isolation === 'read_uncommitted'
          ? { ...drain, records: drain.records.filter(({ value }) => value !== 'm4') }
          : drain,
      ]);
      assert.deepEqual(whatOf(odd), ['read-committed-only']);
    });

    it('is not asked where the broker tells nothing of itself', () => {
      const clean = embedded('producer.at-least-once.response-lost');
      const silent = mutated(clean, (event) =>
        event.type === 'append' || event.type === 'watermarks' ? [] : [event],
      );
      assert.deepEqual(doubts(silent), []);
    });
  });
});
