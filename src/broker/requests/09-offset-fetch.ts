import { ErrorCode } from '../protocol/errors.js';
import {
  offsetFetch,
  type OffsetFetchRequest,
  type OffsetFetchResponse,
} from '../protocol/messages/09-offset-fetch.js';
import type { BrokerServices } from '../services.js';
import type { FetchedOffset } from '../state/groups/exchange.js';
import { groupCoordinatorError } from './group-coordinator.js';
import type { RequestContext, RequestHandler } from './handler.js';

/**
 * OffsetFetch, versions 1–9 (0 read from ZooKeeper): committed positions, −1 for none; an unknown group has none and is no
 * error. All partitions from version 2, requireStable from 7 (KIP-447: 88 while a transaction holds a new position back), several
 * groups from 8, and from 9 who asks: a member of a KIP-848 group must be in its current epoch (25, 113).
 */
export const offsetFetchHandler: RequestHandler<OffsetFetchRequest, OffsetFetchResponse> = {
  api: offsetFetch,
  versions: { min: 1, max: 9 },
  handle(request, context, services) {
    const { requireStable } = request;
    if (context.apiVersion < 8) return fetchOne(request, requireStable, context, services);
    return { groups: request.groups.map((group) => fetchOne(group, requireStable, context, services)) };
  },
};

type AskedTopics = OffsetFetchRequest['topics'];

interface AskedGroup {
  readonly groupId: string;
  readonly topics: AskedTopics;
  readonly memberId?: string | null;
  readonly memberEpoch?: number;
}

interface GroupAnswer {
  readonly groupId: string;
  readonly errorCode: number;
  readonly topics: readonly { readonly name: string; readonly partitions: readonly PartitionAnswer[] }[];
}

interface PartitionAnswer {
  readonly partitionIndex: number;
  readonly committedOffset: bigint;
  readonly committedLeaderEpoch: number;
  readonly metadata: string;
  readonly errorCode: number;
}

function fetchOne(
  { groupId, topics, memberId = null, memberEpoch = -1 }: AskedGroup,
  requireStable: boolean,
  context: RequestContext,
  services: BrokerServices,
): GroupAnswer {
  const elsewhere = groupCoordinatorError(groupId, context, services);
  const refused = elsewhere ?? services.groups.fetchOffsetsError(groupId, memberId, memberEpoch);
  if (refused !== undefined) return refusal(groupId, topics, refused, context);
  const asked = topics?.flatMap(({ name, partitionIndexes }) =>
    partitionIndexes.map((partition) => ({ topic: name, partition })),
  );
  const offsets = services.groups.fetchOffsets(groupId, asked ?? null, requireStable);
  return { groupId, errorCode: ErrorCode.NONE, topics: byTopic(offsets) };
}

/** Before version 2 there is no place for an error but at each partition. */
function refusal(
  groupId: string,
  topics: AskedTopics,
  errorCode: number,
  context: RequestContext,
): GroupAnswer {
  if (context.apiVersion >= 2) return { groupId, errorCode, topics: [] };
  const none = { committedOffset: -1n, committedLeaderEpoch: -1, metadata: '', errorCode };
  const partitions = (indexes: readonly number[]) =>
    indexes.map((partitionIndex) => ({ partitionIndex, ...none }));
  const answers = (topics ?? []).map((one) => ({
    name: one.name,
    partitions: partitions(one.partitionIndexes),
  }));
  return { groupId, errorCode, topics: answers };
}

function byTopic(offsets: readonly FetchedOffset[]): GroupAnswer['topics'] {
  const topics = new Map<string, PartitionAnswer[]>();
  for (const { topic, partition, offset, leaderEpoch, metadata, errorCode } of offsets) {
    const partitions = topics.get(topic) ?? [];
    const position = { committedOffset: offset, committedLeaderEpoch: leaderEpoch, metadata, errorCode };
    partitions.push({ partitionIndex: partition, ...position });
    topics.set(topic, partitions);
  }
  return [...topics].map(([name, partitions]) => ({ name, partitions }));
}
