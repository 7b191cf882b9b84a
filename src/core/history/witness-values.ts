import type { Anomaly } from './verdict.js';

/** Anomalies by which a message is missing in the log. */
export const lostInLog: ReadonlySet<Anomaly['name']> = new Set([
  'silent-loss',
  'reported-loss',
  'lost-in-log',
]);

/** Anomalies by which a place in the log, or in a pipeline's output, stays empty. */
export const losses: ReadonlySet<Anomaly['name']> = new Set([...lostInLog, 'lost-output']);

/** The messages that anomalies of these names are about, each once. */
export function witnessValues(
  anomalies: readonly Anomaly[],
  names: ReadonlySet<Anomaly['name']>,
): readonly string[] {
  const values = anomalies
    .filter(({ name }) => names.has(name))
    .flatMap(({ witnesses }) => witnesses.flatMap(({ value }) => value ?? []));
  return [...new Set(values)];
}
