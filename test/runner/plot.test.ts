import assert from 'node:assert/strict';
import type { Cue } from '../../src/core/scenario/scenario.js';
import type { Ending } from '../../src/runner/actor-run.js';
import { playPlot } from '../../src/runner/plot.js';

describe('A plot', () => {
  it('starts an actor again after its crash, once', async () => {
    const plot: readonly Cue[] = [
      { when: { at: 'once' }, start: 'a' },
      { when: { at: 'crashed', actor: 'a' }, start: 'a' },
    ];
    assert.deepEqual(await played(plot, { a: ['crash', 'crash'] }), ['start a', 'start a']);
  });

  it('skips a cue whose moment never comes', async () => {
    const plot: readonly Cue[] = [
      { when: { at: 'once' }, start: 'a' },
      { when: { at: 'crashed', actor: 'a' }, start: 'a' },
    ];
    assert.deepEqual(await played(plot, { a: ['stop'] }), ['start a']);
  });

  it('goes from one actor’s end over an observation to the next actor', async () => {
    const plot: readonly Cue[] = [
      { when: { at: 'once' }, start: 'a' },
      { when: { at: 'ended', actor: 'a' }, start: 'b' },
      { when: { at: 'ended', actor: 'b' }, observe: 'between' },
      { when: { at: 'observed', label: 'between' }, start: 'c' },
    ];
    const endings = { a: ['crash'], b: ['stop'], c: ['stop'] } as const;
    assert.deepEqual(await played(plot, endings), ['start a', 'start b', 'observe between', 'start c']);
  });

  it('starts together what begins at the same moment', async () => {
    const plot: readonly Cue[] = [
      { when: { at: 'once' }, start: 'a' },
      { when: { at: 'once' }, start: 'b' },
    ];
    let running = 0;
    let most = 0;
    await playPlot(plot, {
      start: async () => {
        most = Math.max(most, ++running);
        await Promise.resolve();
        running--;
        return 'stop';
      },
      observe: () => Promise.resolve(),
    });
    assert.equal(most, 2);
  });

  it('fails when a part of it fails', async () => {
    const stage = { start: () => Promise.reject(new Error('no thread')), observe: () => Promise.resolve() };
    await assert.rejects(playPlot([{ when: { at: 'once' }, start: 'a' }], stage), /no thread/);
  });
});

async function played(
  plot: readonly Cue[],
  endings: Readonly<Record<string, readonly Ending[]>>,
): Promise<readonly string[]> {
  const told: string[] = [];
  const counts = new Map<string, number>();
  await playPlot(plot, {
    start: (actor) => {
      told.push(`start ${actor}`);
      const count = counts.get(actor) ?? 0;
      counts.set(actor, count + 1);
      return Promise.resolve(endings[actor]?.[count] ?? 'stop');
    },
    observe: (label) => {
      told.push(`observe ${label}`);
      return Promise.resolve();
    },
  });
  return told;
}
