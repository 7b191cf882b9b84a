import type { Anomaly } from '../history/verdict.js';
import { diagramWords } from '../text/steps/diagram-words.js';
import { missingIn, partitionPicture } from '../text/steps/partition-picture.js';
import { stepSentence } from '../text/steps/step-sentence.js';
import type { Translate } from '../text/translate.js';
import { rowOfStep, rowsOf } from '../timeline/folds.js';
import { layOut } from '../timeline/layout.js';
import type { PartitionLog } from '../timeline/log-entry.js';
import { actorAt } from '../timeline/places.js';
import { drawSvg } from '../timeline/svg.js';
import type { Timeline } from '../timeline/timeline.js';

/** A report is read on paper too: of a very long run only what is around the step. */
const mostRows = 120;

/** The sequence diagram with a step marked; nothing is dimmed, since a report is not walked through. */
export function runPicture(timeline: Timeline, step: number, t: Translate): string {
  const rows = rowsOf(timeline.steps.length, timeline.folds, new Set());
  const current = rowOfStep(rows, step);
  const from = Math.max(0, Math.min(current - mostRows / 2, rows.length - mostRows));
  const to = Math.min(rows.length, from + mostRows);
  const drawing = layOut({ timeline, rows, current, from, to, words: diagramWords(timeline, t) });
  const undimmed = drawing.rows.map((row) =>
    row.time === 'future' ? { ...row, time: 'past' as const } : row,
  );
  const told = timeline.steps[step];
  return drawSvg(
    { ...drawing, rows: undimmed, bars: drawing.bars.map((bar) => ({ ...bar, isFuture: false })) },
    {
      id: 'sequence',
      title: t('Sequence diagram'),
      description: told === undefined ? '' : stepSentence(told, t),
    },
  );
}

/** Each partition as a committed reader is given it in the end, with the messages that are missing there. */
export function logPictures(
  timeline: Timeline,
  anomalies: readonly Anomaly[],
  t: Translate,
): readonly { readonly title: string; readonly svg: string }[] {
  const moment = timeline.steps.at(-1)?.until ?? 0;
  const process = actorAt(timeline.steps, timeline.steps.length - 1);
  return timeline.logs
    .filter(({ entries }) => entries.length > 0)
    .map((log, index) => {
      const title = titleOf(log, t);
      const id = `log-${String(index)}`;
      const isolation = 'read_committed';
      const missing = missingIn(log, timeline.logs, anomalies);
      const place = { timeline, log, moment, isolation, process, title, id } as const;
      return { title, svg: partitionPicture({ ...place, missing, newSince: moment + 1 }, t).svg };
    });
}

function titleOf({ role, partition }: PartitionLog, t: Translate): string {
  return t('{name}, partition {partition}', { name: role === 'input' ? t('Input') : t('Output'), partition });
}
