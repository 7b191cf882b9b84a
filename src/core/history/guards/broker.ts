import { endLabel, type DrainedPartition } from '../evidence/drains.js';
import type { Evidence } from '../evidence/evidence.js';
import type { History } from '../events.js';
import type { Doubt } from '../verdict.js';

/**
 * Where the broker tells its own ground truth, a fresh reader and the wire must have seen the same: appends, markers,
 * high watermark and last stable offset, recognised retries. And read_committed never shows what read_uncommitted does
 * not. A real cluster tells nothing of itself, so there only the last rule applies.
 */
export function brokerDoubts(evidence: Evidence): readonly Doubt[] {
  return [
    ...evidence.drains
      .filter(({ label }) => label === endLabel)
      .flatMap((one) => endDoubts(one, evidence.history)),
    ...deduplicationDoubts(evidence),
  ];
}

type Place = Pick<DrainedPartition, 'topic' | 'partition'>;

function endDoubts(drained: DrainedPartition, history: History): readonly Doubt[] {
  return [
    ...isolationDoubts(drained),
    ...appendDoubts(drained, history),
    ...markerDoubts(drained, history),
    ...watermarkDoubts(drained, history),
  ];
}

function isolationDoubts(drained: DrainedPartition): readonly Doubt[] {
  const { uncommitted, committed } = drained;
  if (uncommitted === undefined || committed === undefined) {
    return [];
  }
  const all = new Set(uncommitted.records.map(({ offset }) => offset));
  return unlessEqual(drained, 'read-committed-only', {
    expected: 0,
    found: committed.records.filter(({ offset }) => !all.has(offset)).length,
  });
}

function appendDoubts(drained: DrainedPartition, history: History): readonly Doubt[] {
  const { uncommitted } = drained;
  if (uncommitted === undefined || !tellsOfItself(history)) {
    return [];
  }
  const written = appendedRanges(drained, history)
    .map(({ first, last }) => ({ first: Math.max(first, uncommitted.logStart), last }))
    .filter(({ first, last }) => first <= last);
  const expected = written.reduce((total, { first, last }) => total + last - first + 1, 0);
  const found = uncommitted.records.length;
  const inBoth = countWithin(
    uncommitted.records.map(({ offset }) => offset),
    written,
  );
  return inBoth === expected && inBoth === found
    ? []
    : [disagreement(drained, 'appends', { expected, found })];
}

interface Range {
  readonly first: number;
  readonly last: number;
}

function appendedRanges(place: Place, history: History): readonly Range[] {
  return standing(place, history)
    .filter((event) => event.type === 'append')
    .map(({ baseOffset, lastOffset }) => ({ first: baseOffset, last: lastOffset }));
}

type Written = Extract<History[number], { type: 'append' | 'marker' }>;

/** What was written here and not cut off again, when another replica took over that had not copied it. */
function standing(place: Place, history: History): readonly Written[] {
  let written: Written[] = [];
  for (const event of history) {
    if (event.type === 'truncated' && isAt(event, place)) {
      written = written.filter((one) => lastOffsetOf(one) < event.endOffset);
    } else if ((event.type === 'append' || event.type === 'marker') && isAt(event, place)) {
      written.push(event);
    }
  }
  return written;
}

/** A log is cut between two batches. */
function lastOffsetOf(event: Written): number {
  return event.type === 'append' ? event.lastOffset : event.offset;
}

/** How many of the offsets lie in one of the ranges. These are not counted out: a history may claim any length. */
function countWithin(offsets: readonly number[], ranges: readonly Range[]): number {
  const ordered = [...ranges].sort((left, right) => left.first - right.first);
  let at = 0;
  let within = 0;
  for (const offset of [...new Set(offsets)].sort((left, right) => left - right)) {
    while ((ordered[at]?.last ?? Number.POSITIVE_INFINITY) < offset) {
      at += 1;
    }
    within += (ordered[at]?.first ?? Number.POSITIVE_INFINITY) <= offset ? 1 : 0;
  }
  return within;
}

function markerDoubts(drained: DrainedPartition, history: History): readonly Doubt[] {
  const markers = drained.uncommitted?.markers;
  if (markers === undefined || !tellsOfItself(history)) {
    return [];
  }
  const logStart = drained.uncommitted?.logStart ?? 0;
  const written = standing(drained, history)
    .filter((event) => event.type === 'marker')
    .filter(({ offset }) => offset >= logStart);
  const signed = (marker: { readonly offset: number; readonly commit: boolean }): number =>
    marker.commit ? marker.offset : -1 - marker.offset;
  return sameOffsets(drained, 'markers', written.map(signed), markers.map(signed));
}

function watermarkDoubts(drained: DrainedPartition, history: History): readonly Doubt[] {
  const told = history
    .filter((event) => event.type === 'watermarks')
    .findLast((event) => isAt(event, drained));
  const { uncommitted } = drained;
  if (told === undefined || uncommitted === undefined) {
    return [];
  }
  return [
    ...unlessEqual(drained, 'high-watermark', {
      expected: told.highWatermark,
      found: uncommitted.highWatermark,
    }),
    ...unlessEqual(drained, 'last-stable-offset', {
      expected: told.lastStableOffset,
      found: uncommitted.lastStableOffset,
    }),
  ];
}

function deduplicationDoubts({ history, wire }: Evidence): readonly Doubt[] {
  const told = history.filter(({ type }) => type === 'deduplicated').length;
  const seen = wire.deduplications.length;
  return !tellsOfItself(history) || !wire.recorded || told === seen
    ? []
    : [{ guard: 'broker-disagrees', detail: { what: 'deduplicated', expected: told, found: seen } }];
}

/** Any append: a broker that tells of one tells of all. */
function tellsOfItself(history: History): boolean {
  return history.some(({ type }) => type === 'append');
}

function sameOffsets(
  place: Place,
  what: string,
  expected: readonly number[],
  found: readonly number[],
): readonly Doubt[] {
  const read = new Set(found);
  const inBoth = expected.filter((offset) => read.has(offset)).length;
  return inBoth === expected.length && inBoth === found.length
    ? []
    : [disagreement(place, what, { expected: expected.length, found: found.length })];
}

interface Figures {
  readonly expected: number;
  readonly found: number;
}

function unlessEqual(place: Place, what: string, figures: Figures): readonly Doubt[] {
  return figures.expected === figures.found ? [] : [disagreement(place, what, figures)];
}

function disagreement({ topic, partition }: Place, what: string, figures: Figures): Doubt {
  return { guard: 'broker-disagrees', detail: { what, topic, partition, ...figures } };
}

function isAt(event: Place, { topic, partition }: Place): boolean {
  return event.topic === topic && event.partition === partition;
}
