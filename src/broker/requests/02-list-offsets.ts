import { ErrorCode } from '../protocol/errors.js';
import {
  listOffsets,
  type ListOffsetsRequest,
  type ListOffsetsResponse,
} from '../protocol/messages/02-list-offsets.js';
import type { BrokerServices } from '../services.js';
import type { Isolation } from '../state/log.js';
import type { Partition } from '../state/partition.js';
import type { RequestContext, RequestHandler } from './handler.js';
import { ledPartition, leaderEpochError } from './partition-access.js';

/** Asked for in place of a timestamp. */
const latest = -1n;
const earliest = -2n;
const largestTimestamp = -3n;
const earliestLocal = -4n;

/**
 * ListOffsets, versions 0–8. Latest is the high watermark, or the LSO for read_committed; a timestamp is looked up record by
 * record below it. Version 0 answers a list of offsets and knew segments: here the log is one. −4 (earliest on local disk)
 * is the earliest, since nothing is tiered.
 */
export const listOffsetsHandler: RequestHandler<ListOffsetsRequest, ListOffsetsResponse> = {
  api: listOffsets,
  versions: { min: 0, max: 8 },
  handle(request, context, services) {
    const isolation = request.isolationLevel === 1 ? 'read_committed' : 'read_uncommitted';
    const repeated = repeatedPartitions(request);
    return {
      topics: request.topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map((asked) =>
          repeated.has(`${name}-${String(asked.partitionIndex)}`)
            ? refused(asked, ErrorCode.INVALID_REQUEST)
            : find(name, asked, isolation, context, services),
        ),
      })),
    };
  },
};

type Asked = ListOffsetsRequest['topics'][number]['partitions'][number];

interface Found {
  readonly offset: bigint;
  readonly timestamp: bigint;
  readonly leaderEpoch: number;
}

const noOffsets: readonly bigint[] = [];
const nothing: Found = { offset: -1n, timestamp: -1n, leaderEpoch: -1 };

function find(
  topic: string,
  asked: Asked,
  isolation: Isolation,
  context: RequestContext,
  services: BrokerServices,
) {
  const partition = ledPartition(topic, asked.partitionIndex, context, services);
  if (typeof partition === 'number') return refused(asked, partition);
  const epochError = leaderEpochError(partition, asked.currentLeaderEpoch);
  if (epochError !== undefined) return refused(asked, epochError);
  if (!isKnown(asked.timestamp, context.apiVersion)) return refused(asked, ErrorCode.UNSUPPORTED_VERSION);
  const found = lookUp(partition, asked.timestamp, isolation);
  if (found === undefined && isUncertain(partition)) {
    const soon = context.apiVersion >= 5 ? ErrorCode.OFFSET_NOT_AVAILABLE : ErrorCode.LEADER_NOT_AVAILABLE;
    return refused(asked, soon);
  }
  return { ...refused(asked, ErrorCode.NONE), ...found, oldStyleOffsets: found ? [found.offset] : [] };
}

/** Timestamps below 0 stand for places in the log, each since a version of its own. */
function isKnown(timestamp: bigint, version: number): boolean {
  if (timestamp === largestTimestamp) return version >= 7;
  if (timestamp === earliestLocal) return version >= 8;
  return timestamp >= earliest;
}

/** A new leader does not know yet how far its predecessor's high watermark was (KIP-207). */
function isUncertain({ log }: Partition): boolean {
  return log.epochs.latestStart > log.highWatermark;
}

/** Undefined: no such record below what this reader may see. */
function lookUp(partition: Partition, timestamp: bigint, isolation: Isolation): Found | undefined {
  const { log, leaderEpoch } = partition;
  const end = log.readableEnd(isolation);
  if (timestamp === latest) {
    return isUncertain(partition) ? undefined : { offset: end, timestamp: -1n, leaderEpoch };
  }
  if (timestamp === earliest || timestamp === earliestLocal) {
    return { offset: log.startOffset, timestamp: -1n, leaderEpoch: log.epochs.epochAt(log.startOffset) };
  }
  const found =
    timestamp === largestTimestamp ? log.offsetOfLargestTimestamp() : log.offsetForTimestamp(timestamp);
  if (found === undefined || found.offset >= end) return undefined;
  // The largest timestamp may be that of a deleted record, of whose epoch nothing else is left.
  const at = found.offset > log.startOffset ? found.offset : log.startOffset;
  return { ...found, leaderEpoch: log.epochs.epochAt(at) };
}

function refused(asked: Asked, errorCode: number) {
  return { partitionIndex: asked.partitionIndex, errorCode, oldStyleOffsets: noOffsets, ...nothing };
}

/** Kafka refuses a partition that is asked twice. */
function repeatedPartitions(request: ListOffsetsRequest): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { name, partitions } of request.topics) {
    for (const { partitionIndex } of partitions) {
      const key = `${name}-${String(partitionIndex)}`;
      if (seen.has(key)) repeated.add(key);
      seen.add(key);
    }
  }
  return repeated;
}
