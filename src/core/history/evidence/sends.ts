import type { ProcessId, RecordPosition } from '../events.js';
import { eventsOf, performedOf, type Outcome, type Performed } from './operations.js';
import type { Transaction } from './transactions.js';

/**
 * What the application was told of a value in the end, its transaction included: a send that was acknowledged in a
 * transaction promises nothing until the commit. `aborted` and `open` were never offered, so they cannot be lost.
 */
export type Told = 'ok' | 'failed' | 'unknown' | 'aborted' | 'open';

export interface Send {
  readonly process: ProcessId;
  readonly topic: string;
  readonly partition: number;
  readonly value: string;
  readonly transaction?: Transaction;
  readonly source?: RecordPosition;
  readonly outcome: Outcome;
  readonly told: Told;
  /** Where the broker said that it stands; absent when it did not say (acks=0, an error, a crash). */
  readonly offset?: number;
  readonly invokedAt: number;
  readonly events: readonly number[];
}

export function readSends(
  performed: readonly Performed[],
  transactions: ReadonlyMap<string, Transaction>,
): readonly Send[] {
  return performedOf(performed, 'send').map((operation) => {
    const { topic, partition, value, source, transaction: id } = operation.what;
    const transaction = id === undefined ? undefined : transactions.get(id);
    const offset = acknowledgedOffset(operation);
    return {
      process: operation.process,
      topic,
      partition,
      value,
      outcome: operation.outcome,
      told: told(operation.outcome, transaction),
      invokedAt: operation.invokedAt,
      events: eventsOf(operation),
      ...(transaction === undefined ? {} : { transaction }),
      ...(source === undefined ? {} : { source }),
      ...(offset === undefined ? {} : { offset }),
    };
  });
}

function told(outcome: Outcome, transaction: Transaction | undefined): Told {
  const own: Told = outcome === 'ok' ? 'ok' : outcome === 'fail' ? 'failed' : 'unknown';
  if (transaction === undefined) {
    return own;
  }
  switch (transaction.told) {
    case 'committed':
      return own;
    case 'refused':
      return 'failed';
    case 'unknown':
      return own === 'failed' ? 'failed' : 'unknown';
    case 'aborted':
    case 'open':
      return transaction.told;
  }
}

function acknowledgedOffset({ outcome, result }: Performed): number | undefined {
  return outcome === 'ok' && result !== undefined && 'offset' in result && result.offset >= 0
    ? result.offset
    : undefined;
}
