import type { DrainEvent } from '../../core/history/events.js';
import { Findings } from '../protocol/findings.js';
import type { GroupCoordinator } from '../state/groups/coordinator.js';
import type { Partition } from '../state/partition.js';
import { valueText } from './value-text.js';

/** Bytes that are looked at together; a larger batch all the same. */
const sliceBytes = 4 * 1024 * 1024;

/** Both readings of a partition as a reader would make them at this moment, which cannot pass between the two. */
export function drainPartition(partition: Partition, groups: GroupCoordinator): readonly DrainEvent[] {
  return (['read_uncommitted', 'read_committed'] as const).map((isolation) =>
    reading(partition, isolation, committedIn(groups, partition)),
  );
}

function reading(
  { topic, index, log }: Partition,
  isolation: DrainEvent['isolation'],
  committed: Readonly<Record<string, number>>,
): DrainEvent {
  const end = log.readableEnd(isolation);
  const found = new Findings(isolation, valueText);
  let position = Number(log.startOffset);
  while (position < end) {
    const slice = log.slice(BigInt(position), { isolation, maxBytes: sliceBytes, atLeastOne: true });
    const next = found.take(slice, position, Number(end));
    if (next === position) break;
    position = next;
  }
  return {
    type: 'drain',
    label: 'end',
    isolation,
    topic: topic.name,
    partition: index,
    records: found.records,
    markers: found.markers,
    logStart: Number(log.startOffset),
    highWatermark: Number(log.highWatermark),
    lastStableOffset: Number(log.lastStableOffset),
    committed,
    complete: found.readable && position >= end,
  };
}

/** By group; one that committed nothing here is left out. */
function committedIn(
  groups: GroupCoordinator,
  { topic, index }: Partition,
): Readonly<Record<string, number>> {
  const at = [{ topic: topic.name, partition: index }];
  const offsets = groups.list().map(({ groupId }) => {
    const [fetched] = groups.fetchOffsets(groupId, at, false);
    return [groupId, Number(fetched?.offset ?? -1n)] as const;
  });
  return Object.fromEntries(offsets.filter(([, offset]) => offset >= 0));
}
