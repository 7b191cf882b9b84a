import { defineApi, type RequestOf, type ResponseOf } from '../api.js';
import { array, int16, int32, int64, records, string, struct } from '../schema.js';
import { leaderIdAndEpoch, nodeEndpoint } from './common.js';

export type ProduceRequest = RequestOf<typeof produce>;
export type ProduceResponse = ResponseOf<typeof produce>;

export const produce = defineApi({
  key: 0,
  name: 'Produce',
  versions: { min: 0, max: 12 },
  flexibleFrom: 9,
  request: {
    transactionalId: string('3+', { nullable: '3+', default: null }),
    acks: int16('0+'),
    timeoutMs: int32('0+'),
    topicData: array('0+', {
      name: string('0+'),
      partitionData: array('0+', {
        index: int32('0+'),
        records: records('0+', { nullable: '0+' }),
      }),
    }),
  },
  response: {
    responses: array('0+', {
      name: string('0+'),
      partitionResponses: array('0+', {
        index: int32('0+'),
        errorCode: int16('0+'),
        baseOffset: int64('0+'),
        logAppendTimeMs: int64('2+', { default: -1n }),
        logStartOffset: int64('5+', { default: -1n }),
        recordErrors: array('8+', {
          batchIndex: int32('8+'),
          batchIndexErrorMessage: string('8+', { nullable: '8+', default: null }),
        }),
        errorMessage: string('8+', { nullable: '8+', default: null }),
        currentLeader: struct('10+', leaderIdAndEpoch, { tag: 0, taggedVersions: '10+' }),
      }),
    }),
    throttleTimeMs: int32('1+'),
    nodeEndpoints: array('10+', nodeEndpoint, { tag: 0, taggedVersions: '10+' }),
  },
});
