import { ErrorCode } from '../protocol/errors.js';
import { fetch, type FetchRequest, type FetchResponse } from '../protocol/messages/01-fetch.js';
import type { Encodable } from '../protocol/schema.js';
import type { BrokerServices } from '../services.js';
import { subscribeToAll, waitUntil } from '../state/wait.js';
import { readableNow, readPartition, type FetchReading, type PartitionFetch } from './fetch-partition.js';
import type { RequestContext, RequestHandler } from './handler.js';
import { currentLeaderOf, endpointsOf } from './partition-access.js';

/** `fetch.max.bytes` of a broker. */
const mostBytes = 57_671_680;

/**
 * Fetch, versions 4–16; topics by id from 13. No fetch sessions: every answer says session 0, as Kafka does when its cache
 * is full, and a client that names a session is told that it is not known (70). No followers fetch: they are simulated.
 * Only whole batches are sent; Kafka may send the beginning of one more, which clients throw away.
 */
export const fetchHandler: RequestHandler<FetchRequest, FetchResponse> = {
  api: fetch,
  versions: { min: 4, max: 16 },
  async handle(request, context, services) {
    if (request.sessionId !== 0 || request.sessionEpoch > 0) {
      return { errorCode: ErrorCode.FETCH_SESSION_ID_NOT_FOUND, sessionId: 0, responses: [] };
    }
    const asked = partitionsAsked(request, context, services);
    const first = read(asked, request, context, services);
    if (isEnough(first, request)) return answer(request, first, context, services);
    await somethingToRead(asked, request, context, services);
    return answer(request, read(asked, request, context, services), context, services);
  },
};

function partitionsAsked(
  request: FetchRequest,
  context: RequestContext,
  services: BrokerServices,
): readonly PartitionFetch[] {
  const byId = context.apiVersion >= 13;
  const isolation = request.isolationLevel === 1 ? 'read_committed' : 'read_uncommitted';
  return request.topics.flatMap(({ topic, topicId, partitions }) => {
    const name = byId ? services.cluster.topicById(topicId)?.name : topic;
    return partitions.map((one) => ({ ...one, topic: name, isolation }));
  });
}

/** The response's limit is shared; only the first partition that has something may exceed it, by one batch (KIP-74). */
function read(
  asked: readonly PartitionFetch[],
  request: FetchRequest,
  context: RequestContext,
  services: BrokerServices,
): readonly FetchReading[] {
  let left = Math.min(request.maxBytes, mostBytes);
  let isFirst = true;
  return asked.map((one) => {
    const limits = { maxBytes: Math.min(left, one.partitionMaxBytes), atLeastOne: isFirst };
    const reading = readPartition(one, limits, context, services);
    left = Math.max(0, left - reading.records.length);
    if (reading.records.length > 0) isFirst = false;
    return reading;
  });
}

/** DelayedFetch: an error, or a consumer that would wait for nothing, is answered at once. */
function isEnough(readings: readonly FetchReading[], request: FetchRequest): boolean {
  if (readings.length === 0 || request.maxWaitMs <= 0) return true;
  if (readings.some((one) => one.errorCode !== ErrorCode.NONE || one.divergingEpoch !== undefined))
    return true;
  return readings.reduce((sum, one) => sum + one.records.length, 0) >= request.minBytes;
}

function somethingToRead(
  asked: readonly PartitionFetch[],
  request: FetchRequest,
  context: RequestContext,
  services: BrokerServices,
): Promise<void> {
  const partitions = asked.flatMap(({ topic, partition }) => {
    const found = topic === undefined ? undefined : services.cluster.partition(topic, partition);
    return found === undefined ? [] : [found];
  });
  const isReady = () => {
    let bytes = 0;
    for (const one of asked) {
      const readable = readableNow(one, context, services);
      if (readable === 'error') return true;
      bytes += readable;
    }
    return bytes >= request.minBytes;
  };
  return waitUntil(isReady, {
    subscribe: subscribeToAll(partitions),
    timeoutMs: request.maxWaitMs,
    clock: services.clock,
    closed: context.closed,
  });
}

function answer(
  request: FetchRequest,
  readings: readonly FetchReading[],
  context: RequestContext,
  services: BrokerServices,
): Encodable<FetchResponse> {
  let position = 0;
  const leaders = new Set<number>();
  const responses = request.topics.map(({ topic, topicId, partitions }) => ({
    topic,
    topicId,
    partitions: partitions.map(({ partition }) => {
      const reading = readings[position++];
      if (reading === undefined) throw new Error('one reading for each partition');
      const currentLeader = leaderHint(reading, partition, services);
      if (currentLeader !== undefined) leaders.add(currentLeader.leaderId);
      return { ...partitionAnswer(reading, partition), currentLeader };
    }),
  }));
  const nodeEndpoints = context.apiVersion >= 16 ? endpointsOf(leaders, services) : [];
  return { errorCode: ErrorCode.NONE, sessionId: 0, responses, nodeEndpoints };
}

function leaderHint(reading: FetchReading, partition: number, services: BrokerServices) {
  const isElsewhere =
    reading.errorCode === ErrorCode.NOT_LEADER_OR_FOLLOWER ||
    reading.errorCode === ErrorCode.FENCED_LEADER_EPOCH;
  if (!isElsewhere || reading.topic === undefined) return undefined;
  return currentLeaderOf(reading.topic, partition, services);
}

function partitionAnswer(reading: FetchReading, partition: number) {
  return {
    partitionIndex: partition,
    errorCode: reading.errorCode,
    highWatermark: reading.highWatermark,
    lastStableOffset: reading.lastStableOffset,
    logStartOffset: reading.logStartOffset,
    divergingEpoch: reading.divergingEpoch,
    abortedTransactions:
      reading.abortedTransactions?.map(({ producerId, firstOffset }) => ({ producerId, firstOffset })) ??
      null,
    records: reading.records,
  };
}
