import assert from 'node:assert/strict';
import { decodeRequest, encodeRequest, encodeResponse } from '../../../src/broker/protocol/api.js';
import {
  heartbeat,
  type HeartbeatRequest,
  type HeartbeatResponse,
} from '../../../src/broker/protocol/messages/12-heartbeat.js';
import {
  produce,
  type ProduceRequest,
  type ProduceResponse,
} from '../../../src/broker/protocol/messages/00-produce.js';
import type { RequestContext, RequestHandler } from '../../../src/broker/requests/handler.js';
import type { BrokerServices } from '../../../src/broker/services.js';

describe('the types that are inferred from the message tables', () => {
  it('let one registry hold the handlers of all APIs', async () => {
    const handlers: readonly RequestHandler[] = [heartbeatHandler, produceHandler];
    const handler = handlers[0];
    assert.ok(handler);
    const body = encodeRequest(heartbeat, 3, { groupId: 'g', generationId: 7 });
    const request = decodeRequest(handler.api, 3, body);
    const response = await handler.handle(request, {} as RequestContext, {} as BrokerServices);
    assert.deepEqual(encodeResponse(handler.api, 1, response), Buffer.from([0, 0, 0, 0, 0, 7]));
  });

  it('know which fields may be null and which are 64-bit', () => {
    const request: ProduceRequest = decodeRequest(produce, 3, encodeRequest(produce, 3, { acks: -1 }));
    const transactionalId: string | null = request.transactionalId;
    const records: Buffer | null | undefined = request.topicData[0]?.partitionData[0]?.records;
    const baseOffset: bigint | undefined = decodedResponse.responses[0]?.partitionResponses[0]?.baseOffset;
    assert.deepEqual([transactionalId, records, baseOffset], [null, undefined, 5n]);
  });
});

const decodedResponse: ProduceResponse = {
  responses: [
    {
      name: 't',
      partitionResponses: [
        {
          index: 0,
          errorCode: 0,
          baseOffset: 5n,
          logAppendTimeMs: -1n,
          logStartOffset: 0n,
          recordErrors: [],
          errorMessage: null,
          currentLeader: { leaderId: -1, leaderEpoch: -1 },
        },
      ],
    },
  ],
  throttleTimeMs: 0,
  nodeEndpoints: [],
};

const heartbeatHandler: RequestHandler<HeartbeatRequest, HeartbeatResponse> = {
  api: heartbeat,
  versions: { min: 0, max: 3 },
  handle: (request) => ({ errorCode: request.generationId }),
};

const produceHandler: RequestHandler<ProduceRequest, ProduceResponse> = {
  api: produce,
  versions: { min: 3, max: 7 },
  handle: (request) => (request.acks === 0 ? undefined : { responses: [] }),
};
