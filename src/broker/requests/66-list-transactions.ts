import {
  listTransactions,
  type ListTransactionsRequest,
  type ListTransactionsResponse,
} from '../protocol/messages/66-list-transactions.js';
import { isTransactionState } from '../state/transaction-metadata.js';
import type { TransactionDescription } from '../state/transactions.js';
import type { RequestHandler } from './handler.js';

/**
 * ListTransactions, versions 0–1 (KIP-664): the transactional ids that this node coordinates, by state, by producer id, and from
 * version 1 by how long ago their last transaction began (KIP-994), which an id without any passes too, as in Kafka. States are
 * spelled exactly; those that do not exist are told back.
 */
export const listTransactionsHandler: RequestHandler<ListTransactionsRequest, ListTransactionsResponse> = {
  api: listTransactions,
  versions: { min: 0, max: 1 },
  handle(request, { nodeId }, { transactions, cluster, clock }) {
    const isHere = (id: string) => cluster.coordinatorFor('transaction', id).nodeId === nodeId;
    const listed = transactions
      .list()
      .filter((one) => isHere(one.transactionalId) && passes(one, request, clock.now()));
    return {
      unknownStateFilters: request.stateFilters.filter((name) => !isTransactionState(name)),
      transactionStates: listed.map(({ transactionalId, producerId, state }) => ({
        transactionalId,
        producerId,
        transactionState: state,
      })),
    };
  },
};

function passes(one: TransactionDescription, request: ListTransactionsRequest, nowMs: number): boolean {
  const { stateFilters, producerIdFilters, durationFilter } = request;
  return (
    (stateFilters.length === 0 || stateFilters.includes(one.state)) &&
    (producerIdFilters.length === 0 || producerIdFilters.includes(one.producerId)) &&
    (durationFilter < 0n || BigInt(nowMs - one.startedAtMs) > durationFilter)
  );
}
