import { defineApi } from '../../../src/broker/protocol/api.js';
import { array, int16, int32, int8, string } from '../../../src/broker/protocol/schema.js';

/** What `electionType` says (org.apache.kafka.common.ElectionType). */
export const ElectionType = { preferred: 0, unclean: 1 } as const;

/** An administrator's request, which the embedded broker does not answer: there, elections happen when a rule says so. */
export const electLeaders = defineApi({
  key: 43,
  name: 'ElectLeaders',
  versions: { min: 1, max: 1 },
  flexibleFrom: 2,
  request: {
    electionType: int8('1+'),
    topicPartitions: array('0+', {
      topic: string('0+'),
      partitions: array('0+', 'int32'),
    }),
    timeoutMs: int32('0+', { default: 60_000 }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('1+'),
    replicaElectionResults: array('0+', {
      topic: string('0+'),
      partitionResult: array('0+', {
        partitionId: int32('0+'),
        errorCode: int16('0+'),
        errorMessage: string('0+', { nullable: '0+' }),
      }),
    }),
  },
});
