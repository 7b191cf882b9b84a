import { groupOf, type GroupSlot, type Operation, type Place } from './operation.js';
import { placeKey } from './world.js';

/** What a sequence leaves behind, read in every way: both isolation levels, both ends of each log, each group and its offsets. */
export function closingReads(operations: readonly Operation[]): readonly Operation[] {
  const places = new Map(operations.flatMap(placesOf).map((place) => [placeKey(place), place]));
  const groups = new Set(operations.map(groupOf).filter((group) => group !== undefined));
  return [...[...places.values()].flatMap(logReads), ...[...groups].flatMap(groupReads)];
}

function placesOf(operation: Operation): readonly Place[] {
  if (operation.kind === 'produce') return [operation.place];
  return operation.kind === 'add partitions' ? operation.places : [];
}

function logReads(place: Place): readonly Operation[] {
  const fetch = { kind: 'fetch', place, offset: 0, leaderEpoch: -1, lastFetchedEpoch: -1 } as const;
  const list = { kind: 'list offsets', place, leaderEpoch: -1, version: 5 } as const;
  return [
    { ...fetch, committed: true, maxBytes: 1_000_000, version: 11 },
    { ...fetch, committed: false, maxBytes: 1_000_000, version: 11 },
    { ...list, at: -1, committed: true },
    { ...list, at: -1, committed: false },
    { ...list, at: -2, committed: false },
  ];
}

function groupReads(group: GroupSlot): readonly Operation[] {
  return [
    { kind: 'fetch offsets', group, stable: false, places: undefined, version: 7 },
    { kind: 'fetch offsets', group, stable: true, places: undefined, version: 8 },
    { kind: 'describe group', group, version: 5 },
  ];
}
