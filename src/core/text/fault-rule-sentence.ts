import { assertNever } from '../assert-never.js';
import type { FaultFieldType, FaultRuleProblem } from '../fault-rule-problem.js';
import type { Translate } from './translate.js';

/** Why a fault rule is refused: one sentence without capital and full stop that begins with the field. */
export function faultRuleSentence(problem: FaultRuleProblem, t: Translate): string {
  const { field } = problem;
  switch (problem.reason) {
    case 'wrong-type':
      return wrongType(field, problem.expected, t);
    case 'unknown-field':
      return t('“{field}” is no field here; there are {known}', { field, known: problem.known });
    case 'missing-field':
      return t('“{field}” is missing; needed are {known}', { field, known: problem.known });
    case 'unknown-word':
      return t('“{field}” cannot be “{value}”; it is one of {known}', problem);
    case 'unknown-code':
      return t('“{field}”: Kafka has no error {value}', problem);
    case 'unknown-node':
      return t('“{field}”: there is no node {value}; there are {known}', problem);
    case 'id-in-use':
      return t('“{field}”: another rule is called “{value}”', problem);
    default:
      return cannotStrike(problem, t);
  }
}

type Fitting = Exclude<
  FaultRuleProblem,
  { reason: `wrong-type` | `unknown-${'field' | 'word' | 'code' | 'node'}` | 'missing-field' | 'id-in-use' }
>;

/** Every field is well formed, and yet the rule could never do what it says. */
function cannotStrike(problem: Fitting, t: Translate): string {
  switch (problem.reason) {
    case 'unknown-api':
      return t('“{field}”: there is no API “{value}”', problem);
    case 'unanswered-api':
      return t('“{field}”: the broker does not answer {value}', problem);
    case 'no-append':
      return t('“{field}”: {api} has no phase {phase}; those that have it are {known}', problem);
    case 'wrong-phase':
      return t('“{field}”: {action} can only strike at {known}', problem);
    case 'needs-api':
      return t('“{field}”: an error at {phase} needs an API', problem);
    case 'no-place-for-error':
      return t('“{field}”: the answer of {value} has no place for an error code', problem);
    case 'needs-target':
      return t(
        '“{field}”: {action} needs it in the action, in the rule, or from an API whose requests name one',
        problem,
      );
    default:
      return assertNever(problem);
  }
}

function wrongType(field: string, expected: FaultFieldType, t: Translate): string {
  if (field === '') return t('a rule must be an object');
  return t('“{field}” must be {expected}', { field, expected: typeName(expected, t) });
}

function typeName(type: FaultFieldType, t: Translate): string {
  switch (type) {
    case 'object':
      return t('an object');
    case 'text':
      return t('a text that is not empty');
    case 'boolean':
      return t('true or false');
    case 'whole':
      return t('a whole number');
    case 'whole-from-0':
      return t('a whole number from 0 on');
    case 'whole-from-1':
      return t('a whole number from 1 on');
    case 'list-of-whole':
      return t('a list of whole numbers');
    default:
      return assertNever(type);
  }
}
