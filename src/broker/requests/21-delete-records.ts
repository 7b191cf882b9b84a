import { ErrorCode } from '../protocol/errors.js';
import {
  deleteRecords,
  type DeleteRecordsRequest,
  type DeleteRecordsResponse,
} from '../protocol/messages/21-delete-records.js';
import type { BrokerServices } from '../services.js';
import type { Partition } from '../state/partition.js';
import type { RequestContext, RequestHandler } from './handler.js';
import { ledPartition } from './partition-access.js';

/** "Everything up to the high watermark." */
const upToHighWatermark = -1n;

/**
 * DeleteRecords, versions 0–2: moves the log start, which is the one kind of retention here. An offset above the high
 * watermark is refused (1); one below the log start changes nothing and is no error. Followers follow at once, so the
 * low watermark is the new log start and the request's time-out plays no part.
 */
export const deleteRecordsHandler: RequestHandler<DeleteRecordsRequest, DeleteRecordsResponse> = {
  api: deleteRecords,
  versions: { min: 0, max: 2 },
  handle(request, context, services) {
    return {
      topics: request.topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map((one) => ({
          partitionIndex: one.partitionIndex,
          ...deleteFrom(name, one, context, services),
        })),
      })),
    };
  },
};

interface Outcome {
  readonly lowWatermark: bigint;
  readonly errorCode: number;
}

function deleteFrom(
  topic: string,
  asked: { readonly partitionIndex: number; readonly offset: bigint },
  context: RequestContext,
  services: BrokerServices,
): Outcome {
  const partition = ledPartition(topic, asked.partitionIndex, context, services);
  if (typeof partition === 'number') return refused(partition);
  const { highWatermark } = partition.log;
  const before = asked.offset === upToHighWatermark ? highWatermark : asked.offset;
  const problem = problemWith(partition, before);
  if (problem !== undefined) return refused(problem);
  partition.deleteRecordsBefore(before);
  return { lowWatermark: partition.log.startOffset, errorCode: ErrorCode.NONE };
}

function problemWith(partition: Partition, before: bigint): number | undefined {
  if (partition.topic.isInternal) return ErrorCode.INVALID_TOPIC_EXCEPTION;
  if (!partition.topic.config('cleanup.policy').split(',').includes('delete'))
    return ErrorCode.POLICY_VIOLATION;
  return before < 0n || before > partition.log.highWatermark ? ErrorCode.OFFSET_OUT_OF_RANGE : undefined;
}

function refused(errorCode: number): Outcome {
  return { lowWatermark: -1n, errorCode };
}
