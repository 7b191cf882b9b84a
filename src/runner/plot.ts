import type { ActorName, Cue, Moment } from '../core/scenario/scenario.js';
import type { Ending } from './actor-run.js';

export interface Stage {
  /** Begins the next incarnation of an actor; resolves when it has ended. */
  start(actor: ActorName): Promise<Ending>;
  /** Resolves when everything has been read. */
  observe(label: string): Promise<void>;
}

/** Plays the cues of a plot as their moments come; ends when nothing runs and no cue is due. A cue is played once. */
export async function playPlot(plot: readonly Cue[], stage: Stage): Promise<void> {
  const waiting = new Set(plot);

  const reached = async (moment: Moment): Promise<void> => {
    const due = [...waiting].filter(({ when }) => isSame(when, moment));
    for (const cue of due) waiting.delete(cue);
    await Promise.all(due.map(play));
  };

  const play = async (cue: Cue): Promise<void> => {
    if ('observe' in cue) {
      await stage.observe(cue.observe);
      return reached({ at: 'observed', label: cue.observe });
    }
    const ending = await stage.start(cue.start);
    if (ending === 'crash')
      await Promise.all([
        reached({ at: 'crashed', actor: cue.start }),
        reached({ at: 'ended', actor: cue.start }),
      ]);
    else await reached({ at: 'ended', actor: cue.start });
  };

  await reached({ at: 'once' });
}

function isSame(a: Moment, b: Moment): boolean {
  switch (a.at) {
    case 'once':
      return b.at === 'once';
    case 'crashed':
    case 'ended':
      return b.at === a.at && b.actor === a.actor;
    case 'observed':
      return b.at === 'observed' && b.label === a.label;
  }
}
