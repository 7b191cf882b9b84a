import type { Evidence } from '../evidence/evidence.js';
import type { AnomalyName, Witness } from '../verdict.js';

/** One anomaly: its name, and the function that finds every case of it in the evidence. */
export interface AnomalyRule {
  readonly name: AnomalyName;
  /** Allowed by Kafka or by the isolation level: shown, but no violation of a guarantee. */
  readonly informational: boolean;
  readonly find: (evidence: Evidence) => readonly Finding[];
}

/** One case; a value that stands in the log three times is one case with a count of two. */
export interface Finding {
  readonly count: number;
  readonly witness: Witness;
}

export function finding(witness: Witness, count = 1): Finding {
  return { count, witness };
}

/** The sequence numbers of several things, in order and each once. */
export function eventsOfAll(things: readonly { readonly events: readonly number[] }[]): readonly number[] {
  return [...new Set(things.flatMap(({ events }) => events))].sort((left, right) => left - right);
}
