import type { FaultFieldType, FaultRuleProblem } from '../core/fault-rule-problem.js';
import { faultPhases, type FaultAction, type FaultRule } from './fault-rule.js';

type Fields = Readonly<Record<string, FaultFieldType>>;

export const ruleFields: Fields = {
  id: 'text',
  node: 'whole-from-1',
  clientId: 'text',
  api: 'text',
  topic: 'text',
  partition: 'whole-from-0',
  group: 'text',
  transactionalId: 'text',
  nth: 'whole-from-1',
  count: 'whole-from-1',
  phase: 'text',
  action: 'object',
} satisfies Record<keyof FaultRule, FaultFieldType>;

interface ActionFields {
  readonly must: Fields;
  readonly may: Fields;
}

/** Fields that each action must and may have, besides `kind`. */
export const actionFields: Readonly<Record<FaultAction['kind'], ActionFields>> = {
  delay: { must: { delayMs: 'whole-from-0' }, may: {} },
  close: { must: {}, may: {} },
  reset: { must: {}, may: {} },
  'drop-reply': { must: {}, may: {} },
  'partial-reply': { must: { bytes: 'whole-from-0' }, may: {} },
  error: { must: { code: 'whole' }, may: {} },
  'hold-markers': { must: {}, may: { transactionalId: 'text', forMs: 'whole-from-0' } },
  'release-markers': { must: {}, may: {} },
  'expire-transaction': { must: {}, may: { transactionalId: 'text' } },
  'bump-epoch': { must: {}, may: { transactionalId: 'text' } },
  'evict-member': { must: {}, may: { group: 'text', memberId: 'text' } },
  'move-coordinator': { must: { toNode: 'whole-from-1' }, may: { group: 'text', transactionalId: 'text' } },
  'move-leader': { must: { toNode: 'whole' }, may: { topic: 'text', partition: 'whole-from-0' } },
  'shrink-isr': { must: { inSync: 'list-of-whole' }, may: { topic: 'text', partition: 'whole-from-0' } },
  'hold-followers': {
    must: { nodes: 'list-of-whole', held: 'boolean' },
    may: { topic: 'text', partition: 'whole-from-0' },
  },
};

/** The first field that is unknown, missing or of the wrong type; undefined proves that the value is a rule in form. */
export function shapeProblem(rule: unknown): FaultRuleProblem | undefined {
  if (!isObject(rule)) return { field: '', reason: 'wrong-type', expected: 'object' };
  const must = { phase: 'text', action: 'object' } as const;
  return (
    fieldsProblem(rule, { must, may: ruleFields }, '') ??
    wordProblem('phase', rule['phase'], faultPhases) ??
    actionProblem(rule['action'])
  );
}

function actionProblem(action: unknown): FaultRuleProblem | undefined {
  if (!isObject(action)) return { field: 'action', reason: 'wrong-type', expected: 'object' };
  const { kind, ...others } = action;
  const kinds = Object.keys(actionFields);
  if (kind === undefined) return { field: 'action.kind', reason: 'missing-field', known: kinds.join(', ') };
  const known = isActionKind(kind) ? actionFields[kind] : undefined;
  return known ? fieldsProblem(others, known, 'action.') : wordProblem('action.kind', kind, kinds);
}

function fieldsProblem(
  given: Readonly<Record<string, unknown>>,
  { must, may }: ActionFields,
  prefix: string,
): FaultRuleProblem | undefined {
  const types: Fields = { ...may, ...must };
  const missing = Object.keys(must).find((field) => given[field] === undefined);
  for (const [field, value] of Object.entries(given)) {
    const type = Object.hasOwn(types, field) ? types[field] : undefined;
    const place = { field: prefix + field };
    if (!type) return { ...place, reason: 'unknown-field', known: Object.keys(types).join(', ') || '–' };
    if (!isOf(type, value)) return { ...place, reason: 'wrong-type', expected: type };
  }
  const needed = Object.keys(must).join(', ');
  return missing === undefined
    ? undefined
    : { field: prefix + missing, reason: 'missing-field', known: needed };
}

function wordProblem(field: string, value: unknown, words: readonly string[]): FaultRuleProblem | undefined {
  if (typeof value !== 'string') return { field, reason: 'wrong-type', expected: 'text' };
  if (words.includes(value)) return undefined;
  return { field, reason: 'unknown-word', value, known: words.join(', ') };
}

function isActionKind(kind: unknown): kind is FaultAction['kind'] {
  return typeof kind === 'string' && Object.hasOwn(actionFields, kind);
}

function isOf(type: FaultFieldType, value: unknown): boolean {
  switch (type) {
    case 'object':
      return isObject(value);
    case 'text':
      return typeof value === 'string' && value !== '';
    case 'boolean':
      return typeof value === 'boolean';
    case 'whole':
      return Number.isSafeInteger(value);
    case 'whole-from-0':
      return isWholeFrom(0, value);
    case 'whole-from-1':
      return isWholeFrom(1, value);
    case 'list-of-whole':
      return Array.isArray(value) && value.every((one) => Number.isSafeInteger(one));
  }
}

function isWholeFrom(least: number, value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
