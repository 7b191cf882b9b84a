/** Partitions by topic id. Never changed: every operation makes a new one. Topics without partitions are left out. */
export type AssignedPartitions = ReadonlyMap<string, ReadonlySet<number>>;

/** As it travels: partitions in ascending order. */
export interface TopicIdPartitions {
  readonly topicId: string;
  readonly partitions: readonly number[];
}

export const noPartitions: AssignedPartitions = new Map();

export function fromLists(lists: readonly TopicIdPartitions[]): AssignedPartitions {
  const all = new Map<string, Set<number>>();
  for (const { topicId, partitions } of lists) {
    for (const partition of partitions) add(all, topicId, partition);
  }
  return all;
}

export function toLists(partitions: AssignedPartitions): readonly TopicIdPartitions[] {
  return [...partitions].map(([topicId, indexes]) => ({
    topicId,
    partitions: [...indexes].sort((a, b) => a - b),
  }));
}

export function add(to: Map<string, Set<number>>, topicId: string, partition: number): void {
  const indexes = to.get(topicId);
  if (indexes) indexes.add(partition);
  else to.set(topicId, new Set([partition]));
}

export function has(partitions: AssignedPartitions, topicId: string, partition: number): boolean {
  return partitions.get(topicId)?.has(partition) ?? false;
}

/** Those of `partitions` that the test chooses. */
export function only(
  partitions: AssignedPartitions,
  isChosen: (topicId: string, partition: number) => boolean,
): AssignedPartitions {
  const chosen = new Map<string, Set<number>>();
  for (const [topicId, indexes] of partitions) {
    for (const index of indexes) if (isChosen(topicId, index)) add(chosen, topicId, index);
  }
  return chosen;
}

export function union(one: AssignedPartitions, other: AssignedPartitions): AssignedPartitions {
  return fromLists([...toLists(one), ...toLists(other)]);
}

export function sizeOf(partitions: AssignedPartitions): number {
  let size = 0;
  for (const indexes of partitions.values()) size += indexes.size;
  return size;
}

/** Whether everything in `one` is in `other` too. */
export function isWithin(one: AssignedPartitions, other: AssignedPartitions): boolean {
  return sizeOf(only(one, (topicId, partition) => !has(other, topicId, partition))) === 0;
}

export function areEqual(one: AssignedPartitions, other: AssignedPartitions): boolean {
  return sizeOf(one) === sizeOf(other) && isWithin(one, other);
}
