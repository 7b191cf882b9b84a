import { ErrorCode } from '../protocol/errors.js';
import type { BrokerServices } from '../services.js';
import type { RequestContext } from './handler.js';

/** NOT_COORDINATOR (16) when the connection's node does not coordinate the transactional id, else undefined. */
export function transactionCoordinatorError(
  transactionalId: string,
  context: RequestContext,
  services: BrokerServices,
): number | undefined {
  const { nodeId } = services.cluster.coordinatorFor('transaction', transactionalId);
  return nodeId === context.nodeId ? undefined : ErrorCode.NOT_COORDINATOR;
}

/** PRODUCER_FENCED (90) is known to clients from a version on (KIP-588); before it they are told 47. */
export function fencedAs(errorCode: number, apiVersion: number, knownFrom: number): number {
  const isUnknown = errorCode === ErrorCode.PRODUCER_FENCED && apiVersion < knownFrom;
  return isUnknown ? ErrorCode.INVALID_PRODUCER_EPOCH : errorCode;
}

/**
 * What a failed verification (KIP-890) becomes in the answer to the write that it was for, as AddPartitionsToTxnManager and
 * ReplicaManager turn it: 51 is retriable as 19, and 120 is 48 for versions that lack it.
 */
export function verificationError(errorCode: number, knowsAbortable: boolean): number {
  switch (errorCode) {
    case ErrorCode.PRODUCER_FENCED:
      return ErrorCode.INVALID_PRODUCER_EPOCH;
    case ErrorCode.CONCURRENT_TRANSACTIONS:
      return ErrorCode.NOT_ENOUGH_REPLICAS;
    case ErrorCode.TRANSACTION_ABORTABLE:
      return knowsAbortable ? errorCode : ErrorCode.INVALID_TXN_STATE;
    default:
      return errorCode;
  }
}
