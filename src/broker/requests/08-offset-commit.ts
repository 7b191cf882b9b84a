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
 * not used: nothing expires here, which a lab does not live long enough to notice. A member of a
 * KIP-848 group needs version 9 (35), where its epoch stands in the generation's place; another one than its current is 113.
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

/** In Kafka's order: partitions that do not exist (3), what concerns all others, metadata that is too long (12). */
function commit(request: OffsetCommitRequest, context: RequestContext, services: BrokerServices): ErrorOf {
  const exists = ({ topic, partition }: OffsetToCommit) => services.cluster.partition(topic, partition);
  const existing = offsetsIn(request).filter(exists);
  if (existing.length === 0) return () => ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  const elsewhere = groupCoordinatorError(request.groupId, context, services);
  const whole = elsewhere ?? store(request, context, services, existing);
  return (offset) => {
    if (!exists(offset)) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    return whole === ErrorCode.NONE ? metadataError(offset) : whole;
  };
}

function store(
  request: OffsetCommitRequest,
  { apiVersion }: RequestContext,
  { groups }: BrokerServices,
  offsets: readonly OffsetToCommit[],
): number {
  const { groupId, memberId, groupInstanceId } = request;
  const identity = { memberId, groupInstanceId, generationId: request.generationIdOrMemberEpoch };
  const acceptable = offsets.filter((offset) => metadataError(offset) === ErrorCode.NONE);
  return groups.commitOffsets(groupId, identity, acceptable, apiVersion);
}

function metadataError({ metadata }: OffsetToCommit): number {
  return (metadata ?? '').length > longestMetadata ? ErrorCode.OFFSET_METADATA_TOO_LARGE : ErrorCode.NONE;
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
