import assert from 'node:assert/strict';
import type { Observation } from '../../src/core/history/events.js';
import { RunState } from '../../src/runner/run-state.js';
import { Takeover } from '../../src/runner/takeover.js';

describe('The takeover after a crash', () => {
  it('says good-bye for the dead member after the successor’s second JoinGroup, not after the first', () => {
    const { left, notes, play } = stage();
    play(join('a', 'request', ''), join('a', 'response', 'member-a'));
    play('crash of a');
    play(join('b', 'request', ''));
    assert.deepEqual(left, []);
    play(join('b', 'request', 'member-b'));
    assert.deepEqual(left, ['group member-a']);
    assert.match(notes[0] ?? '', /member-a/);
  });

  it('says it once', () => {
    const { left, play } = stage();
    play(join('a', 'request', ''), join('a', 'response', 'member-a'));
    play('crash of a');
    for (const process of ['b', 'c']) play(join(process, 'request', ''), join(process, 'request', process));
    assert.deepEqual(left, ['group member-a']);
  });

  it('has nothing to say for a member that never joined', () => {
    const { left, play } = stage();
    play('crash of a');
    play(join('b', 'request', ''), join('b', 'request', 'member-b'));
    assert.deepEqual(left, []);
  });
});

function stage() {
  const left: string[] = [];
  const notes: string[] = [];
  const state = new RunState();
  const takeover = new Takeover(state, {
    leave: (group, memberId) => {
      left.push(`${group} ${memberId}`);
      return Promise.resolve();
    },
    note: (detail) => void notes.push(detail),
  });
  const play = (...events: readonly (Observation | 'crash of a')[]): void => {
    for (const event of events) {
      if (event === 'crash of a') takeover.crashed('a');
      else {
        state.observe(event);
        takeover.observe(event);
      }
    }
  };
  return { left, notes, play };
}

function join(process: string, type: 'request' | 'response', memberId: string): Observation {
  const detail =
    type === 'request' ? { group: 'group', memberId } : { memberId, generation: 1, errorCode: 0 };
  return { type, process, connection: 0, api: 'JoinGroup', version: 5, correlationId: 0, bytes: 0, detail };
}
