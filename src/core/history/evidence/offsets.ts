import { groupBy } from '../../group-by.js';
import type { RecordPosition } from '../events.js';
import { endLabel, type DrainedPartition } from './drains.js';
import { eventsOf, performedOf, type Performed } from './operations.js';
import type { Transaction } from './transactions.js';

/** How far the groups had committed when all was over. */
export interface CommittedOffsets {
  /** Groups that committed, or tried to, or whose committed offset the final drain read. */
  readonly groups: readonly string[];
  /** The next offset that the group would be given; −1 when it has committed none. */
  of(group: string, topic: string, partition: number): number;
  /** The events of the first commit, known to have succeeded, that set the group's offset behind a place. */
  passing(group: string, place: RecordPosition): readonly number[];
}

/** What the final drain read from the coordinator; else the last commit that its client knows to have succeeded. */
export function readOffsets(
  performed: readonly Performed[],
  transactions: ReadonlyMap<string, Transaction>,
  drains: readonly DrainedPartition[],
): CommittedOffsets {
  const commits = performedOf(performed, 'commit-offset');
  const succeeded = commits.filter(({ what, outcome }) => {
    const told = what.transaction === undefined ? 'committed' : transactions.get(what.transaction)?.told;
    return outcome === 'ok' && told === 'committed';
  });
  const byPlace = groupBy(succeeded, ({ what }) => keyOf(what.group, what.topic, what.partition));
  const offsets = new Map([...byPlace].map(([key, own]) => [key, own.at(-1)?.what.offset ?? -1]));
  const groups = new Set(commits.map(({ what }) => what.group));
  for (const { topic, partition, committed, uncommitted } of drains.filter(
    ({ label }) => label === endLabel,
  )) {
    const read = { ...uncommitted?.committed, ...committed?.committed };
    for (const [group, offset] of Object.entries(read)) {
      groups.add(group);
      offsets.set(keyOf(group, topic, partition), offset);
    }
  }
  return {
    groups: [...groups],
    of: (group, topic, partition) => offsets.get(keyOf(group, topic, partition)) ?? -1,
    passing: (group, { topic, partition, offset }) => {
      const first = byPlace.get(keyOf(group, topic, partition))?.find(({ what }) => what.offset > offset);
      return first === undefined ? [] : eventsOf(first);
    },
  };
}

function keyOf(group: string, topic: string, partition: number): string {
  return `${group}\n${topic}\n${partition}`;
}
