import { ErrorCode } from '../protocol/errors.js';
import {
  txnOffsetCommit,
  type TxnOffsetCommitRequest,
  type TxnOffsetCommitResponse,
} from '../protocol/messages/28-txn-offset-commit.js';
import type { Encodable } from '../protocol/schema.js';
import type { BrokerServices } from '../services.js';
import type { TransactionalOffset } from '../state/transactional-offsets.js';
import { groupCoordinatorError } from './group-coordinator.js';
import type { RequestContext, RequestHandler } from './handler.js';
import { verificationError } from './transaction-access.js';

/** `offset.metadata.max.bytes` */
const longestMetadata = 4096;
/** 120 is known to clients. */
const abortableFrom = 4;
/** The group need not have been added to the transaction: the commit adds it. */
const addsGroupFrom = 5;

/**
 * TxnOffsetCommit, versions 0–4, and 5 with `transaction.version` 2: offsets that count when the transaction commits. The producer
 * is verified first (KIP-890): 47 fenced, 48 (120 from version 4) when the group was not added, 15 (51 from version 5) while the
 * transaction is ending; then, from version 3, the member (KIP-447): 22, 25, 82. Kafka verifies only the first commit of a transaction and leaves later ones to the
 * epoch in the log; the answers are the same.
 */
export const txnOffsetCommitHandler: RequestHandler<TxnOffsetCommitRequest, TxnOffsetCommitResponse> = {
  api: txnOffsetCommit,
  versions: { min: 0, max: 4 },
  withFeature: { feature: 'transactionVersion', max: 5 },
  async handle(request, context, services) {
    const site = { group: request.groupId, transactionalId: request.transactionalId };
    const struckBefore = await context.strike('beforeAppend', site);
    const errors = struckBefore === undefined ? commit(request, context, services) : () => struckBefore;
    const struckAfter = struckBefore ?? (await context.strike('afterAppend', site));
    return answer(request, struckAfter === undefined ? errors : () => struckAfter);
  },
};

type ErrorOf = (offset: TransactionalOffset) => number;

/** In Kafka's order: partitions that do not exist (3), what concerns all others, metadata that is too long (12). */
function commit(request: TxnOffsetCommitRequest, context: RequestContext, services: BrokerServices): ErrorOf {
  const exists = ({ topic, partition }: TransactionalOffset) => services.cluster.partition(topic, partition);
  const existing = offsetsIn(request).filter(exists);
  if (existing.length === 0) return () => ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  const refused = requestError(request, context, services) ?? memberErrorBefore(request, context, services);
  const whole =
    refused ?? producerError(request, context, services) ?? store(request, context, services, existing);
  return (offset) => {
    if (!exists(offset)) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    return whole === ErrorCode.NONE ? metadataError(offset) : whole;
  };
}

function store(
  request: TxnOffsetCommitRequest,
  context: RequestContext,
  services: BrokerServices,
  offsets: readonly TransactionalOffset[],
): number {
  return services.groups.storePendingOffsets(
    request.groupId,
    request.producerId,
    request.producerEpoch,
    context.apiVersion < 3 ? undefined : memberIn(request),
    offsets.filter((offset) => metadataError(offset) === ErrorCode.NONE),
  );
}

function requestError(
  request: TxnOffsetCommitRequest,
  context: RequestContext,
  services: BrokerServices,
): number | undefined {
  const { groupId } = request;
  if (groupId === '') return ErrorCode.INVALID_GROUP_ID;
  const elsewhere = groupCoordinatorError(groupId, context, services);
  if (elsewhere !== undefined) return elsewhere;
  services.groups.touch(groupId);
  return undefined;
}

/**
 * Where the transaction has offsets in the group already, Kafka does not ask the transaction coordinator again: then the member is
 * looked at first, and the producer's epoch only when the log is written.
 */
function memberErrorBefore(
  request: TxnOffsetCommitRequest,
  context: RequestContext,
  services: BrokerServices,
): number | undefined {
  if (!services.groups.holdsBack(request.groupId, request.producerId)) return undefined;
  const errorCode = store(request, context, services, []);
  return errorCode === ErrorCode.NONE ? undefined : errorCode;
}

function producerError(
  request: TxnOffsetCommitRequest,
  context: RequestContext,
  services: BrokerServices,
): number | undefined {
  const { transactionalId, groupId, producerId, producerEpoch: epoch } = request;
  const adds = context.apiVersion >= addsGroupFrom;
  const identity = { producerId, epoch };
  const answer = adds
    ? services.transactions.addOffsets(transactionalId, identity, groupId, 'TxnOffsetCommit')
    : services.transactions.verify(transactionalId, identity, { group: groupId }, 'TxnOffsetCommit');
  return answer === ErrorCode.NONE ? undefined : offsetError(answer, context.apiVersion);
}

/** Unlike a write, a commit is told 51 as it is while the last transaction is ending (maybeConvertOffsetCommitError). */
function offsetError(answer: number, apiVersion: number): number {
  if (answer === ErrorCode.CONCURRENT_TRANSACTIONS) return answer;
  return verificationError(answer, apiVersion >= abortableFrom);
}

function metadataError({ metadata }: TransactionalOffset): number {
  return (metadata ?? '').length > longestMetadata ? ErrorCode.OFFSET_METADATA_TOO_LARGE : ErrorCode.NONE;
}

function memberIn({ memberId, generationId, groupInstanceId }: TxnOffsetCommitRequest) {
  return { memberId, generationId, groupInstanceId };
}

function offsetsIn(request: TxnOffsetCommitRequest): readonly TransactionalOffset[] {
  return request.topics.flatMap(({ name, partitions }) => partitions.map((one) => offsetIn(name, one)));
}

type PartitionCommit = TxnOffsetCommitRequest['topics'][number]['partitions'][number];

function offsetIn(topic: string, commit: PartitionCommit): TransactionalOffset {
  return {
    topic,
    partition: commit.partitionIndex,
    offset: commit.committedOffset,
    leaderEpoch: commit.committedLeaderEpoch,
    metadata: commit.committedMetadata,
  };
}

function answer(request: TxnOffsetCommitRequest, errorOf: ErrorOf): Encodable<TxnOffsetCommitResponse> {
  return {
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map((one) => ({
        partitionIndex: one.partitionIndex,
        errorCode: errorOf(offsetIn(name, one)),
      })),
    })),
  };
}
