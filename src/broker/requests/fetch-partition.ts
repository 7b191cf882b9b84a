import { ErrorCode } from '../protocol/errors.js';
import type { BrokerServices } from '../services.js';
import type { AbortedTransaction } from '../state/aborted-transactions.js';
import type { EpochEnd } from '../state/leader-epochs.js';
import type { Isolation } from '../state/log.js';
import type { Partition } from '../state/partition.js';
import type { RequestContext } from './handler.js';
import { leaderEpochError } from './partition-access.js';

export interface PartitionFetch {
  /** Undefined: there is no topic with the id that was asked for. */
  readonly topic: string | undefined;
  readonly partition: number;
  readonly isolation: Isolation;
  readonly currentLeaderEpoch: number;
  readonly fetchOffset: bigint;
  readonly lastFetchedEpoch: number;
  readonly partitionMaxBytes: number;
}

export interface FetchReading {
  readonly topic: string | undefined;
  readonly errorCode: number;
  readonly highWatermark: bigint;
  readonly lastStableOffset: bigint;
  readonly logStartOffset: bigint;
  readonly records: Buffer;
  readonly abortedTransactions: readonly AbortedTransaction[] | undefined;
  /** The client's history ended here; it must go back (KIP-595, from version 12). */
  readonly divergingEpoch: EpochEnd | undefined;
}

const noRecords = Buffer.alloc(0);

/** What one partition answers. Errors: 3, 100 no such id, 6, 74, 75, 1 outside of the log. */
export function readPartition(
  asked: PartitionFetch,
  limits: { readonly maxBytes: number; readonly atLeastOne: boolean },
  context: RequestContext,
  services: BrokerServices,
): FetchReading {
  const partition = find(asked, context, services);
  if (typeof partition === 'number') return failed(asked, partition);
  const { log } = partition;
  const watermarks = {
    topic: asked.topic,
    errorCode: ErrorCode.NONE,
    highWatermark: atNode(log.highWatermark, partition, context),
    lastStableOffset: atNode(log.lastStableOffset, partition, context),
    logStartOffset: log.startOffset,
  };
  const divergingEpoch = divergence(asked, partition);
  if (divergingEpoch !== undefined) {
    return { ...watermarks, records: noRecords, abortedTransactions: undefined, divergingEpoch };
  }
  const below = partition.replicaEnd(context.nodeId);
  const slice = log.slice(asked.fetchOffset, { ...limits, isolation: asked.isolation, below });
  return { ...watermarks, ...slice, divergingEpoch: undefined };
}

/** Bytes that a waiting fetch could get now. */
export function readableNow(
  asked: PartitionFetch,
  context: RequestContext,
  services: BrokerServices,
): number | 'error' {
  const partition = find(asked, context, services);
  if (typeof partition === 'number' || divergence(asked, partition) !== undefined) return 'error';
  const { fetchOffset, isolation, partitionMaxBytes } = asked;
  const below = partition.replicaEnd(context.nodeId);
  return partition.log.readableBytes(fetchOffset, { isolation, below, maxBytes: partitionMaxBytes });
}

function find(
  asked: PartitionFetch,
  context: RequestContext,
  { cluster }: BrokerServices,
): Partition | number {
  if (asked.topic === undefined) return ErrorCode.UNKNOWN_TOPIC_ID;
  const partition = cluster.partition(asked.topic, asked.partition);
  if (partition === undefined) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  return problemWith(asked, partition, context) ?? partition;
}

/** From version 11 on a follower answers too, with what is below its high watermark (KIP-392). */
function problemWith(
  asked: PartitionFetch,
  partition: Partition,
  context: RequestContext,
): number | undefined {
  const epochError = leaderEpochError(partition, asked.currentLeaderEpoch);
  if (epochError !== undefined) return epochError;
  const isReplica = context.apiVersion >= 11 && partition.replicas.includes(context.nodeId);
  if (partition.leader !== context.nodeId && !isReplica) return ErrorCode.NOT_LEADER_OR_FOLLOWER;
  if (asked.fetchOffset < partition.log.startOffset) return ErrorCode.OFFSET_OUT_OF_RANGE;
  // Partition.readRecords: an epoch that the log never had tells as little as an offset that it never had.
  if (asked.lastFetchedEpoch >= 0) {
    return endOfEpoch(asked, partition).epoch < 0 ? ErrorCode.OFFSET_OUT_OF_RANGE : undefined;
  }
  const isBeyond = asked.fetchOffset > partition.replicaEnd(context.nodeId);
  return isBeyond ? ErrorCode.OFFSET_OUT_OF_RANGE : undefined;
}

function divergence(asked: PartitionFetch, partition: Partition): EpochEnd | undefined {
  if (asked.lastFetchedEpoch < 0) return undefined;
  const end = endOfEpoch(asked, partition);
  const agrees = end.epoch === asked.lastFetchedEpoch && end.endOffset >= asked.fetchOffset;
  return agrees ? undefined : end;
}

function endOfEpoch(asked: PartitionFetch, { log }: Partition): EpochEnd {
  return log.epochs.endOffsetFor(asked.lastFetchedEpoch, log.endOffset);
}

function atNode(offset: bigint, partition: Partition, context: RequestContext): bigint {
  const end = partition.replicaEnd(context.nodeId);
  return offset < end ? offset : end;
}

function failed(asked: PartitionFetch, errorCode: number): FetchReading {
  return {
    topic: asked.topic,
    errorCode,
    highWatermark: -1n,
    lastStableOffset: -1n,
    logStartOffset: -1n,
    records: noRecords,
    abortedTransactions: undefined,
    divergingEpoch: undefined,
  };
}
