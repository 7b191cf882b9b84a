import { defineApi, type RequestOf, type ResponseOf } from '../api.js';
import { array, bool, int16, int32, int64, string } from '../schema.js';

export type DescribeLogDirsRequest = RequestOf<typeof describeLogDirs>;
export type DescribeLogDirsResponse = ResponseOf<typeof describeLogDirs>;

export const describeLogDirs = defineApi({
  key: 35,
  name: 'DescribeLogDirs',
  versions: { min: 0, max: 4 },
  flexibleFrom: 2,
  request: {
    /** Null asks for all topics. */
    topics: array('0+', { topic: string('0+'), partitions: array('0+', 'int32') }, { nullable: '0+' }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('3+'),
    results: array('0+', {
      errorCode: int16('0+'),
      logDir: string('0+'),
      topics: array('0+', {
        name: string('0+'),
        partitions: array('0+', {
          partitionIndex: int32('0+'),
          partitionSize: int64('0+'),
          offsetLag: int64('0+'),
          isFutureKey: bool('0+'),
        }),
      }),
      totalBytes: int64('4+', { default: -1n }),
      usableBytes: int64('4+', { default: -1n }),
    }),
  },
});
