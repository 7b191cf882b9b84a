import type { BrokerEvent } from '../core/history/events.js';
import type { Clock } from './clock.js';
import type { Features } from './features.js';
import type { Cluster } from './state/cluster.js';
import type { GroupCoordinator } from './state/groups/coordinator.js';
import type { TransactionCoordinator } from './state/transactions.js';

/** What request handlers work on; built once in broker.ts. */
export interface BrokerServices {
  readonly cluster: Cluster;
  readonly transactions: TransactionCoordinator;
  readonly groups: GroupCoordinator;
  readonly clock: Clock;
  readonly features: Features;
  /** Ground truth for the history; costs nothing while nobody listens. */
  readonly record: (event: BrokerEvent) => void;
}
