import { stepSentence } from '../../core/text/steps/step-sentence.js';
import { capital } from '../../core/text/steps/process-name.js';
import type { Translate } from '../../core/text/translate.js';
import type { StageModel } from './model.js';

/** What happens where the learner stands. */
export function sayStep({ words, rows, current, step }: StageModel, t: Translate): string {
  const row = rows[current];
  if (row === undefined || row.kind === 'step') return stepSentence(step, t);
  return `${capital(words.fold(row))}.`;
}
