/** What the command line loads as `#cluster`; kafkajs comes with it, so it is loaded at first use. */
export { readLag } from './read-lag.js';
export type { GroupLag, LagReading, LagRow } from './read-lag.js';
