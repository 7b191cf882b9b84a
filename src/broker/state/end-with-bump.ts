import { ErrorCode } from '../protocol/errors.js';
import { isEpochExhausted, type TransactionMetadata } from './transaction-metadata.js';
import type { ProducerIdentity } from './transaction-results.js';

export type EndDecision =
  | { readonly kind: 'end' }
  /** The same end again, whose answer was lost: the client is told the identity that it got by it. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'refused'; readonly errorCode: number };

/**
 * What EndTxn 5 means (KIP-890, TransactionCoordinator.endTransaction of Kafka 4): an epoch belongs to one transaction, so that a
 * late request can no longer end the next one (90), and one with the epoch before the current is a repetition. An abort is
 * allowed with nothing begun, and raises the epoch too. Measured on 4.2.0.
 */
export function decideEndWithBump(
  metadata: TransactionMetadata,
  identity: ProducerIdentity,
  commit: boolean,
): EndDecision {
  if (metadata.isEnding) return refused(ErrorCode.CONCURRENT_TRANSACTIONS);
  const isRotated = isAfterRotation(metadata, identity);
  if (metadata.producerId !== identity.producerId && !isRotated) {
    return refused(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
  }
  const { state } = metadata;
  const isComplete = state === 'CompleteCommit' || state === 'CompleteAbort';
  const isRepetition = isComplete && (isRotated || metadata.epoch === identity.epoch + 1);
  if (!isRepetition && metadata.epoch !== identity.epoch) return refused(ErrorCode.PRODUCER_FENCED);
  if (isRepetition) {
    const isSame = state === (commit ? 'CompleteCommit' : 'CompleteAbort');
    return isSame ? { kind: 'repeated' } : refused(ErrorCode.INVALID_TXN_STATE);
  }
  if (state === 'Ongoing' || !commit) return { kind: 'end' };
  return refused(ErrorCode.INVALID_TXN_STATE);
}

/** The end used up the epochs of the old producer id, and the client does not know its new one yet. */
function isAfterRotation(metadata: TransactionMetadata, { producerId, epoch }: ProducerIdentity): boolean {
  return metadata.previousProducerId === producerId && isEpochExhausted(epoch) && metadata.epoch === 0;
}

function refused(errorCode: number): EndDecision {
  return { kind: 'refused', errorCode };
}
