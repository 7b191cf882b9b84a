import type { History, OperationEvent } from '../../core/history/events.js';
import type { Anomaly } from '../../core/history/verdict.js';
import { witnessValues } from './log-strips.js';

/** One entry of the effect ledger, in the order in which the work was done, or a message whose work never was. */
export type EffectCell =
  | { readonly kind: 'effect'; readonly value: string; readonly process: string; readonly repeated: boolean }
  /** Delivered again, recognised, nothing done. */
  | { readonly kind: 'recognised'; readonly value: string; readonly process: string }
  | { readonly kind: 'missing'; readonly value: string };

const losses = new Set<Anomaly['name']>(['skipped']);

/** What processing did in the outside world; empty when nothing was processed. */
export function effectLedger(history: History, anomalies: readonly Anomaly[]): readonly EffectCell[] {
  const done = history.filter((event) => event.type === 'ok').filter((event) => event.f === 'effect');
  if (done.length === 0) return [];
  const times = countBy(done.filter((event) => !isRecognised(event)).map(({ value }) => value));
  const missing = [...new Set(witnessValues(anomalies, losses))];
  return [
    ...done.map((event): EffectCell => {
      const { value, process } = event;
      if (isRecognised(event)) return { kind: 'recognised', value, process };
      return { kind: 'effect', value, process, repeated: (times.get(value) ?? 0) > 1 };
    }),
    ...missing.map((value): EffectCell => ({ kind: 'missing', value })),
  ];
}

function isRecognised(event: OperationEvent & { readonly type: 'ok' }): boolean {
  return event.result !== undefined && 'skipped' in event.result;
}

function countBy(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
