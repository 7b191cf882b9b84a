import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseFaultFile, type FaultFileProblem } from '../../src/broker/fault-file.js';
import type { FaultRule } from '../../src/broker/fault-rule.js';
import { actionFields } from '../../src/broker/fault-shape.js';
import { registeredApis } from '../../src/broker/registry.js';
import { BrokerInMemory } from './wire/broker-in-memory.js';

const armament = { nodeIds: [1, 2, 3], apis: registeredApis };

const rule: FaultRule = { api: 'Produce', phase: 'beforeReply', action: { kind: 'drop-reply' } };

describe('a file of fault rules', () => {
  it('is a list, or an object with nothing but the list', () => {
    for (const text of [JSON.stringify([rule]), `\uFEFF${JSON.stringify({ rules: [rule] }, null, 2)}`])
      assert.deepEqual(parseFaultFile(text, armament), { ok: true, rules: [rule] });
  });

  it('says where it is not understood: which rule, which field', () => {
    assert.deepEqual(problemOf([rule, { ...rule, nht: 2 }]), {
      reason: 'rule',
      rule: 2,
      problem: {
        field: 'nht',
        reason: 'unknown-field',
        known: 'id, node, clientId, api, topic, partition, group, transactionalId, nth, count, phase, action',
      },
    });
    assert.deepEqual(problemOf([{ ...rule, action: { kind: 'partial-reply', bytes: '7' } }]), {
      reason: 'rule',
      rule: 1,
      problem: { field: 'action.bytes', reason: 'wrong-type', expected: 'whole-from-0' },
    });
  });

  it('is refused when it is no JSON, no list, or holds something beside the rules', () => {
    const notJson = parseFaultFile('[{', armament);
    assert.equal(!notJson.ok && notJson.problem.reason, 'not-json');
    assert.deepEqual(problemOf('rules'), { reason: 'no-list' });
    assert.deepEqual(problemOf({ rules: rule }), { reason: 'no-list' });
    assert.deepEqual(problemOf({ rules: [], rulez: [] }), { reason: 'unknown-field', field: 'rulez' });
  });

  it('is refused when two rules have one id', () => {
    assert.deepEqual(problemOf([{ ...rule, id: 'a' }, rule, { ...rule, id: 'a' }]), {
      reason: 'rule',
      rule: 3,
      problem: { field: 'id', reason: 'id-in-use', value: 'a' },
    });
  });

  it('may hold every action, and the broker arms what the file was found to hold', () => {
    const memory = new BrokerInMemory({ nodes: 3 });
    const parsed = parseFaultFile(JSON.stringify(Object.values(oneOfEach)), armament);
    assert.ok(parsed.ok, JSON.stringify(parsed));
    for (const one of parsed.rules) memory.broker.arm(one);
    assert.deepEqual(
      memory.rules.map(({ action }) => action),
      Object.keys(actionFields),
    );
  });

  it('is refused for each action with a field too many, too few or of another type', () => {
    for (const one of Object.values(oneOfEach)) {
      const { action } = one;
      assert.deepEqual(fieldOf({ ...one, action: { ...action, extra: 1 } }), 'action.extra');
      for (const [field, value] of Object.entries(action).filter(([name]) => name !== 'kind')) {
        const wrong = typeof value === 'number' ? 1.5 : 0.5;
        assert.equal(fieldOf({ ...one, action: { ...action, [field]: wrong } }), `action.${field}`);
        if (Object.hasOwn(actionFields[action.kind].must, field))
          assert.equal(fieldOf({ ...one, action: { ...action, [field]: undefined } }), `action.${field}`);
      }
    }
  });
});

/** Each action with all its fields. */
const oneOfEach: Readonly<Record<FaultRule['action']['kind'], FaultRule>> = {
  delay: produced({ kind: 'delay', delayMs: 5 }),
  close: produced({ kind: 'close' }),
  reset: produced({ kind: 'reset' }),
  'drop-reply': produced({ kind: 'drop-reply' }),
  'partial-reply': produced({ kind: 'partial-reply', bytes: 4 }),
  error: produced({ kind: 'error', code: 7 }),
  'hold-markers': produced({ kind: 'hold-markers', transactionalId: 't', forMs: 0 }),
  'release-markers': produced({ kind: 'release-markers' }),
  'expire-transaction': produced({ kind: 'expire-transaction', transactionalId: 't' }),
  'bump-epoch': produced({ kind: 'bump-epoch', transactionalId: 't' }),
  'evict-member': produced({ kind: 'evict-member', group: 'g', memberId: 'm' }),
  'move-coordinator': produced({ kind: 'move-coordinator', toNode: 2, group: 'g', transactionalId: 't' }),
  'move-leader': produced({ kind: 'move-leader', toNode: -1, topic: 't', partition: 0 }),
  'shrink-isr': produced({ kind: 'shrink-isr', inSync: [1, 3], topic: 't', partition: 0 }),
  'hold-followers': produced({ kind: 'hold-followers', nodes: [2], held: true, topic: 't', partition: 0 }),
};

function produced(action: FaultRule['action']): FaultRule {
  return { api: 'Produce', phase: 'afterAppend', action };
}

function problemOf(content: unknown): FaultFileProblem | undefined {
  const parsed = parseFaultFile(JSON.stringify(content), armament);
  return parsed.ok ? undefined : parsed.problem;
}

function fieldOf(one: object): string | undefined {
  const problem = problemOf([one]);
  return problem?.reason === 'rule' ? problem.problem.field : undefined;
}
