/**
 * Why a fault rule is refused: the field, as a path in the rule (`api`, `action.toNode`; empty for the rule itself), and what is
 * wrong with it. Lists of names (`known`) are joined by commas already: they are the same in every language.
 */
export type FaultRuleProblem = { readonly field: string } & (
  | { readonly reason: 'wrong-type'; readonly expected: FaultFieldType }
  | { readonly reason: 'unknown-field' | 'missing-field'; readonly known: string }
  | { readonly reason: 'unknown-word'; readonly value: string; readonly known: string }
  | { readonly reason: 'unknown-api' | 'unanswered-api'; readonly value: string }
  | { readonly reason: 'unknown-node'; readonly value: number; readonly known: string }
  | { readonly reason: 'unknown-code'; readonly value: number }
  | { readonly reason: 'no-append'; readonly api: string; readonly phase: string; readonly known: string }
  | { readonly reason: 'wrong-phase'; readonly action: string; readonly known: string }
  | { readonly reason: 'needs-api'; readonly phase: string }
  | { readonly reason: 'no-place-for-error'; readonly value: string }
  | { readonly reason: 'needs-target'; readonly action: string }
  | { readonly reason: 'id-in-use'; readonly value: string }
);

export const faultFieldTypes = [
  'object',
  'text',
  'boolean',
  'whole',
  'whole-from-0',
  'whole-from-1',
  'list-of-whole',
] as const;
export type FaultFieldType = (typeof faultFieldTypes)[number];
