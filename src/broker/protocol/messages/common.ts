import { array, int32, string } from '../schema.js';

/** The leader that a client should turn to instead (KIP-951). */
export const leaderIdAndEpoch = {
  leaderId: int32('0+', { default: -1 }),
  leaderEpoch: int32('0+', { default: -1 }),
} as const;

/** Where the leaders named in `currentLeader` are reached (KIP-951). */
export const nodeEndpoint = {
  nodeId: int32('0+'),
  host: string('0+'),
  port: int32('0+'),
  rack: string('0+', { nullable: '0+', default: null }),
} as const;

export const topicPartitions = {
  name: string('0+'),
  partitions: array('0+', 'int32'),
} as const;

/** "Not asked for" in the fields of authorized operations. */
export const operationsNotAsked = -2_147_483_648;
