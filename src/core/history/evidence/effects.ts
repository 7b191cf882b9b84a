import type { ProcessId, RecordPosition } from '../events.js';
import { eventsOf, performedOf, type Performed } from './operations.js';

/** Work in the outside world for one record. Only `done` is an effect; `skipped` was refused by the ledger. */
export interface Effect extends RecordPosition {
  readonly process: ProcessId;
  readonly group: string;
  readonly value: string;
  readonly outcome: 'done' | 'skipped' | 'failed' | 'unknown';
  readonly events: readonly number[];
}

export function readEffects(performed: readonly Performed[]): readonly Effect[] {
  return performedOf(performed, 'effect').map((operation) => {
    const { group, value, topic, partition, offset } = operation.what;
    return {
      process: operation.process,
      group,
      value,
      topic,
      partition,
      offset,
      outcome: outcomeOf(operation),
      events: eventsOf(operation),
    };
  });
}

function outcomeOf({ outcome, result }: Performed): Effect['outcome'] {
  switch (outcome) {
    case 'ok':
      return result !== undefined && 'skipped' in result ? 'skipped' : 'done';
    case 'fail':
      return 'failed';
    case 'info':
      return 'unknown';
  }
}
