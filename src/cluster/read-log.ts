import { errorName } from '../broker/protocol/errors.js';
import { fetch } from '../broker/protocol/messages/01-fetch.js';
import type { ClusterConnection } from '../clients/cluster-connection.js';
import { LabError } from '../core/lab-error.js';
import type { PartitionBounds } from '../core/lag/lag.js';
import type { LogPosition, LogReading, LogRequest } from '../core/log/log.js';
import { leadersOf, boundsOf, offsetsAt } from './read-bounds.js';
import { openTransactionsOf } from './open-transactions.js';
import { LogStretch } from './log-stretch.js';

/** A Fetch brings at least one batch; this many bring what fits on a page, and end also where a broker brings single ones. */
const mostRequests = 50;

/**
 * A stretch of a partition's log with plain Fetch requests of our own: no group, no trace. Below the last stable offset it is read as
 * read_committed, since only then does a broker send its index of aborted transactions with the batches; beyond it as read_uncommitted.
 * @throws LabError topic-unreadable
 */
export async function readLog(cluster: ClusterConnection, request: LogRequest): Promise<LogReading> {
  const { topic, partition } = request;
  const { topics } = await cluster.describe([topic]);
  const one = { topic, partition };
  const leader = leadersOf(topics).get(one) ?? { unreadable: 'UNKNOWN_TOPIC_OR_PARTITION' };
  const bounds = (await boundsOf(cluster, topics, [one])).get(one) ?? { unreadable: 'no answer' };
  if (typeof leader === 'object') throw unreadable(topic, leader.unreadable);
  if ('unreadable' in bounds) throw unreadable(topic, bounds.unreadable);
  const atTime = async (atMs: number): Promise<bigint> => {
    const found = (await offsetsAt(cluster, topics, [one], BigInt(Math.trunc(atMs)))).get(one) ?? -1n;
    if (typeof found === 'object') throw unreadable(topic, found.unreadable);
    return found < 0n ? bounds.end : found;
  };
  const from = clamped(await pointed(request.from, bounds, atTime), bounds);
  const stretch = await fetchStretch(cluster, leader, { ...request, ...bounds, position: from });
  const open = stretch.needsProducers
    ? await openTransactionsOf(cluster, leader, topic, partition)
    : new Map();
  return { ...one, bounds, from, batches: stretch.batches(open), next: stretch.next };
}

function unreadable(topic: string, reason: string): LabError {
  return new LabError('topic-unreadable', { topic, reason });
}

async function pointed(
  from: LogPosition,
  { end }: PartitionBounds,
  atTime: (atMs: number) => Promise<bigint>,
): Promise<bigint> {
  switch (from.kind) {
    case 'tail':
      return end - BigInt(from.count);
    case 'offset':
      return from.offset;
    case 'time':
      return atTime(from.atMs);
  }
}

function clamped(offset: bigint, { start, end }: PartitionBounds): bigint {
  if (offset < start) return start;
  return offset > end ? end : offset;
}

type FetchPlace = Pick<LogRequest, 'topic' | 'partition' | 'maxBytes'>;

interface StretchRequest extends PartitionBounds, FetchPlace {
  readonly position: bigint;
}

async function fetchStretch(
  cluster: ClusterConnection,
  leader: number,
  { topic, partition, maxBytes, position, lastStable, end }: StretchRequest,
): Promise<LogStretch> {
  const stretch = new LogStretch(position, lastStable);
  for (let request = 0; request < mostRequests; request++) {
    const left = maxBytes - stretch.sizeBytes;
    if (stretch.next >= end || left <= 0) break;
    const isStable = stretch.next < lastStable;
    const answer = await fetchOnce(cluster, leader, {
      ...{ topic, partition, maxBytes: left, offset: stretch.next, isolationLevel: isStable ? 1 : 0 },
    });
    // Nothing more: the log was cut meanwhile, or what was left of it has expired.
    if (!stretch.add(answer.records, answer.aborted)) break;
  }
  return stretch;
}

async function fetchOnce(
  cluster: ClusterConnection,
  leader: number,
  asked: FetchPlace & { readonly offset: bigint; readonly isolationLevel: 0 | 1 },
) {
  const { topic, partition, maxBytes, offset: fetchOffset, isolationLevel } = asked;
  const version = await cluster.newestVersion(leader, fetch, 11);
  const partitions = [{ partition, fetchOffset, partitionMaxBytes: maxBytes }];
  const { responses } = await cluster.request(leader, fetch, version, {
    ...{ maxWaitMs: 0, minBytes: 0, maxBytes, isolationLevel, topics: [{ topic, partitions }] },
  });
  const found = responses[0]?.partitions[0];
  if (found?.errorCode !== 0) throw unreadable(topic, errorName(found?.errorCode ?? -1));
  return { records: found.records ?? Buffer.alloc(0), aborted: found.abortedTransactions ?? [] };
}
