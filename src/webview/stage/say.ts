import { foldWords } from '../../core/text/steps/fold-words.js';
import { stepSentence } from '../../core/text/steps/step-sentence.js';
import { capital } from '../../core/text/steps/process-name.js';
import type { Translate } from '../../core/text/translate.js';
import type { StageModel } from './model.js';

/** What happens where the learner stands. */
export function sayStep({ timeline, rows, current, step }: StageModel, t: Translate): string {
  const row = rows[current];
  if (row === undefined || row.kind === 'step') return stepSentence(step, t);
  const steps = timeline.steps.slice(row.first, row.last + 1);
  return `${capital(foldWords(steps, row.isMinor, t))}.`;
}
