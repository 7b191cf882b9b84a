import type { HistoryProblem } from '../history/jsonl.js';
import type { Translate } from './translate.js';

/** Why a history cannot be read, with its line: one sentence. */
export function historyProblemSentence(problem: HistoryProblem, t: Translate): string {
  const { line } = problem;
  switch (problem.reason) {
    case 'empty':
      return t('The history is empty: it holds no event.');
    case 'not-json':
      return t('Line {line} is not JSON: a history holds one JSON object on each line.', { line });
    case 'not-an-object':
      return t('Line {line} is not a JSON object.', { line });
    case 'missing-field':
      return t('Line {line} lacks “{field}” ({expected}).', {
        line,
        field: problem.field,
        expected: shape(problem, t),
      });
    case 'wrong-field':
      return t('Line {line}: “{field}” must be {expected}.', {
        line,
        field: problem.field,
        expected: shape(problem, t),
      });
  }
}

/** The shapes' own words; a choice of literals ("ok | fail") is the same in every language. */
function shape({ expected }: { readonly expected: string }, t: Translate): string {
  switch (expected) {
    case 'a string':
      return t('a string');
    case 'true or false':
      return t('true or false');
    case 'a whole number':
      return t('a whole number');
    case 'a number':
      return t('a number');
    case 'a list':
      return t('a list');
    case 'an object':
      return t('an object');
    default:
      return expected;
  }
}
