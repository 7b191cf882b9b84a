/** What extension and command line load as `#cluster`; kafkajs comes with it, so it is loaded at first use. */
export { openCluster } from './connected-cluster.js';
export { readLag } from './read-lag.js';
export type { LagReading } from './read-lag.js';
