import assert from 'node:assert/strict';
import { check } from '../../../src/core/history/check.js';
import { judge, type Judgement, type Phase } from '../../../src/core/history/judge.js';
import { allScenarios } from '../../../src/core/scenario/catalogue.js';
import type { Scenario } from '../../../src/core/scenario/scenario.js';
import { simulate } from './simulation.js';

function phase(...simulation: Parameters<typeof simulate>): Phase {
  const history = simulate(...simulation);
  return { history, verdict: check(history) };
}

function judged(scenario: Scenario, options?: Parameters<typeof simulate>[2]): Judgement {
  return judge(scenario, phase(scenario, 'control', options), phase(scenario, 'fault', options));
}

const asExpected: Judgement = {
  conclusive: true,
  asExpected: true,
  inconclusiveBecause: [],
  differences: [],
};

describe('what the catalogue expects', () => {
  for (const scenario of allScenarios) {
    describe(scenario.id, () => {
      it('is what Kafka’s rules lead to', () => {
        assert.deepEqual(judged(scenario), asExpected);
      });

      it('is seen without the broker’s own word, as on a real cluster', () => {
        assert.deepEqual(judged(scenario, { broker: false }), asExpected);
      });

      it('is not met, and nothing concluded, when the fault never strikes', () => {
        const control = phase(scenario, 'control');
        const judgement = judge(scenario, control, control);
        assert.equal(judgement.conclusive, false);
        assert.equal(judgement.inconclusiveBecause[0]?.guard, 'fault-not-armed');
        assert.equal(judgement.asExpected, false);
      });
    });
  }
});
