import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { FaultRuleError, type FaultRule } from '../../src/broker/fault-rule.js';
import { BrokerInMemory } from './wire/broker-in-memory.js';

/** A rule as it may come from a file, and what is said about it. */
const refused: Readonly<Record<string, { readonly rule: object; readonly says: RegExp }>> = {
  'an unknown field': {
    rule: { phase: 'received', aktion: {}, action: { kind: 'close' } },
    says: /“aktion” is no field here/,
  },
  'an unknown phase': {
    rule: { phase: 'sometime', action: { kind: 'close' } },
    says: /“phase” cannot be “sometime”/,
  },
  'an unknown action': {
    rule: { phase: 'received', action: { kind: 'explode' } },
    says: /“action.kind” cannot be “explode”/,
  },
  'an unknown field of an action': {
    rule: { phase: 'received', action: { kind: 'delay', delayMs: 1, seconds: 2 } },
    says: /“action.seconds” is no field here; there are delayMs/,
  },
  'a missing field of an action': {
    rule: { phase: 'received', action: { kind: 'delay' } },
    says: /“action.delayMs” is missing/,
  },
  'an API that does not exist': {
    rule: { api: 'Produced', phase: 'received', action: { kind: 'close' } },
    says: /“api”: there is no API “Produced”/,
  },
  'an API that is not answered': {
    rule: { api: 'SaslHandshake', phase: 'received', action: { kind: 'close' } },
    says: /does not answer SaslHandshake/,
  },
  'a node that does not exist': {
    rule: { node: 9, phase: 'received', action: { kind: 'close' } },
    says: /“node”: there is no node 9; there are 1/,
  },
  'an nth of 0': {
    rule: { nth: 0, phase: 'received', action: { kind: 'close' } },
    says: /“nth” must be a whole number from 1 on/,
  },
  'an append where none is': {
    rule: { api: 'Heartbeat', phase: 'beforeAppend', action: { kind: 'close' } },
    says: /Heartbeat has no phase beforeAppend/,
  },
  'a reply that is not there yet': {
    rule: { api: 'Produce', phase: 'received', action: { kind: 'drop-reply' } },
    says: /drop-reply can only strike at afterAppend, beforeReply/,
  },
  'an error after the reply': {
    rule: { api: 'Produce', phase: 'afterReply', action: { kind: 'error', code: 6 } },
    says: /“phase”: error can only strike at received/,
  },
  'an error in any answer at all': {
    rule: { phase: 'beforeReply', action: { kind: 'error', code: 6 } },
    says: /“api”: an error at beforeReply needs an API/,
  },
  'an eviction from no group': {
    rule: { api: 'Produce', phase: 'received', action: { kind: 'evict-member' } },
    says: /“group”: evict-member needs it/,
  },
  'markers of no transaction': {
    rule: { api: 'Fetch', phase: 'received', action: { kind: 'hold-markers' } },
    says: /“transactionalId”: hold-markers needs it/,
  },
  'a leader of no topic': {
    rule: { api: 'Heartbeat', phase: 'received', action: { kind: 'move-leader', toNode: 1 } },
    says: /“topic”: move-leader needs it/,
  },
  'a field of another type': {
    rule: { topic: 3, phase: 'received', action: { kind: 'close' } },
    says: /“topic” must be a text/,
  },
  'an error that Kafka does not have': {
    rule: { api: 'Produce', phase: 'received', action: { kind: 'error', code: 999 } },
    says: /“action.code”: Kafka has no error 999/,
  },
  'what is no object': { rule: [], says: /must be an object/ },
  'a move to a node that does not exist': {
    rule: { api: 'JoinGroup', phase: 'received', action: { kind: 'move-coordinator', toNode: 7 } },
    says: /“action.toNode”: there is no node 7/,
  },
};

describe('arming a fault rule', () => {
  for (const [name, { rule, says }] of Object.entries(refused)) {
    it(`refuses ${name}`, () => {
      const memory = new BrokerInMemory();
      assert.throws(
        () => memory.broker.arm(rule as FaultRule),
        (error) => error instanceof FaultRuleError && says.test(error.message),
      );
      assert.deepEqual(memory.rules, []);
    });
  }

  it('refuses an id that is in use', () => {
    const memory = new BrokerInMemory();
    const rule: FaultRule = { id: 'one', phase: 'received', action: { kind: 'close' } };
    memory.broker.arm(rule);
    assert.throws(() => memory.broker.arm(rule), /"one" is armed already/);
  });

  it('takes an error for every API that has a place for one', () => {
    const memory = new BrokerInMemory();
    const apis = [
      'Produce',
      'Fetch',
      'ListOffsets',
      'OffsetCommit',
      'OffsetFetch',
      'AddPartitionsToTxn',
      'EndTxn',
    ];
    for (const api of apis) {
      assert.ok(memory.broker.arm({ api, phase: 'received', action: { kind: 'error', code: 14 } }));
    }
  });
});
