import { defineApi, type RequestOf, type ResponseOf } from '../api.js';
import { array, int16, int32, string, uuid } from '../schema.js';

export type DeleteTopicsRequest = RequestOf<typeof deleteTopics>;
export type DeleteTopicsResponse = ResponseOf<typeof deleteTopics>;

/** Up to version 5 topics are named in `topicNames`; from 6 on by name or id in `topics`. */
export const deleteTopics = defineApi({
  key: 20,
  name: 'DeleteTopics',
  versions: { min: 0, max: 6 },
  flexibleFrom: 4,
  request: {
    topics: array('6+', {
      name: string('6+', { nullable: '6+', default: null }),
      topicId: uuid('6+'),
    }),
    topicNames: array('0-5', 'string'),
    timeoutMs: int32('0+'),
  },
  response: {
    throttleTimeMs: int32('1+'),
    responses: array('0+', {
      name: string('0+', { nullable: '6+' }),
      topicId: uuid('6+'),
      errorCode: int16('0+'),
      errorMessage: string('5+', { nullable: '5+', default: null }),
    }),
  },
});
