import type { ClusterConnection } from '../clients/cluster-connection.js';
import { lagOf, type Bounds } from '../core/lag/lag.js';
import type { GroupMember, GroupRow, GroupsReading, GroupState, TopicPartition } from './cluster.js';
import { partitionsOf, partitionsOfGroup, type PartitionsOfTopics } from './group-partitions.js';
import { PartitionMap } from './partition-map.js';
import { boundsOf } from './read-bounds.js';
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
  const partsOfGroups = once(told.flatMap((one) => ('groups' in one ? one.groups : [])));
  const partitions = partitionsOf(topics);
  const groups = partsOfGroups.map((parts) => withPartitions(parts, partitions));
  const bounds = await boundsOf(cluster, topics, wantedBy(groups));
  return {
    groups: groups.map((group) => stateOf(group, bounds)).sort(byName),
    problems: told.flatMap((one) => ('groups' in one ? [] : [one])),
  };
}

/** One group, and how many transaction markers are in its lags. Every node is asked whether it has it. */
export async function readGroup(
  cluster: ClusterConnection,
  only: string,
  { withMembers = false }: GroupsOptions = {},
): Promise<GroupsReading> {
  // The nodes may have changed since the last call.
  await cluster.describe([]);
  const told = await Promise.all(
    cluster.nodeIds.map((node) => groupsAt(cluster, node, { withMembers, only })),
  );
  const problems = told.flatMap((one) => ('groups' in one ? [] : [one]));
  const [parts] = once(told.flatMap((one) => ('groups' in one ? one.groups : [])));
  if (parts === undefined) return { groups: [], problems };
  const names = new Set([...parts.offsets, ...assignedTo(parts)].map(({ topic }) => topic));
  const { topics } = await cluster.describe([...names]);
  const group = withPartitions(parts, partitionsOf(topics));
  const bounds = await boundsOf(cluster, topics, wantedBy([group]));
  const markers = await markersIn(cluster, topics, stateOf(group, bounds).rows);
  return { groups: [stateOf(group, bounds, markers)], problems };
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

/** While its coordinator moves, two nodes may list a group; the one that is not its coordinator any more refuses its offsets. */
function once(parts: readonly GroupParts[]): readonly GroupParts[] {
  const byId = new Map<string, GroupParts>();
  for (const one of parts) {
    const other = byId.get(one.listed.groupId);
    if (other === undefined || other.problem !== undefined) byId.set(one.listed.groupId, one);
  }
  return [...byId.values()];
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

interface GroupWithPartitions extends GroupParts {
  readonly partitions: readonly StoredOffset[];
}

function withPartitions(parts: GroupParts, partitions: PartitionsOfTopics): GroupWithPartitions {
  return { ...parts, partitions: partitionsOfGroup(parts.offsets, assignedTo(parts), partitions) };
}

/** Several groups read the same partition: its bounds are asked for once, and a partition twice in a request is refused. */
function wantedBy(groups: readonly GroupWithPartitions[]): readonly TopicPartition[] {
  const wanted = new PartitionMap<TopicPartition>();
  for (const { partitions } of groups) for (const one of partitions) wanted.set(one, one);
  return wanted.values();
}

function stateOf(
  { listed, membership, partitions, problem }: GroupWithPartitions,
  bounds: PartitionMap<Bounds>,
  markers = new PartitionMap<bigint>(),
): GroupState {
  const owners = ownersIn(membership.members ?? []);
  const rows = partitions.map((one) => {
    const owner = owners.get(one);
    return { ...rowOf(one, bounds.get(one), markers.get(one)), ...(owner && { owner }) };
  });
  return {
    ...listed,
    // The description is newer than the list, and on brokers before 2.6 all that tells the state.
    state: membership.state ?? listed.state,
    assignor: membership.assignor ?? '',
    ...(membership.members && { members: membership.members }),
    rows,
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

function assignedTo({ membership }: GroupParts): readonly TopicPartition[] {
  return (membership.members ?? []).flatMap(({ assignment }) => assignment);
}

function ownersIn(members: readonly GroupMember[]): PartitionMap<NonNullable<GroupRow['owner']>> {
  const owners = new PartitionMap<NonNullable<GroupRow['owner']>>();
  for (const { memberId, clientId, host, assignment } of members)
    for (const one of assignment) owners.set(one, { memberId, clientId, host });
  return owners;
}

function byName(one: GroupState, other: GroupState): number {
  return one.groupId < other.groupId ? -1 : 1;
}
