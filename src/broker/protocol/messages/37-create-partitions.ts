import { defineApi, type RequestOf, type ResponseOf } from '../api.js';
import { array, bool, int16, int32, string } from '../schema.js';

export type CreatePartitionsRequest = RequestOf<typeof createPartitions>;
export type CreatePartitionsResponse = ResponseOf<typeof createPartitions>;

export const createPartitions = defineApi({
  key: 37,
  name: 'CreatePartitions',
  versions: { min: 0, max: 3 },
  flexibleFrom: 2,
  request: {
    topics: array('0+', {
      name: string('0+'),
      /** How many partitions the topic has afterwards. */
      count: int32('0+'),
      assignments: array('0+', { brokerIds: array('0+', 'int32') }, { nullable: '0+' }),
    }),
    timeoutMs: int32('0+'),
    validateOnly: bool('0+'),
  },
  response: {
    throttleTimeMs: int32('0+'),
    results: array('0+', {
      name: string('0+'),
      errorCode: int16('0+'),
      errorMessage: string('0+', { nullable: '0+', default: null }),
    }),
  },
});
