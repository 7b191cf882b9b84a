import { defineApi, type RequestOf, type ResponseOf } from '../api.js';
import { bool, int16, int32, int64, string } from '../schema.js';

export type EndTxnRequest = RequestOf<typeof endTxn>;
export type EndTxnResponse = ResponseOf<typeof endTxn>;

/** From version 5 on every end raises the epoch, and the response tells it (KIP-890). */
export const endTxn = defineApi({
  key: 26,
  name: 'EndTxn',
  versions: { min: 0, max: 5 },
  flexibleFrom: 3,
  request: {
    transactionalId: string('0+'),
    producerId: int64('0+'),
    producerEpoch: int16('0+'),
    committed: bool('0+'),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    producerId: int64('5+', { default: -1n }),
    producerEpoch: int16('5+', { default: -1 }),
  },
});
