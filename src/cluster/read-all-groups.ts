import type { MetadataResponse } from '../broker/protocol/messages/03-metadata.js';
import type { ClusterConnection } from '../clients/cluster-connection.js';
import { lagOf, type Bounds } from '../core/lag/lag.js';
import type { GroupMember, GroupRow, GroupsReading, GroupState, TopicPartition } from './cluster.js';
import { boundsOf, nameOf, type BoundsByPartition } from './read-bounds.js';
import { groupsOf, offsetsOf, type ListedGroup, type StoredOffset } from './read-groups.js';
import { markersIn } from './read-markers.js';
import { membersOf, type Membership } from './read-members.js';
import { reasonOf } from './reason.js';

export interface GroupsOptions {
  /** One or two requests more to each broker. */
  readonly withMembers?: boolean;
}

/** Every group of a cluster. Commits are read before the ends: then no lag is negative. */
export async function readGroups(
  cluster: ClusterConnection,
  { withMembers = false }: GroupsOptions = {},
): Promise<GroupsReading> {
  const { topics } = await cluster.describe(null);
  const told = await Promise.all(cluster.nodeIds.map((node) => groupsAt(cluster, node, { withMembers })));
  const partsOfGroups = told.flatMap((one) => ('groups' in one ? one.groups : []));
  const bounds = await boundsOf(cluster, topics, wantedBy(partsOfGroups, topics));
  return {
    groups: partsOfGroups.map((parts) => stateOf(parts, topics, bounds)).sort(byName),
    problems: told.flatMap((one) => ('groups' in one ? [] : [one])),
  };
}

/** One group, and how many transaction markers are in its lags. Every node is asked whether it has it. */
export async function readGroup(
  cluster: ClusterConnection,
  only: string,
  { withMembers = false }: GroupsOptions = {},
): Promise<GroupsReading> {
  const told = await Promise.all(
    cluster.nodeIds.map((node) => groupsAt(cluster, node, { withMembers, only })),
  );
  const problems = told.flatMap((one) => ('groups' in one ? [] : [one]));
  const [parts] = told.flatMap((one) => ('groups' in one ? one.groups : []));
  if (parts === undefined) return { groups: [], problems };
  const names = new Set([...parts.offsets, ...assignedTo(parts)].map(({ topic }) => topic));
  const { topics } = await cluster.describe([...names]);
  const bounds = await boundsOf(cluster, topics, wantedBy([parts], topics));
  const { rows } = stateOf(parts, topics, bounds);
  const markers = await markersIn(cluster, topics, rows);
  return { groups: [stateOf(parts, topics, bounds, markers)], problems };
}

/** What a group's coordinator tells of it. */
interface GroupParts {
  readonly listed: ListedGroup;
  readonly offsets: readonly StoredOffset[];
  readonly membership: Membership;
  readonly problem?: string;
}

type Told = { readonly groups: readonly GroupParts[] } | { readonly node: number; readonly reason: string };

/** A node that fails is told of; it must not hide what the others have. */
async function groupsAt(
  cluster: ClusterConnection,
  node: number,
  { withMembers, only }: { readonly withMembers: boolean; readonly only?: string },
): Promise<Told> {
  try {
    const groups = (await groupsOf(cluster, node)).filter(({ groupId }) => groupId === (only ?? groupId));
    const [offsets, members] = await Promise.all([
      offsetsOf(cluster, node, groups),
      withMembers ? membersOf(cluster, node, groups) : new Map<string, Membership | Error>(),
    ]);
    return {
      groups: groups.map((listed) =>
        partsOf(listed, offsets.get(listed.groupId) ?? [], members.get(listed.groupId) ?? {}),
      ),
    };
  } catch (error) {
    return { node, reason: reasonOf(error) };
  }
}

function partsOf(
  listed: ListedGroup,
  offsets: readonly StoredOffset[] | Error,
  members: Membership | Error,
): GroupParts {
  const problem = [offsets, members].find((one) => one instanceof Error);
  return {
    listed,
    offsets: offsets instanceof Error ? [] : offsets,
    membership: members instanceof Error ? {} : members,
    ...(problem && { problem: problem.message }),
  };
}

/** Several groups read the same partition: its bounds are asked for once, and a partition twice in a request is refused. */
function wantedBy(
  groups: readonly GroupParts[],
  topics: MetadataResponse['topics'],
): readonly TopicPartition[] {
  const wanted = groups.flatMap((parts) => withUncommitted(parts, topics));
  return [...new Map(wanted.map((one) => [nameOf(one), one])).values()];
}

function stateOf(
  parts: GroupParts,
  topics: MetadataResponse['topics'],
  bounds: BoundsByPartition,
  markers: ReadonlyMap<string, bigint> = new Map(),
): GroupState {
  const { listed, membership, problem } = parts;
  const owners = ownersIn(membership.members ?? []);
  const rows = withUncommitted(parts, topics).map((one) => {
    const name = nameOf(one);
    const owner = owners.get(name);
    return { ...rowOf(one, bounds.get(name), markers.get(name)), ...(owner && { owner }) };
  });
  return {
    ...listed,
    // The description is newer than the list, and on brokers before 2.6 all that tells the state.
    state: membership.state ?? listed.state,
    assignor: membership.assignor ?? '',
    ...(membership.members && { members: membership.members }),
    rows: rows.sort(inOrder),
    ...(problem !== undefined && { problem }),
  };
}

function rowOf(
  { topic, partition, committed }: StoredOffset,
  bounds: Bounds = { unreadable: 'UNKNOWN_TOPIC_OR_PARTITION' },
  markers = 0n,
): GroupRow {
  return { topic, partition, committed, bounds, lag: lagOf(committed, bounds, markers) };
}

/**
 * Besides what is stored the other partitions of the same topics, and what members are assigned: that nothing is committed there, is
 * worth a row.
 */
function withUncommitted(parts: GroupParts, topics: MetadataResponse['topics']): readonly StoredOffset[] {
  const { offsets } = parts;
  const known = new Set(offsets.map(nameOf));
  const read = new Set(offsets.map(({ topic }) => topic));
  const siblings = topics
    .filter(({ name }) => read.has(name ?? ''))
    .flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex: partition }) => ({ topic: name ?? '', partition })),
    );
  const others = new Map(
    [...siblings, ...assignedTo(parts)]
      .filter((one) => !known.has(nameOf(one)))
      .map((one) => [nameOf(one), one]),
  );
  return [
    ...offsets,
    ...[...others.values()].map((one) => ({ ...one, committed: { kind: 'none' as const } })),
  ];
}

function assignedTo({ membership }: GroupParts): readonly TopicPartition[] {
  return (membership.members ?? []).flatMap(({ assignment }) => assignment);
}

function ownersIn(members: readonly GroupMember[]): ReadonlyMap<string, NonNullable<GroupRow['owner']>> {
  return new Map(
    members.flatMap(({ memberId, clientId, host, assignment }) =>
      assignment.map((one) => [nameOf(one), { memberId, clientId, host }] as const),
    ),
  );
}

function inOrder(one: TopicPartition, other: TopicPartition): number {
  return compare(one.topic, other.topic) || one.partition - other.partition;
}

function byName(one: GroupState, other: GroupState): number {
  return compare(one.groupId, other.groupId);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
