import assert from 'node:assert/strict';
import { anomalyRules } from '../../../src/core/history/anomalies/rules.js';
import {
  allScenarios,
  coreScenarios,
  groupedBySemantics,
  scenarioById,
} from '../../../src/core/scenario/catalogue.js';
import type { Actor, Scenario } from '../../../src/core/scenario/scenario.js';
import type { Step } from '../../../src/core/semantics/semantics.js';

function stepsOf({ program }: Actor): readonly Step[] {
  return [...program.before, ...program.each, ...program.after];
}

/** The settings that a step needs, or the process could not take it. */
function isAble(actor: Actor, step: Step): boolean {
  switch (step) {
    case 'initialise':
    case 'begin':
    case 'commit-transaction':
    case 'abort-transaction':
      return actor.producer?.transactionalId !== undefined;
    case 'send':
      return actor.producer !== undefined && actor.writes !== undefined;
    case 'send-offsets':
      return actor.producer?.transactionalId !== undefined && actor.consumer !== undefined;
    case 'transform':
      return actor.reads !== undefined && actor.writes !== undefined;
    case 'process':
    case 'process-if-new':
    case 'commit-offset':
      return actor.consumer !== undefined && actor.reads !== undefined;
  }
}

function labelsOf({ plot }: Scenario): readonly string[] {
  return plot.flatMap((cue) => ('observe' in cue ? [cue.observe] : []));
}

describe('the catalogue', () => {
  it('holds the fifteen core scenarios, each id once', () => {
    assert.equal(coreScenarios.length, 15);
    assert.equal(new Set(allScenarios.map(({ id }) => id)).size, allScenarios.length);
  });

  it('finds a scenario by its id and nothing by another', () => {
    assert.equal(scenarioById('pipeline.exactly-once')?.id, 'pipeline.exactly-once');
    assert.equal(scenarioById('pipeline.exactly-twice'), undefined);
  });

  it('groups all scenarios by their semantics, in display order', () => {
    const groups = groupedBySemantics(coreScenarios);
    assert.deepEqual(
      groups.map(({ semantics, scenarios }) => [semantics.id, scenarios.length]),
      [
        ['producer.at-most-once', 1],
        ['producer.at-least-once', 1],
        ['producer.exactly-once', 4],
        ['consumer.at-most-once', 1],
        ['consumer.at-least-once', 1],
        ['consumer.exactly-once', 2],
        ['pipeline', 5],
      ],
    );
    assert.deepEqual(
      groups.flatMap(({ scenarios }) => scenarios),
      coreScenarios,
    );
  });

  for (const scenario of allScenarios) {
    describe(scenario.id, () => {
      const { cast, fault, plot, topics } = scenario;
      const struck = cast[fault.actor];

      it('begins with its semantics', () => {
        assert.ok(scenario.id.startsWith(`${scenario.semantics}.`));
      });

      it('starts every actor of its cast and no other', () => {
        const started = plot.flatMap((cue) => ('start' in cue ? [cue.start] : []));
        assert.deepEqual([...new Set(started)].sort(), Object.keys(cast).sort());
      });

      it('waits only for moments that can come', () => {
        const labels = labelsOf(scenario);
        for (const { when } of plot) {
          if (when.at === 'observed') assert.ok(labels.includes(when.label));
          else if (when.at !== 'once') assert.ok(cast[when.actor]);
        }
        assert.ok(plot.some(({ when }) => when.at === 'once'));
      });

      it('gives every actor the settings and topics that its steps need', () => {
        for (const [name, actor] of Object.entries(cast)) {
          for (const step of stepsOf(actor)) assert.ok(isAble(actor, step), `${name} ${step}`);
          for (const role of [actor.reads, actor.writes]) {
            assert.ok(role === undefined || topics.some((topic) => topic.role === role));
          }
          assert.ok((actor.values === undefined) !== (actor.reads === undefined), name);
        }
      });

      it('seeds exactly what somebody reads', () => {
        const read = new Set(Object.values(cast).map(({ reads }) => reads));
        for (const { role, seeded } of topics) assert.equal(seeded > 0, read.has(role));
      });

      it('strikes an actor of its cast, at a step and a message that it has', () => {
        assert.ok(struck);
        const values = struck.values ?? Array.from({ length: 10 }, (_, index) => `m${index}`);
        if (fault.message !== undefined) assert.ok(values.includes(fault.message));
        if (fault.kind !== 'wire') assert.ok(struck.program.each.includes(fault.after));
      });

      it('aborts only what is in a transaction, and says what a reader does then', () => {
        if (fault.kind !== 'abort') return;
        assert.ok(struck && stepsOf(struck).includes('begin'));
        assert.equal(struck.reads !== undefined, struck.afterAbort !== undefined);
      });

      it('expects its control to be without anomalies', () => {
        assert.deepEqual(scenario.expected.control.anomalies, {});
        assert.equal(scenario.expected.control.counts.lost, 0);
        assert.equal(scenario.expected.control.counts.duplicates, 0);
      });

      it('expects only anomalies that the checker knows, each at least once', () => {
        const known = new Set<string>(anomalyRules.map(({ name }) => name));
        for (const [name, count] of Object.entries(scenario.expected.fault.anomalies)) {
          assert.ok(known.has(name));
          assert.ok(count > 0);
        }
      });

      it('names sent, acknowledged, visible, end, lost and duplicated for both runs, and sums up', () => {
        for (const { counts } of Object.values(scenario.expected)) {
          const { sent, ok, failed, unknown, readUncommitted, readCommitted, endOffset } = counts;
          assert.equal(sent, (ok ?? 0) + (failed ?? 0) + (unknown ?? 0));
          assert.ok((readCommitted ?? 99) <= (readUncommitted ?? 0));
          assert.ok((readUncommitted ?? 99) <= (endOffset ?? 0));
          assert.ok(counts.lost !== undefined && counts.duplicates !== undefined);
        }
      });

      it('expects what each of its observations sees, and of no other', () => {
        for (const { observed } of Object.values(scenario.expected)) {
          assert.deepEqual(Object.keys(observed ?? {}), labelsOf(scenario));
        }
      });

      it('expects something of the fault that the control does not show', () => {
        assert.notDeepEqual(scenario.expected.fault, scenario.expected.control);
      });
    });
  }
});
