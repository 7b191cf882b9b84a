import { ErrorCode } from '../protocol/errors.js';
import {
  offsetCommit,
  type OffsetCommitRequest,
  type OffsetCommitResponse,
} from '../protocol/messages/08-offset-commit.js';
import type { Encodable } from '../protocol/schema.js';
import type { BrokerServices } from '../services.js';
import type { OffsetToCommit } from '../state/groups/exchange.js';
import { groupCoordinatorError } from './group-coordinator.js';
import type { RequestContext, RequestHandler } from './handler.js';

/** `offset.metadata.max.bytes` */
const longestMetadata = 4096;

/**
 * OffsetCommit, versions 0–9. Who may commit: state/groups/identity.ts. Retention and commit timestamps (versions 1–4) are
 * not used: nothing expires here, which a lab does not live long enough to notice. Version 9 allows member epochs of KIP-848
 * groups, of which there are none; a classic member's generation stands in the same field.
 */
export const offsetCommitHandler: RequestHandler<OffsetCommitRequest, OffsetCommitResponse> = {
  api: offsetCommit,
  versions: { min: 0, max: 9 },
  async handle(request, context, services) {
    const site = { group: request.groupId };
    const struckBefore = await context.strike('beforeAppend', site);
    const errors = struckBefore === undefined ? commit(request, context, services) : () => struckBefore;
    const struckAfter = struckBefore ?? (await context.strike('afterAppend', site));
    return answer(request, struckAfter === undefined ? errors : () => struckAfter);
  },
};

type ErrorOf = (offset: OffsetToCommit) => number;

/** Partitions are judged one by one, membership once for all of them. */
function commit(request: OffsetCommitRequest, context: RequestContext, services: BrokerServices): ErrorOf {
  const { groupId, memberId, groupInstanceId } = request;
  const elsewhere = groupCoordinatorError(groupId, context, services);
  if (elsewhere !== undefined) return () => elsewhere;
  const unacceptable = (offset: OffsetToCommit) => partitionError(offset, services);
  const identity = { memberId, groupInstanceId, generationId: request.generationIdOrMemberEpoch };
  const acceptable = offsetsIn(request).filter((offset) => unacceptable(offset) === undefined);
  const whole = services.groups.commitOffsets(groupId, identity, acceptable);
  return (offset) => unacceptable(offset) ?? whole;
}

function partitionError(
  { topic, partition, metadata }: OffsetToCommit,
  { cluster }: BrokerServices,
): number | undefined {
  if (!cluster.partition(topic, partition)) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  return (metadata ?? '').length > longestMetadata ? ErrorCode.OFFSET_METADATA_TOO_LARGE : undefined;
}

function offsetsIn(request: OffsetCommitRequest): readonly OffsetToCommit[] {
  return request.topics.flatMap(({ name, partitions }) => partitions.map((one) => offsetIn(name, one)));
}

type PartitionCommit = OffsetCommitRequest['topics'][number]['partitions'][number];

function offsetIn(topic: string, commit: PartitionCommit): OffsetToCommit {
  return {
    topic,
    partition: commit.partitionIndex,
    offset: commit.committedOffset,
    leaderEpoch: commit.committedLeaderEpoch,
    metadata: commit.committedMetadata,
  };
}

function answer(request: OffsetCommitRequest, errorOf: ErrorOf): Encodable<OffsetCommitResponse> {
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
