import assert from 'node:assert/strict';
import { initialView, isKeptPage } from '../../src/shared/page.js';
import { initialState, keptOf, reduce } from '../../src/webview/state.js';
import type { Action, State } from '../../src/webview/state.js';
import { page, report } from './forged.js';

describe('the state of the lab page', () => {
  it('keeps the last report on the page while the same scenario runs again', () => {
    const state = after(done('first'), running('control'));
    assert.equal(state.report?.id, 'first');
    assert.equal(state.page?.run.kind, 'running');
  });

  it('drops the report when another scenario comes', () => {
    const other = { type: 'page', page: page({ kind: 'none' }, 'pipeline.exactly-once') } as const;
    assert.equal(after(done('first'), other).report, undefined);
  });

  it('keeps the object of a run that a message repeats, so that nothing is announced twice', () => {
    const first = after(done('first'));
    assert.equal(reduce(first, done('first')).page?.run, first.page?.run);
    assert.notEqual(reduce(first, done('second')).page?.run, first.page?.run);
  });

  it('shows a selected event whatever the filter hid, and tells the filter fields to follow', () => {
    const filtered = after(
      done('first'),
      { type: 'filter-text', text: 'nothing like it' },
      { type: 'filter-kind', kind: 'broker' },
      { type: 'show-wire', wire: false },
    );
    const selected = reduce(filtered, { type: 'select', phase: 'fault', seq: 7 });
    assert.deepEqual(selected.view, { ...initialView, selected: 7, moment: 7 });
    assert.equal(selected.resets, filtered.resets + 1);
  });

  it('forgets the selection with the history that it points into', () => {
    const state = after(
      done('first'),
      { type: 'select-row', seq: 3 },
      { type: 'choose-phase', phase: 'control' },
    );
    assert.equal('selected' in state.view, false);
  });

  it('stops playing when the learner looks for himself, and goes on when the player does', () => {
    const playing = after(done('first'), { type: 'play', playing: true });
    assert.equal(reduce(playing, { type: 'look', moment: 3, isPlaying: true }).playing, true);
    assert.equal(reduce(playing, { type: 'look', moment: 3 }).playing, false);
    assert.equal(reduce(playing, { type: 'choose-phase', phase: 'control' }).playing, false);
  });

  it('opens and folds a stretch, and forgets it with the history that it belongs to', () => {
    const opened = after(done('first'), { type: 'toggle-fold', first: 2 });
    assert.deepEqual(opened.view.opened, [2]);
    assert.deepEqual(reduce(opened, { type: 'toggle-fold', first: 2 }).view.opened, []);
    assert.deepEqual(reduce(opened, { type: 'choose-phase', phase: 'control' }).view.opened, []);
  });

  it('stands at the step of a witness in the history that the witness belongs to', () => {
    const state = after(
      done('first'),
      { type: 'choose-phase', phase: 'control' },
      { type: 'show-step', phase: 'fault', seq: 5 },
    );
    assert.equal(state.view.phase, 'fault');
    assert.equal(state.view.moment, 5);
  });

  it('forgets filter and selection when a new run starts', () => {
    const state = after(
      done('first'),
      { type: 'filter-text', text: 'm4' },
      running('preparing'),
      done('second'),
    );
    assert.deepEqual(state.view, initialView);
  });

  it('takes over nothing of another scenario that was opened while the page was hidden', () => {
    const kept = keptOf(after(done('first'), { type: 'words', words: 'mine' }, { type: 'look', moment: 3 }));
    const other = { type: 'page', page: page({ kind: 'none' }, 'pipeline.exactly-once') } as const;
    assert.deepEqual(reduce(initialState(kept), other).view, initialView);
  });

  it('keeps of an earlier run only the learner’s own words', () => {
    const kept = keptOf(after(done('first'), { type: 'words', words: 'mine' }, { type: 'look', moment: 3 }));
    assert.deepEqual(reduce(initialState(kept), done('second')).view, { ...initialView, words: 'mine' });
    assert.equal(reduce(initialState(kept), done('first')).view.moment, 3);
  });

  it('keeps over a reload what the learner had set, and whether a run was going on', () => {
    const before = after(done('first'), { type: 'filter-text', text: 'm4' });
    const kept: unknown = JSON.parse(JSON.stringify(keptOf(before)));
    assert.ok(isKeptPage(kept));
    const again = reduce(initialState(kept), done('first'));
    assert.deepEqual(again.view, before.view);
    assert.equal(keptOf(after(running('fault'))).running, true);
  });

  it('takes nothing that another version or another page kept', () => {
    for (const foreign of [undefined, null, 'text', {}, { running: true }, { running: 'yes', view: {} }])
      assert.equal(isKeptPage(foreign), false, JSON.stringify(foreign));
  });
});

function after(...actions: readonly Action[]): State {
  return actions.reduce(reduce, initialState(undefined));
}

function done(id: string): Action {
  return { type: 'page', page: page({ kind: 'done', report: report(id) }) };
}

function running(stage: 'preparing' | 'control' | 'fault'): Action {
  return { type: 'page', page: page({ kind: 'running', stage }) };
}
