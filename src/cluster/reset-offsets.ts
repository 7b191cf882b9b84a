import type { ClusterConnection } from '../clients/cluster-connection.js';
import { assertNever } from '../core/assert-never.js';
import { LabError } from '../core/lab-error.js';
import type { Bounds, Committed } from '../core/lag/lag.js';
import { resetEffect, type ResetTarget } from '../core/lag/reset.js';
import { commitOffsets, deleteOffsets, type OffsetToCommit } from './change-groups.js';
import type {
  GroupMember,
  GroupRow,
  GroupState,
  ResetPlan,
  ResetRequest,
  ResetRow,
  TopicPartition,
} from './cluster.js';
import { PartitionMap } from './partition-map.js';
import { boundsOf, offsetsAt, type Bound } from './read-bounds.js';
import { readGroup } from './read-all-groups.js';

/** @throws LabError group-missing, group-active */
export async function planReset(
  cluster: ClusterConnection,
  { groupId, to, partitions }: ResetRequest,
): Promise<ResetPlan> {
  const { rows } = await emptyGroup(cluster, groupId);
  const chosen = partitions === undefined ? rows : await chosenRows(cluster, rows, partitions);
  const atTime = await timesOf(cluster, chosen, to);
  return { groupId, rows: chosen.map((row) => planRow(row, to, atTime.get(row))) };
}

/** A partition may be chosen that the group has never read, too. */
async function chosenRows(
  cluster: ClusterConnection,
  rows: readonly GroupRow[],
  partitions: readonly TopicPartition[],
): Promise<readonly GroupRow[]> {
  const known = new PartitionMap(rows.map((row) => [row, row]));
  const unread = partitions.filter((one) => !known.has(one));
  const bounds = await boundsIn(cluster, unread);
  return partitions.map((one) => {
    const lag = { kind: 'none' } as const;
    return known.get(one) ?? { ...partitionOf(one), committed: lag, bounds: bounds.get(one) ?? unknown, lag };
  });
}

const unknown = { unreadable: 'UNKNOWN_TOPIC_OR_PARTITION' };

async function boundsIn(
  cluster: ClusterConnection,
  partitions: readonly TopicPartition[],
): Promise<PartitionMap<Bounds>> {
  if (partitions.length === 0) return new PartitionMap();
  const { topics } = await cluster.describe([...new Set(partitions.map(({ topic }) => topic))]);
  return boundsOf(cluster, topics, partitions);
}

/** @throws LabError group-active, group-not-changed: then some partitions may be changed already */
export async function applyReset(
  cluster: ClusterConnection,
  { groupId, rows }: ResetPlan,
  direction: 'apply' | 'undo',
): Promise<void> {
  const metadata = (before: Committed): string =>
    direction === 'undo' && before.kind === 'offset' ? (before.metadata ?? '') : '';
  // A partition that a plan leaves as it is stays so when the plan is undone.
  const changed = rows.filter(({ after }) => after !== undefined);
  const changes = changed.map((row) => ({
    ...row,
    to: direction === 'apply' ? row.after : offsetOf(row.before),
  }));
  await commitOffsets(
    cluster,
    groupId,
    changes.flatMap(({ topic, partition, before, to }): readonly OffsetToCommit[] =>
      to === undefined ? [] : [{ topic, partition, offset: to, metadata: metadata(before) }],
    ),
  );
  // What had no offset before has none after an undo.
  const without = direction === 'undo' ? changed.filter(({ before }) => before.kind === 'none') : [];
  await deleteOffsets(cluster, groupId, without.map(partitionOf));
}

async function emptyGroup(cluster: ClusterConnection, groupId: string): Promise<GroupState> {
  const { groups, problems } = await readGroup(cluster, groupId, { withMembers: true });
  const [group] = groups;
  if (group === undefined) {
    const [problem] = problems;
    if (problem) throw new LabError('group-not-changed', { group: groupId, reason: problem.reason });
    throw new LabError('group-missing', { group: groupId });
  }
  if (group.problem !== undefined)
    throw new LabError('group-not-changed', { group: groupId, reason: group.problem });
  const { members = [] } = group;
  if (members.length > 0) throw new LabError('group-active', { group: groupId, members: namesOf(members) });
  return group;
}

/** Enough of them to find the programs: their client ids and hosts. */
function namesOf(members: readonly GroupMember[]): string {
  const names = members.map(({ clientId, host }) => `${clientId} (${host.replace(/^\//, '')})`);
  const rest = names.length - mostNames;
  return names.slice(0, mostNames).join(', ') + (rest > 0 ? ` … +${rest}` : '');
}

const mostNames = 3;

async function timesOf(
  cluster: ClusterConnection,
  rows: readonly GroupRow[],
  to: ResetTarget,
): Promise<PartitionMap<Bound>> {
  if (to.kind !== 'time' || rows.length === 0) return new PartitionMap();
  const { topics } = await cluster.describe([...new Set(rows.map(({ topic }) => topic))]);
  return offsetsAt(cluster, topics, rows.map(partitionOf), BigInt(Math.trunc(to.atMs)));
}

function planRow(row: GroupRow, to: ResetTarget, atTime: Bound | undefined): ResetRow {
  const { topic, partition, committed: before, bounds } = row;
  const stays = (problem: string): ResetRow => ({
    ...{ topic, partition, before, problem },
    replays: 0n,
    skips: 0n,
  });
  if ('unreadable' in bounds) return stays(bounds.unreadable);
  if (before.kind === 'unreadable') return stays(before.reason);
  if (typeof atTime === 'object') return stays(atTime.unreadable);
  // −1: there is no record at or after it.
  const found = atTime === undefined || atTime < 0n ? undefined : atTime;
  return { topic, partition, before, ...resetEffect(to, before, bounds, found) };
}

function offsetOf(committed: Committed): bigint | undefined {
  switch (committed.kind) {
    case 'offset':
      return committed.offset;
    case 'reset':
      return committed.to === 'latest' ? -1n : -2n;
    case 'none':
    case 'unreadable':
      return undefined;
    default:
      return assertNever(committed);
  }
}

function partitionOf({ topic, partition }: TopicPartition): TopicPartition {
  return { topic, partition };
}
