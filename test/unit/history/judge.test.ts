import assert from 'node:assert/strict';
import { check } from '../../../src/core/history/check.js';
import type { FaultEvent, History, Observation } from '../../../src/core/history/events.js';
import { differencesFrom, judge, type Judgement } from '../../../src/core/history/judge.js';
import { coreScenarios, scenarioById } from '../../../src/core/scenario/catalogue.js';
import type { Scenario } from '../../../src/core/scenario/scenario.js';
import { simulate } from '../scenario/simulation.js';
import { mutated } from './build.js';

type Change = (event: History[number]) => readonly Observation[];

function scenarioOf(id: string): Scenario {
  const scenario = scenarioById(id);
  assert.ok(scenario);
  return scenario;
}

const keep: Change = (event) => [event];

function judged(scenario: Scenario, changes: { control?: Change; fault?: Change } = {}): Judgement {
  const [control, fault] = (['control', 'fault'] as const).map((phase) => {
    const history = mutated(simulate(scenario, phase), changes[phase] ?? keep);
    return { history, verdict: check(history) };
  });
  assert.ok(control && fault);
  return judge(scenario, control, fault);
}

function changedFault(change: Partial<FaultEvent>): Change {
  return (event) => [event.type === 'fault' && event.event === 'fired' ? { ...event, ...change } : event];
}

describe('judge', () => {
  const duplicate = scenarioOf('producer.at-least-once.response-lost');
  const crash = scenarioOf('consumer.at-least-once.crash-before-commit');

  it('finds a count and an anomaly that differ, each with what was expected and found', () => {
    const clean = { ...duplicate, expected: { ...duplicate.expected, fault: duplicate.expected.control } };
    const { asExpected, conclusive, differences } = judged(clean);
    assert.equal(conclusive, true);
    assert.equal(asExpected, false);
    assert.deepEqual(differences, [
      { phase: 'fault', what: 'readUncommitted', expected: 10, found: 11 },
      { phase: 'fault', what: 'readCommitted', expected: 10, found: 11 },
      { phase: 'fault', what: 'endOffset', expected: 10, found: 11 },
      { phase: 'fault', what: 'lastStableOffset', expected: 10, found: 11 },
      { phase: 'fault', what: 'duplicates', expected: 0, found: 1 },
      { phase: 'fault', what: 'duplicate', expected: 0, found: 1 },
    ]);
  });

  it('misses an anomaly that was expected and did not happen', () => {
    const verdict = check(simulate(duplicate, 'control'));
    const expectation = { counts: {}, anomalies: { duplicate: 1 } };
    assert.deepEqual(differencesFrom(expectation, verdict, 'fault'), [
      { phase: 'fault', what: 'duplicate', expected: 1, found: 0 },
    ]);
  });

  it('holds observations in the middle of the plot against theirs', () => {
    const scenario = scenarioOf('producer.exactly-once.crash-then-other-writer');
    const verdict = check(simulate(scenario, 'fault'));
    const observed = { 'while-open': { readCommitted: 1 }, never: { endOffset: 3 } };
    const expectation = { ...scenario.expected.fault, observed };
    assert.deepEqual(differencesFrom(expectation, verdict, 'fault'), [
      { phase: 'fault', observed: 'while-open', what: 'readCommitted', expected: 1, found: 0 },
      { phase: 'fault', observed: 'never', what: 'endOffset', expected: 3, found: -1 },
    ]);
  });

  it('concludes nothing when the control was not clean', () => {
    const doubled: Change = (event) =>
      event.type === 'drain'
        ? [
            {
              ...event,
              records: [...event.records, { offset: 10, value: 'm1' }],
              highWatermark: 11,
              lastStableOffset: 11,
            },
          ]
        : event.type === 'append' || event.type === 'watermarks'
          ? []
          : [event];
    const { conclusive, inconclusiveBecause } = judged(duplicate, { control: doubled });
    assert.equal(conclusive, false);
    assert.deepEqual(inconclusiveBecause, [
      { guard: 'control-not-clean', detail: { what: 'readUncommitted', expected: 10, found: 11 } },
    ]);
  });

  it('concludes nothing when a fault struck in the control', () => {
    const control: Change = (event) =>
      event.seq === 2
        ? [
            event,
            ...(['armed', 'fired'] as const).map((one) => ({
              ...({ type: 'fault', event: one, point: 'P2', process: 'producer' } as const),
              action: 'lose-response',
            })),
          ]
        : [event];
    assert.deepEqual(judged(duplicate, { control }).inconclusiveBecause, [
      { guard: 'control-not-clean', detail: { what: 'fault', expected: 0, found: 1 } },
    ]);
  });

  it('concludes nothing when the fault was never armed', () => {
    const fault: Change = (event) => (event.type === 'fault' ? [] : [event]);
    assert.deepEqual(judged(duplicate, { fault }).inconclusiveBecause, [
      { guard: 'fault-not-armed', detail: { point: 'P2' } },
    ]);
  });

  it('says once, not twice, that the fault did not fire', () => {
    const fault: Change = (event) => (event.type === 'fault' && event.event === 'fired' ? [] : [event]);
    assert.deepEqual(judged(duplicate, { fault }).inconclusiveBecause, [
      { guard: 'fault-not-fired-once', detail: { point: 'P2', fired: 0 } },
    ]);
  });

  describe('concludes nothing when the fault struck', () => {
    const elsewhere: readonly (readonly [string, Scenario, Partial<FaultEvent>, string])[] = [
      ['another message', duplicate, { message: 'm5' }, 'message'],
      ['another request', duplicate, { api: 'EndTxn' }, 'api'],
      ['another process', duplicate, { process: 'producer#2' }, 'process'],
      ['in another way', duplicate, { action: 'lose-request' }, 'action'],
      ['at another point', { ...crash }, { after: 'commit-offset' }, 'after'],
    ];
    for (const [how, scenario, change, what] of elsewhere) {
      it(how, () => {
        const { conclusive, inconclusiveBecause } = judged(scenario, { fault: changedFault(change) });
        assert.equal(conclusive, false);
        assert.equal(inconclusiveBecause[0]?.guard, 'fault-elsewhere');
        assert.equal(inconclusiveBecause[0].detail['what'], what);
      });
    }

    it('by its own account only: no response was lost', () => {
      const fault: Change = (event) => {
        if (event.type !== 'response') return [event];
        const { fate: _, ...arrived } = event;
        return [arrived];
      };
      assert.deepEqual(judged(duplicate, { fault }).inconclusiveBecause, [
        { guard: 'fault-elsewhere', detail: { point: 'P2', what: 'evidence', expected: 1, found: 0 } },
      ]);
    });

    it('by its own account only: nobody crashed', () => {
      const fault: Change = (event) => [
        event.type === 'process' && event.event === 'crash' ? { ...event, event: 'stop' } : event,
      ];
      assert.equal(judged(crash, { fault }).inconclusiveBecause[0]?.guard, 'fault-elsewhere');
    });
  });

  it('never calls a run without its fault as expected, whatever the scenario', () => {
    for (const scenario of coreScenarios) {
      const verdict = check(simulate(scenario, 'control'));
      assert.notDeepEqual(differencesFrom(scenario.expected.fault, verdict, 'fault'), [], scenario.id);
    }
  });
});
