import { ErrorCode } from '../protocol/errors.js';
import {
  initProducerId,
  type InitProducerIdRequest,
  type InitProducerIdResponse,
} from '../protocol/messages/22-init-producer-id.js';
import type { Encodable } from '../protocol/schema.js';
import type { BrokerServices } from '../services.js';
import type { InitProducerIdResult, ProducerIdentity } from '../state/transaction-results.js';
import type { RequestContext, RequestHandler } from './handler.js';
import { fencedAs, transactionCoordinatorError } from './transaction-access.js';

/**
 * InitProducerId, versions 0–5: a new id, or the bumped epoch of a transactional id (state/transactions.ts). From version 3
 * the client may say who it is (KIP-360); from 4 a fenced one is told 90, before it 47.
 * Two requests for a new id at the same time are one after the other here and get epochs 0 and 1; Kafka may tell the second
 * to come again (51) first, with the same outcome.
 */
export const initProducerIdHandler: RequestHandler<InitProducerIdRequest, InitProducerIdResponse> = {
  api: initProducerId,
  versions: { min: 0, max: 5 },
  async handle(request, context, services) {
    const site = request.transactionalId === null ? {} : { transactionalId: request.transactionalId };
    const struckBefore = await context.strike('beforeAppend', site);
    if (struckBefore !== undefined) return refused(struckBefore);
    const result = initialise(request, context, services);
    const struckAfter = await context.strike('afterAppend', site);
    if (struckAfter !== undefined) return refused(struckAfter);
    const errorCode = fencedAs(result.errorCode, context.apiVersion, 4);
    return { errorCode, producerId: result.producerId, producerEpoch: result.epoch };
  },
};

function initialise(
  request: InitProducerIdRequest,
  context: RequestContext,
  services: BrokerServices,
): InitProducerIdResult {
  const { transactionalId, transactionTimeoutMs: timeoutMs } = request;
  const elsewhere =
    transactionalId === null ? undefined : transactionCoordinatorError(transactionalId, context, services);
  if (elsewhere !== undefined) return { errorCode: elsewhere, producerId: -1n, epoch: -1 };
  const expected = expectedIdentity(request);
  if (expected === 'half') return { errorCode: ErrorCode.INVALID_REQUEST, producerId: -1n, epoch: -1 };
  return services.transactions.initProducerId({ transactionalId, timeoutMs, expected });
}

/** An id without an epoch, or the other way round, is no identity. */
function expectedIdentity(request: InitProducerIdRequest): ProducerIdentity | 'half' | undefined {
  const { producerId, producerEpoch: epoch } = request;
  if (producerId === -1n && epoch === -1) return undefined;
  return producerId === -1n || epoch === -1 ? 'half' : { producerId, epoch };
}

function refused(errorCode: number): Encodable<InitProducerIdResponse> {
  return { errorCode, producerId: -1n, producerEpoch: -1 };
}
