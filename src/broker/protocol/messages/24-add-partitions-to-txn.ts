import { defineApi, type RequestOf, type ResponseOf } from '../api.js';
import { array, bool, int16, int32, int64, string } from '../schema.js';
import { topicPartitions } from './common.js';

export type AddPartitionsToTxnRequest = RequestOf<typeof addPartitionsToTxn>;
export type AddPartitionsToTxnResponse = ResponseOf<typeof addPartitionsToTxn>;

const topicResult = {
  name: string('0+'),
  resultsByPartition: array('0+', {
    partitionIndex: int32('0+'),
    partitionErrorCode: int16('0+'),
  }),
} as const;

/** Clients use versions 0–3; from 4 on brokers send several transactions at once (KIP-890). */
export const addPartitionsToTxn = defineApi({
  key: 24,
  name: 'AddPartitionsToTxn',
  versions: { min: 0, max: 5 },
  flexibleFrom: 3,
  request: {
    transactions: array('4+', {
      transactionalId: string('4+'),
      producerId: int64('4+'),
      producerEpoch: int16('4+'),
      verifyOnly: bool('4+'),
      topics: array('4+', topicPartitions),
    }),
    v3AndBelowTransactionalId: string('0-3'),
    v3AndBelowProducerId: int64('0-3'),
    v3AndBelowProducerEpoch: int16('0-3'),
    v3AndBelowTopics: array('0-3', topicPartitions),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('4+'),
    resultsByTransaction: array('4+', {
      transactionalId: string('4+'),
      topicResults: array('4+', topicResult),
    }),
    resultsByTopicV3AndBelow: array('0-3', topicResult),
  },
});
