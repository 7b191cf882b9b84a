import type { ActorTiming } from '../clients/actor-protocol.js';

/** What differs between the two kinds of broker is waiting, never what is done. */
export interface Timing {
  readonly actor: ActorTiming;
  /** A run that takes longer is stopped. */
  readonly runWithinMs: number;
  readonly adminRequestMs: number;
  readonly adminConnectionMs: number;
  /** How many scenarios overlap unless told. */
  readonly concurrency: number;
}

/** Kafka's smallest session time-out with default settings (`group.min.session.timeout.ms`) is 6 s: the same for both. */
const membership = { sessionTimeoutMs: 6_000, heartbeatIntervalMs: 1_000, rebalanceTimeoutMs: 10_000 };

export const timings: Readonly<Record<'embedded' | 'kafka', Timing>> = {
  embedded: {
    actor: { ...membership, requestTimeoutMs: 5_000, connectionTimeoutMs: 2_000, fetchWaitMs: 100 },
    runWithinMs: 30_000,
    adminRequestMs: 5_000,
    adminConnectionMs: 2_000,
    concurrency: 3,
  },
  kafka: {
    actor: { ...membership, requestTimeoutMs: 30_000, connectionTimeoutMs: 10_000, fetchWaitMs: 250 },
    runWithinMs: 90_000,
    adminRequestMs: 15_000,
    adminConnectionMs: 10_000,
    // Much of it is waiting: with default settings every group's first join takes 3 s.
    concurrency: 5,
  },
};
