import type { FaultRuleProblem } from '../core/fault-rule-problem.js';
import { ruleProblem, type Armament } from './fault-arming.js';
import type { FaultRule } from './fault-rule.js';

export type FaultFile =
  | { readonly ok: true; readonly rules: readonly FaultRule[] }
  | { readonly ok: false; readonly problem: FaultFileProblem };

export type FaultFileProblem =
  /** `message` is the parser's own, in English. */
  | { readonly reason: 'not-json'; readonly message: string }
  /** Neither a list nor an object with nothing but a list of `rules`. */
  | { readonly reason: 'no-list' }
  | { readonly reason: 'unknown-field'; readonly field: string }
  /** `rule` counts from 1. */
  | { readonly reason: 'rule'; readonly rule: number; readonly problem: FaultRuleProblem };

/**
 * Fault rules as somebody wrote them down: `[…]` or `{"rules": […]}` (docs/faults.md). Strict: a rule that is not understood
 * in full would lie in wait for something else than its author thinks.
 */
export function parseFaultFile(text: string, armament: Armament): FaultFile {
  const parsed = parseJson(text);
  if ('problem' in parsed) return { ok: false, problem: parsed.problem };
  const listed = rulesIn(parsed.value);
  if ('problem' in listed) return { ok: false, problem: listed.problem };
  const problem = firstProblem(listed.rules, armament);
  return problem ? { ok: false, problem } : { ok: true, rules: listed.rules as readonly FaultRule[] };
}

function parseJson(text: string): { readonly value: unknown } | { readonly problem: FaultFileProblem } {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { problem: { reason: 'not-json', message } };
  }
}

type Listed = { readonly rules: readonly unknown[] } | { readonly problem: FaultFileProblem };

function rulesIn(value: unknown): Listed {
  if (Array.isArray(value)) return { rules: value as readonly unknown[] };
  if (typeof value !== 'object' || value === null) return { problem: { reason: 'no-list' } };
  const stranger = Object.keys(value).find((field) => field !== 'rules');
  if (stranger !== undefined) return { problem: { reason: 'unknown-field', field: stranger } };
  const rules: unknown = Reflect.get(value, 'rules');
  return Array.isArray(rules) ? { rules: rules as readonly unknown[] } : { problem: { reason: 'no-list' } };
}

function firstProblem(rules: readonly unknown[], armament: Armament): FaultFileProblem | undefined {
  const ids = new Set<string>();
  for (const [index, one] of rules.entries()) {
    const problem = ruleProblem(one, armament) ?? idProblem(one as FaultRule, ids);
    if (problem) return { reason: 'rule', rule: index + 1, problem };
  }
  return undefined;
}

function idProblem({ id }: FaultRule, taken: Set<string>): FaultRuleProblem | undefined {
  if (id === undefined) return undefined;
  if (taken.has(id)) return { field: 'id', reason: 'id-in-use', value: id };
  taken.add(id);
  return undefined;
}
