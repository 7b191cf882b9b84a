import type { Layer, TopicRole } from '../../layer.js';
import type { History, RunEvent } from '../events.js';
import { readDeliveries, type Delivery } from './deliveries.js';
import { readDrains, type DrainedPartition } from './drains.js';
import { readEffects, type Effect } from './effects.js';
import { readLog, type Log } from './log.js';
import { readOffsets, type CommittedOffsets } from './offsets.js';
import { pairOperations, type Performed, type Unaccounted } from './operations.js';
import { readScope } from './scope.js';
import { readSends, type Send } from './sends.js';
import { readTransactions, type Transaction } from './transactions.js';
import { readWire, type Wire } from './wire.js';

/** A history arranged for the checker: read once, then only looked at by anomalies, counts, layers and guards. */
export interface Evidence {
  readonly history: History;
  readonly run: RunEvent | undefined;
  readonly layer: Layer;
  readonly performed: readonly Performed[];
  readonly unaccounted: readonly Unaccounted[];
  readonly transactions: ReadonlyMap<string, Transaction>;
  readonly sends: readonly Send[];
  readonly deliveries: readonly Delivery[];
  readonly effects: readonly Effect[];
  readonly offsets: CommittedOffsets;
  readonly drains: readonly DrainedPartition[];
  readonly log: Log;
  readonly wire: Wire;
  /** Topics that play a role in this run, in the order in which they are told or first named. */
  readonly topicsOf: (role: TopicRole) => readonly string[];
  /** How many partitions of a topic the history knows of. */
  readonly partitionsOf: (topic: string) => number;
}

export function gatherEvidence(history: History): Evidence {
  const run = history.find((event) => event.type === 'run');
  const { performed, unaccounted } = pairOperations(history);
  const transactions = readTransactions(performed);
  const sends = readSends(performed, transactions);
  const deliveries = readDeliveries(performed);
  const effects = readEffects(performed);
  const drains = readDrains(history);
  const scope = readScope(run, { sends, deliveries, effects, drains });
  return {
    history,
    run,
    performed,
    unaccounted,
    transactions,
    sends,
    deliveries,
    effects,
    drains,
    ...scope,
    offsets: readOffsets(performed, transactions, drains),
    log: readLog(drains, sends, scope.partitionsOf),
    wire: readWire(history),
  };
}
