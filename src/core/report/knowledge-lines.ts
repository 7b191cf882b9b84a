import { effectWords, knownWords, offsetWords, truthWords } from '../text/steps/knowledge-words.js';
import { processName } from '../text/steps/process-name.js';
import { rangesOf } from '../text/steps/ranges.js';
import { shortName } from '../text/steps/strip-words.js';
import type { Translate } from '../text/translate.js';
import { knowledgeAt } from '../timeline/knowledge.js';
import { actorAt } from '../timeline/places.js';
import type { Timeline } from '../timeline/timeline.js';

export interface KnowledgeLines {
  readonly knows: { readonly title: string; readonly lines: readonly string[] };
  readonly truth: readonly string[];
}

/** What the client can know at a step, and what is true then, line by line. */
export function knowledgeLines(timeline: Timeline, step: number, t: Translate): KnowledgeLines {
  const process = actorAt(timeline.steps, step) ?? '';
  const moment = timeline.steps[step]?.until ?? 0;
  const { isAlive, knows, offsets, truth, untold, committed, effects } = knowledgeAt(
    timeline,
    moment,
    process,
  );
  const known = [
    ...knows.map(({ state, values }) => `${rangesOf(values)} ${knownWords(state, t)}`),
    ...offsets.map((belief) => offsetWords(belief, t)),
  ];
  return {
    knows: {
      title: t('What {who} knows', { who: processName(process, t) }),
      lines: isAlive ? known : [t('Nothing any more: the process is dead.')],
    },
    truth: [
      ...truth.map((place) => `${rangesOf(place.values)} ${truthWords(place, t)}`),
      ...(untold > 0 ? [t('… {count} more records', { count: untold })] : []),
      ...effects.map(({ values, times }) => `${rangesOf(values)} ${effectWords(times, t)}`),
      ...committed.map(({ group, offset }) =>
        t('{group}: committed {offset}', { group: shortName(group), offset }),
      ),
    ],
  };
}
