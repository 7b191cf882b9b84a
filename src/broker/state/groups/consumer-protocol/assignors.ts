import { add, has, only, sizeOf, type AssignedPartitions } from './assigned-partitions.js';

/** What an assignor knows of a member. */
export interface AssignableMember {
  readonly memberId: string;
  readonly instanceId: string | null;
  /** Ids of the topics that it subscribes to. */
  readonly topicIds: ReadonlySet<string>;
  /** Its target so far: what it may keep. */
  readonly current: AssignedPartitions;
}

/** Topic id → number of partitions. */
export type PartitionCounts = ReadonlyMap<string, number>;

export type Assignor = (
  members: readonly AssignableMember[],
  counts: PartitionCounts,
) => ReadonlyMap<string, AssignedPartitions>;

/** Kafka's own two (`group.consumer.assignors`); the first is the default. */
export const assignors: Readonly<Record<'uniform' | 'range', Assignor>> = { uniform, range };
export type AssignorName = keyof typeof assignors;
export const defaultAssignor: AssignorName = 'uniform';

export function isAssignor(name: string): name is AssignorName {
  return Object.hasOwn(assignors, name);
}

interface Load {
  readonly member: AssignableMember;
  readonly partitions: Map<string, Set<number>>;
  size: number;
}

/**
 * As even as it can be, and as little moved as then possible. Kafka iterates over hash maps: of several such assignments it may
 * choose another one.
 */
function uniform(
  members: readonly AssignableMember[],
  counts: PartitionCounts,
): ReadonlyMap<string, AssignedPartitions> {
  const loads = members.map((member) => keepCurrent(member, counts));
  for (const [topicId, count] of counts) {
    for (let partition = 0; partition < count; partition++) {
      if (loads.some((load) => has(load.partitions, topicId, partition))) continue;
      const least = lightest(loads.filter(({ member }) => member.topicIds.has(topicId)));
      if (least) give(least, topicId, partition);
    }
  }
  while (moveOne(loads)) continue;
  return new Map(loads.map(({ member, partitions }) => [member.memberId, partitions]));
}

function keepCurrent(member: AssignableMember, counts: PartitionCounts): Load {
  const kept = only(
    member.current,
    (topicId, partition) => member.topicIds.has(topicId) && partition < (counts.get(topicId) ?? 0),
  );
  const partitions = new Map([...kept].map(([topicId, indexes]) => [topicId, new Set(indexes)]));
  return { member, partitions, size: sizeOf(kept) };
}

function lightest(loads: readonly Load[]): Load | undefined {
  let least: Load | undefined;
  for (const load of loads) if (least === undefined || load.size < least.size) least = load;
  return least;
}

function give(load: Load, topicId: string, partition: number): void {
  add(load.partitions, topicId, partition);
  load.size += 1;
}

/** From the member with the most (of several the last) to the one with the least that may have it, while that evens them out. */
function moveOne(loads: readonly Load[]): boolean {
  for (const from of loads.toReversed().sort((a, b) => b.size - a.size)) {
    for (const [topicId, indexes] of from.partitions) {
      const to = lightest(loads.filter(({ member }) => member.topicIds.has(topicId)));
      if (to === undefined || to.size + 1 >= from.size) continue;
      const moved = Math.max(...indexes);
      indexes.delete(moved);
      if (indexes.size === 0) from.partitions.delete(topicId);
      from.size -= 1;
      give(to, topicId, moved);
      return true;
    }
  }
  return false;
}

/** Of each topic a contiguous range for each of its subscribers, in the order of their ids; the first ones get one more. */
function range(
  members: readonly AssignableMember[],
  counts: PartitionCounts,
): ReadonlyMap<string, AssignedPartitions> {
  const assigned = new Map(members.map(({ memberId }) => [memberId, new Map<string, Set<number>>()]));
  const sorted = [...members].sort(byId);
  for (const [topicId, count] of counts) {
    const subscribers = sorted.filter(({ topicIds }) => topicIds.has(topicId));
    let start = 0;
    subscribers.forEach(({ memberId }, index) => {
      const more = index < count % subscribers.length ? 1 : 0;
      const end = start + Math.floor(count / subscribers.length) + more;
      const own = assigned.get(memberId);
      for (; start < end; start++) if (own) add(own, topicId, start);
    });
  }
  return assigned;
}

/** Static members by their instance id, which outlives the member id. */
function byId(one: AssignableMember, other: AssignableMember): number {
  const [a, b] =
    one.instanceId !== null && other.instanceId !== null
      ? [one.instanceId, other.instanceId]
      : [one.memberId, other.memberId];
  return a < b ? -1 : Number(a > b);
}
