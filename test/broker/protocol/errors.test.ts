import assert from 'node:assert/strict';
import { apiByKey, apiName, apis } from '../../../src/broker/protocol/apis.js';
import { ErrorCode, errorName } from '../../../src/broker/protocol/errors.js';

describe('error codes', () => {
  it('are all there, each once, from −1 to 128', () => {
    const codes = Object.values(ErrorCode).sort((a, b) => a - b);
    assert.deepEqual(
      codes,
      Array.from({ length: 130 }, (_, index) => index - 1),
    );
  });

  it('have names, known or not', () => {
    assert.deepEqual([0, 19, 47, 90, 120, -1, 999].map(errorName), [
      'NONE',
      'NOT_ENOUGH_REPLICAS',
      'INVALID_PRODUCER_EPOCH',
      'PRODUCER_FENCED',
      'TRANSACTION_ABORTABLE',
      'UNKNOWN_SERVER_ERROR',
      'ERROR_999',
    ]);
  });
});

describe('the list of APIs', () => {
  it('has each key and each name once', () => {
    assert.equal(new Set(apis.map((api) => api.key)).size, apis.length);
    assert.equal(new Set(apis.map((api) => api.name)).size, apis.length);
  });

  it('finds an API by its key, and names those that it does not have', () => {
    assert.equal(apiByKey(26)?.name, 'EndTxn');
    assert.equal(apiByKey(71), undefined);
    assert.deepEqual([apiName(1), apiName(71)], ['Fetch', 'API 71']);
  });
});
