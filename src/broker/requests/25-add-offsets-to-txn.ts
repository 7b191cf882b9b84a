import {
  addOffsetsToTxn,
  type AddOffsetsToTxnRequest,
  type AddOffsetsToTxnResponse,
} from '../protocol/messages/25-add-offsets-to-txn.js';
import type { RequestHandler } from './handler.js';
import { fencedAs, transactionCoordinatorError } from './transaction-access.js';

/**
 * AddOffsetsToTxn, versions 0–4: a group's offsets become part of the transaction. Kafka adds the partition of
 * __consumer_offsets that the group hashes to, which other groups share; here it is the group itself, and nobody can
 * notice but one who commits for a group that was not added and happens to share the partition.
 */
export const addOffsetsToTxnHandler: RequestHandler<AddOffsetsToTxnRequest, AddOffsetsToTxnResponse> = {
  api: addOffsetsToTxn,
  versions: { min: 0, max: 4 },
  async handle(request, context, services) {
    const { transactionalId, groupId, producerId, producerEpoch: epoch } = request;
    const site = { transactionalId, group: groupId };
    const struckBefore = await context.strike('beforeAppend', site);
    if (struckBefore !== undefined) return { errorCode: struckBefore };
    const errorCode =
      transactionCoordinatorError(transactionalId, context, services) ??
      services.transactions.addOffsets(transactionalId, { producerId, epoch }, groupId);
    const struckAfter = await context.strike('afterAppend', site);
    return { errorCode: struckAfter ?? fencedAs(errorCode, context.apiVersion, 2) };
  },
};
