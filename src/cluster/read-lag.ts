import type { MetadataResponse } from '../broker/protocol/messages/03-metadata.js';
import { ClusterConnection } from '../clients/cluster-connection.js';
import type { ConnectionSettings } from '../clients/connection-settings.js';
import { lagOf, type Bounds, type Committed, type Lag } from '../core/lag/lag.js';
import { boundsOf, nameOf } from './read-bounds.js';
import { groupsOf, offsetsOf, type ListedGroup, type StoredOffset } from './read-groups.js';
import { markersIn } from './read-markers.js';
import { reasonOf } from './reason.js';

export interface LagOptions {
  readonly connection: ConnectionSettings;
  /** This group alone; the ends of its partitions are looked at for transaction markers. */
  readonly group?: string;
  readonly signal?: AbortSignal;
}

export interface LagRow {
  readonly topic: string;
  readonly partition: number;
  readonly committed: Committed;
  readonly bounds: Bounds;
  readonly lag: Lag;
}

export interface GroupLag extends ListedGroup {
  /** A row for each partition of each topic in which the group has stored an offset, by topic and partition. */
  readonly rows: readonly LagRow[];
  /** Why its offsets could not be read. */
  readonly problem?: string;
}

export interface LagReading {
  /** By name. */
  readonly groups: readonly GroupLag[];
  /** Nodes that did not tell their groups; the others' are here all the same. */
  readonly problems: readonly { readonly node: number; readonly reason: string }[];
  /** Requests that were sent, handshakes apart. */
  readonly requests: number;
}

/**
 * All groups of a cluster with their offsets and lags: two Metadata, and to each broker one ListGroups, one OffsetFetch and three
 * ListOffsets (before Kafka 3.0 an OffsetFetch for each group). Commits are read before the ends. Nothing is left on the cluster.
 * @throws LabError that says what is wrong with the address, the certificate or the login
 */
export async function readLag({ connection, group, signal }: LagOptions): Promise<LagReading> {
  const cluster = await ClusterConnection.open({
    clientId: 'kafka-lab-lag',
    connection,
    requestTimeoutMs: 5000,
    connectionTimeoutMs: 10_000,
    ...(signal && { signal }),
  });
  try {
    return await read(cluster, group);
  } finally {
    await cluster.close();
  }
}

async function read(cluster: ClusterConnection, only: string | undefined): Promise<LagReading> {
  const { topics } = await cluster.describe(null);
  const told = await Promise.all(cluster.nodeIds.map((node) => groupsAt(cluster, node, only)));
  const groups = told
    .flatMap((one) => ('groups' in one ? one.groups : []))
    .map((group) => ({ ...group, offsets: withUncommitted(group.offsets, topics) }));
  const stored = groups.flatMap(({ offsets }) => offsets);
  const bounds = await boundsOf(cluster, topics, distinct(stored));
  const unread = stored.map((one) => rowOf(one, bounds.get(nameOf(one))));
  const markers = only === undefined ? new Map<string, bigint>() : await markersIn(cluster, topics, unread);
  return {
    groups: groups
      .map(({ offsets, ...group }) => ({
        ...group,
        rows: offsets
          .map((one) => rowOf(one, bounds.get(nameOf(one)), markers.get(nameOf(one))))
          .sort(inOrder),
      }))
      .sort((one, other) => compare(one.groupId, other.groupId)),
    problems: told.flatMap((one) => ('groups' in one ? [] : [one])),
    requests: cluster.requestCount,
  };
}

/** Besides what is stored the other partitions of the same topics: that nothing is committed there, is worth a row. */
function withUncommitted(
  stored: readonly StoredOffset[],
  topics: MetadataResponse['topics'],
): readonly StoredOffset[] {
  const known = new Set(stored.map(nameOf));
  const read = new Set(stored.map(({ topic }) => topic));
  const all = topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex: partition }) => ({ topic: name ?? '', partition })),
  );
  const others = all.filter((one) => read.has(one.topic) && !known.has(nameOf(one)));
  return [...stored, ...others.map((one) => ({ ...one, committed: { kind: 'none' as const } }))];
}

type Told =
  | { readonly groups: readonly (Omit<GroupLag, 'rows'> & { readonly offsets: readonly StoredOffset[] })[] }
  | { readonly node: number; readonly reason: string };

/** A node that fails is told of; it must not hide what the others have. */
async function groupsAt(cluster: ClusterConnection, node: number, only: string | undefined): Promise<Told> {
  try {
    const groups = (await groupsOf(cluster, node)).filter(({ groupId }) => groupId === (only ?? groupId));
    const offsets = await offsetsOf(
      cluster,
      node,
      groups.map(({ groupId }) => groupId),
    );
    return {
      groups: groups.map((group) => {
        const found = offsets.get(group.groupId) ?? [];
        if (found instanceof Error) return { ...group, offsets: [], problem: found.message };
        return { ...group, offsets: found };
      }),
    };
  } catch (error) {
    return { node, reason: reasonOf(error) };
  }
}

function rowOf(
  { topic, partition, committed }: StoredOffset,
  bounds: Bounds = { unreadable: 'UNKNOWN_TOPIC_OR_PARTITION' },
  markers = 0n,
): LagRow {
  return { topic, partition, committed, bounds, lag: lagOf(committed, bounds, markers) };
}

/** Several groups read the same partition: its bounds are asked for once, and a partition twice in a request is refused. */
function distinct(stored: readonly StoredOffset[]): readonly StoredOffset[] {
  return [...new Map(stored.map((one) => [nameOf(one), one])).values()];
}

function inOrder(one: LagRow, other: LagRow): number {
  return compare(one.topic, other.topic) || one.partition - other.partition;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
