import { ErrorCode, errorName } from '../protocol/errors.js';
import { produce, type ProduceRequest, type ProduceResponse } from '../protocol/messages/00-produce.js';
import { marksTransaction } from '../protocol/record-batch.js';
import type { Encodable } from '../protocol/schema.js';
import type { BrokerServices } from '../services.js';
import type { Partition } from '../state/partition.js';
import { waitUntil } from '../state/wait.js';
import { appendRecords, type Refused } from './append-records.js';
import type { RequestContext, RequestHandler } from './handler.js';
import { currentLeaderOf, endpointsOf } from './partition-access.js';
import { RefusedRequest } from './refused-request.js';

/** Versions below carry message formats that nothing here reads. They are promised and refused (KAFKA-18659). */
const firstVersion = 3;

/**
 * Produce, versions 0–11, and 12 with `transaction.version` 2 (0–2 are refused with 35: librdkafka up to 2.10 turns compression off unless they are promised).
 * acks=all waits until the in-sync replicas have the records; they do at once unless a fault holds them. The bytes are kept
 * as they came; the records in them are read, compressed or not (append-records.ts). Timestamps are taken as
 * they are (`message.timestamp.*.max.ms` is not enforced).
 */
export const produceHandler: RequestHandler<ProduceRequest, ProduceResponse> = {
  api: produce,
  versions: { min: 0, max: 11 },
  withFeature: { feature: 'transactionVersion', max: 12 },
  async handle(request, context, services) {
    const results = await appendAll(request, context, services);
    if (request.acks !== 0) return answer(request, results, context, services);
    closeIfAnyFailed(results);
    return undefined;
  },
};

interface PartitionResult {
  readonly topic: string;
  readonly errorCode: number;
  readonly errorMessage?: string;
  readonly baseOffset: bigint;
  readonly logAppendTimeMs: bigint;
  readonly logStartOffset?: bigint;
}

/** Appends first, waits afterwards: all partitions are written before the first is replicated. */
async function appendAll(
  request: ProduceRequest,
  context: RequestContext,
  services: BrokerServices,
): Promise<readonly PartitionResult[]> {
  const results: Promise<PartitionResult>[] = [];
  const refused = requestError(request, context);
  if (refused !== undefined) {
    return request.topicData.flatMap(({ name, partitionData }) =>
      partitionData.map(() => failed(name, { errorCode: refused })),
    );
  }
  for (const { name: topic, partitionData } of request.topicData) {
    for (const { index, records } of partitionData) {
      const { result } = await appendOne(request, { topic, index, records }, context, services);
      results.push(result);
    }
  }
  return Promise.all(results);
}

/** The append is done or refused; its result may have to wait for followers. */
interface Attempt {
  readonly result: Promise<PartitionResult>;
}

async function appendOne(
  request: ProduceRequest,
  data: { readonly topic: string; readonly index: number; readonly records: Buffer | null },
  context: RequestContext,
  services: BrokerServices,
): Promise<Attempt> {
  const { topic, index } = data;
  const { transactionalId, acks } = request;
  const site = { topic, partition: index, ...(transactionalId === null ? {} : { transactionalId }) };
  const struckBefore = await context.strike('beforeAppend', site);
  if (struckBefore !== undefined)
    return { result: Promise.resolve(failed(topic, { errorCode: struckBefore })) };
  const appended = appendRecords({ ...data, transactionalId, acks }, context, services);
  if (appended.partition === undefined) return { result: Promise.resolve(failed(topic, appended)) };
  const struck = await context.strike('afterAppend', site);
  const { baseOffset, logAppendTimeMs } = appended;
  const known = { topic, errorCode: struck ?? ErrorCode.NONE, baseOffset, logAppendTimeMs };
  if (struck !== undefined || acks !== -1) return { result: Promise.resolve(known) };
  const replicated = replication(appended.partition, appended.lastOffset, request, context, services);
  return { result: replicated.then((errorCode) => ({ ...known, errorCode })) };
}

/** A client that asked for no answer learns of an error by losing its connection (KafkaApis.handleProduceRequest). */
function closeIfAnyFailed(results: readonly PartitionResult[]): void {
  const failed = results.find(({ errorCode }) => errorCode !== ErrorCode.NONE);
  if (failed === undefined) return;
  throw new RefusedRequest(`Produce with acks=0 failed with ${errorName(failed.errorCode)}`);
}

/** Of a transactional batch without a transactional id Kafka says that it is not authorized, for the whole request. */
function requestError(request: ProduceRequest, context: RequestContext): number | undefined {
  if (context.apiVersion < firstVersion) return ErrorCode.UNSUPPORTED_VERSION;
  if (request.transactionalId !== null) return undefined;
  const all = request.topicData.flatMap(({ partitionData }) => partitionData);
  const isTransactional = all.some(({ records }) => records !== null && marksTransaction(records));
  return isTransactional ? ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED : undefined;
}

/** DelayedProduce. Whatever comes out, the records stay, and the answer says where (kafka-facts.md). */
async function replication(
  partition: Partition,
  lastOffset: bigint,
  request: ProduceRequest,
  context: RequestContext,
  services: BrokerServices,
): Promise<number> {
  const { leaderEpoch } = partition;
  const isReplicated = () => partition.log.highWatermark > lastOffset;
  const hasMoved = () => partition.leaderEpoch !== leaderEpoch;
  await waitUntil(() => partition.isClosed || hasMoved() || isReplicated(), {
    subscribe: (listener) => partition.onChange(listener),
    timeoutMs: request.timeoutMs,
    clock: services.clock,
    closed: context.closed,
  });
  if (partition.isClosed) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  if (hasMoved()) return ErrorCode.NOT_LEADER_OR_FOLLOWER;
  if (!isReplicated()) return ErrorCode.REQUEST_TIMED_OUT;
  return partition.hasEnoughInSync ? ErrorCode.NONE : ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND;
}

function failed(topic: string, { errorCode, message, logStartOffset }: Refused): PartitionResult {
  return {
    topic,
    errorCode,
    baseOffset: -1n,
    logAppendTimeMs: -1n,
    ...(message !== undefined && { errorMessage: message }),
    ...(logStartOffset !== undefined && { logStartOffset }),
  };
}

function answer(
  request: ProduceRequest,
  results: readonly PartitionResult[],
  context: RequestContext,
  services: BrokerServices,
): Encodable<ProduceResponse> {
  let position = 0;
  const leaders = new Set<number>();
  const responses = request.topicData.map(({ name, partitionData }) => ({
    name,
    partitionResponses: partitionData.map(({ index }) => {
      const result = results[position++];
      if (result === undefined) throw new Error('one result for each partition');
      const isElsewhere = result.errorCode === ErrorCode.NOT_LEADER_OR_FOLLOWER;
      const currentLeader = isElsewhere ? currentLeaderOf(name, index, services) : undefined;
      if (currentLeader !== undefined) leaders.add(currentLeader.leaderId);
      const logStartOffset = logStartOf(result, index, services);
      return { index, ...result, logStartOffset, currentLeader };
    }),
  }));
  const nodeEndpoints = context.apiVersion >= 10 ? endpointsOf(leaders, services) : [];
  return { responses, nodeEndpoints };
}

function logStartOf(result: PartitionResult, index: number, { cluster }: BrokerServices): bigint {
  const isWritten = result.baseOffset >= 0n;
  if (!isWritten) return result.logStartOffset ?? -1n;
  return cluster.partition(result.topic, index)?.log.startOffset ?? -1n;
}
