import type { Verdict } from '../../src/core/history/verdict.js';
import type { Proof } from './proof.js';
import type { Trial } from './trials.js';

/** What the verdict says of the ten messages. */
export interface Outcome {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
}

const losses: readonly string[] = [
  'silent-loss',
  'reported-loss',
  'lost-in-client',
  'lost-in-log',
  'lost-write',
  'skipped',
  'lost-output',
];
const doubles: readonly string[] = ['duplicate', 'duplicate-effect', 'duplicate-output'];

export function outcomeOf({ anomalies }: Verdict): Outcome {
  const valuesOf = (names: readonly string[]): readonly string[] => [
    ...new Set(
      anomalies
        .filter(({ name }) => names.includes(name))
        .flatMap(({ witnesses }) => witnesses.map(({ value = '?' }) => value.toLowerCase())),
    ),
  ];
  return { lost: valuesOf(losses), doubled: valuesOf(doubles) };
}

/** Everything in which a run was not what its snippet promises: one line each, empty when it kept its word. */
export function breaches({ verdict, problems }: Proof, { expected }: Trial): readonly string[] {
  const { counts, doubts, anomalies } = verdict;
  const known = [...losses, ...doubles];
  const others = anomalies.filter(({ name, informational }) => !informational && !known.includes(name));
  const { lost, doubled } = outcomeOf(verdict);
  return [
    ...problems,
    ...doubts.map(({ guard, detail }) => `inconclusive: ${guard} ${JSON.stringify(detail)}`),
    ...others.map(({ name, count }) => `${name}: ${count}`),
    ...unlessEqual('lost', expected.lost, counts.lost, lost),
    ...unlessEqual('doubled', expected.duplicates, counts.duplicates, doubled),
  ];
}

function unlessEqual(
  what: string,
  expected: number,
  found: number,
  values: readonly string[],
): readonly string[] {
  const isStruck = expected === 0 || values.join() === 'm4';
  return found === expected && isStruck
    ? []
    : [`${what}: ${found} (${values.join(', ')}) instead of ${expected === 0 ? 'none' : 'm4'}`];
}
