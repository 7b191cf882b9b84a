import { endTxn, type EndTxnRequest, type EndTxnResponse } from '../protocol/messages/26-end-txn.js';
import type { RequestHandler } from './handler.js';
import { fencedAs, transactionCoordinatorError } from './transaction-access.js';

/**
 * EndTxn, versions 0–4: commits or aborts. The markers are written before the answer, unless a fault holds them back
 * (state/transactions.ts); Kafka answers first and writes them within milliseconds, so that a reader who is quick may
 * wait there and never does here. A late request ends whatever transaction is open then, as Kafka's does (KAFKA-17754);
 * version 5 (KIP-890), which prevents that, is not answered yet.
 */
export const endTxnHandler: RequestHandler<EndTxnRequest, EndTxnResponse> = {
  api: endTxn,
  versions: { min: 0, max: 4 },
  async handle(request, context, services) {
    const { transactionalId, producerId, producerEpoch: epoch, committed } = request;
    const struckBefore = await context.strike('beforeAppend', { transactionalId });
    if (struckBefore !== undefined) return { errorCode: struckBefore };
    const errorCode =
      transactionCoordinatorError(transactionalId, context, services) ??
      services.transactions.endTransaction(transactionalId, { producerId, epoch }, committed);
    const struckAfter = await context.strike('afterAppend', { transactionalId });
    return { errorCode: struckAfter ?? fencedAs(errorCode, context.apiVersion, 2) };
  },
};
