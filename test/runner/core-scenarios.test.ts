import assert from 'node:assert/strict';
import { coreScenarios } from '../../src/core/scenario/catalogue.js';
import { askedOf } from '../../src/core/prediction/asked.js';
import { timesFound } from '../../src/core/prediction/times-found.js';
import type { History, HistoryEvent } from '../../src/core/history/events.js';
import { openLab } from '../../src/runner/open-lab.js';
import type { Lab } from '../../src/runner/lab.js';
import type { RunReport } from '../../src/runner/run.js';
import { assertAsExpected } from './found.js';
import { expectedKnowledge, knowledgeAtStrike } from './knowledge-at-strike.js';
import { assertTimelineTrue } from './timeline-truth.js';
import { workers } from './workers.js';

describe('The core scenarios on the embedded broker', function () {
  this.timeout(60_000);
  let lab: Lab;
  let reports: readonly RunReport[];

  before(async () => {
    lab = await openLab({ target: { kind: 'embedded' }, workers });
    reports = await lab.runAll(coreScenarios);
  });

  after(() => lab.dispose());

  it('are fifteen', () => assert.equal(coreScenarios.length, 15));

  for (const [index, { id }] of coreScenarios.entries()) {
    it(`${id} shows what it expects`, () => {
      assert.ok(reports[index]);
      assertAsExpected(reports[index]);
    });
  }

  it('answer the question that was asked before: how often there is the message', () => {
    const answers = reports.map(({ scenario, control, fault }) => {
      const asked = askedOf(scenario);
      const [before, after] = [control, fault].map(({ history }) => String(timesFound(history, asked)));
      return `${asked.message} ${asked.place}: ${before} → ${after}`;
    });
    assert.deepEqual(answers, [
      ...['m4 log: 1 → 0', 'm4 log: 1 → 2', 'm4 log: 1 → 1', 'm4 visible: 1 → 0', 'x0 visible: 1 → 0'],
      ...[
        'm4 visible: 1 → 1',
        'm4 effect: 1 → 0',
        'm4 effect: 1 → 2',
        'm4 effect: 1 → 2',
        'm4 effect: 1 → 1',
      ],
      ...['m4 output: 1 → 2', 'm4 output: 1 → 0', 'm4 output: 1 → 1', 'm1 output: 1 → 0', 'm1 output: 1 → 1'],
    ]);
  });

  it('show at every step of the timeline what was recorded', () => {
    for (const report of reports) assertTimelineTrue(report);
  });

  it('show at the strike what the client can know, beside what is true', () => {
    assert.deepEqual(
      reports.map((report) => knowledgeAtStrike(report)),
      expectedKnowledge,
    );
  });

  it('leave no topic and no group behind', async () => {
    assert.deepEqual(await lab.findLeftovers(), { topics: [], groups: [] });
  });

  it('give histories that number their events without a gap and begin with the run', () => {
    for (const history of histories(reports)) {
      assert.deepEqual(
        history.map(({ seq }) => seq),
        [...history.keys()],
      );
      assert.equal(history[0]?.type, 'run');
    }
  });

  it('keep overlapping runs apart: no event names another run’s topic', () => {
    for (const history of histories(reports)) {
      const [run] = history;
      assert.ok(run?.type === 'run');
      const own = run.topics.map(({ topic }) => topic);
      const foreign = history.filter((event) => ![...topicsOf(event)].every((topic) => own.includes(topic)));
      assert.deepEqual(foreign, []);
    }
  });

  it('arm their fault in the fault run and not in the control run', () => {
    for (const { control, fault } of reports) {
      assert.deepEqual(faultsOf(control.history), []);
      assert.deepEqual(faultsOf(fault.history), ['armed', 'fired']);
    }
  });

  it('kill the process where the fault is a crash: after the crash it does nothing more', () => {
    for (const { scenario, fault } of reports.filter((report) => report.scenario.fault.kind === 'crash')) {
      const crash = fault.history.findIndex((event) => event.type === 'process' && event.event === 'crash');
      assert.ok(crash > 0, scenario.id);
      const after = fault.history
        .slice(crash + 1)
        .filter(
          (event) => event.type !== 'note' && 'process' in event && event.process === scenario.fault.actor,
        );
      assert.deepEqual(after, [], scenario.id);
    }
  });

  it('note every LeaveGroup that the runner sends for a dead member', () => {
    for (const { scenario, fault } of reports) {
      const takesOver = scenario.fault.kind === 'crash' && scenario.cast[scenario.fault.actor]?.consumer;
      const notes = fault.history.filter((event) => event.type === 'note' && event.about === 'takeover');
      assert.equal(notes.length, takesOver ? 1 : 0, scenario.id);
    }
  });
});

function histories(reports: readonly RunReport[]): readonly History[] {
  return reports.flatMap(({ control, fault }) => [control.history, fault.history]);
}

function topicsOf(event: HistoryEvent): ReadonlySet<string> {
  const text = JSON.stringify(event);
  return new Set([...text.matchAll(/"topic":"([^"]*)"/g)].map(([, topic = '']) => topic));
}

function faultsOf(history: History): readonly string[] {
  return history.flatMap((event) => (event.type === 'fault' ? [event.event] : []));
}
