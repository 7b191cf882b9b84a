import { endTxn, type EndTxnRequest, type EndTxnResponse } from '../protocol/messages/26-end-txn.js';
import type { BrokerServices } from '../services.js';
import type { ProducerIdentity } from '../state/transaction-results.js';
import type { RequestContext, RequestHandler } from './handler.js';
import { fencedAs, transactionCoordinatorError } from './transaction-access.js';

/** The first version whose every end raises the epoch. */
const bumpsFrom = 5;

/**
 * EndTxn, versions 0–4, and 5 with `transaction.version` 2: commits or aborts. The markers are written before the answer, unless a fault holds them back
 * (state/transactions.ts); Kafka answers first and writes them within milliseconds, so that a reader who is quick may
 * wait there and never does here. A late request ends whatever transaction is open then, as Kafka's does (KAFKA-17754);
 * version 5 (KIP-890) prevents that: every end raises the epoch, and answers it (state/end-with-bump.ts). The request's version
 * decides, not the cluster's feature.
 */
export const endTxnHandler: RequestHandler<EndTxnRequest, EndTxnResponse> = {
  api: endTxn,
  versions: { min: 0, max: 4 },
  withFeature: { feature: 'transactionVersion', max: 5 },
  async handle(request, context, services) {
    const { transactionalId, producerId, producerEpoch: epoch, committed } = request;
    const struckBefore = await context.strike('beforeAppend', { transactionalId });
    if (struckBefore !== undefined) return { errorCode: struckBefore };
    const ended = end(transactionalId, { producerId, epoch }, committed, context, services);
    const struckAfter = await context.strike('afterAppend', { transactionalId });
    if (struckAfter !== undefined) return { errorCode: struckAfter };
    return { ...ended, errorCode: fencedAs(ended.errorCode, context.apiVersion, 2) };
  },
};

function end(
  transactionalId: string,
  identity: ProducerIdentity,
  commit: boolean,
  context: RequestContext,
  services: BrokerServices,
) {
  const elsewhere = transactionCoordinatorError(transactionalId, context, services);
  if (elsewhere !== undefined) return { errorCode: elsewhere };
  const { transactions } = services;
  if (context.apiVersion < bumpsFrom) {
    return { errorCode: transactions.endTransaction(transactionalId, identity, commit) };
  }
  const { errorCode, producerId, epoch } = transactions.endTransactionWithBump(
    transactionalId,
    identity,
    commit,
  );
  return { errorCode, producerId, producerEpoch: epoch };
}
