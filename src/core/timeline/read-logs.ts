import { groupBy } from '../group-by.js';
import type { DrainEvent, History, Recorded } from '../history/events.js';
import { Endings } from './endings.js';
import type { LogEntry, PartitionLog, Watermarks } from './log-entry.js';
import { Placing, placeOf } from './placing.js';

type Drain = Recorded<DrainEvent>;

/**
 * Every partition's log over time. The embedded broker tells when it appended; a cluster does not, so there a record stands
 * from the answer that named its offset, and what no answer named from the first reader that found it.
 */
export function readLogs(history: History): readonly PartitionLog[] {
  const placing = new Placing(history);
  for (const event of history) placing.take(event);
  const drains = history.filter((event): event is Drain => event.type === 'drain');
  const endings = new Endings(history);
  for (const drain of drains) found(placing, endings, drain);
  const byPlace = groupBy(placing.entries(), placeOf);
  const watermarks = groupBy(
    history.filter((event) => event.type === 'watermarks'),
    placeOf,
  );
  const topics = history.find((event) => event.type === 'run')?.topics ?? [];
  const roles = new Map(topics.map(({ topic, role }) => [topic, role]));
  return placesOf(history, byPlace.keys()).map(({ topic, partition }) => ({
    topic,
    partition,
    role: roles.get(topic) ?? 'output',
    entries: withEnds(byPlace.get(placeOf({ topic, partition })) ?? []),
    watermarks: (watermarks.get(placeOf({ topic, partition })) ?? []).map(
      ({ seq, highWatermark, lastStableOffset }): Watermarks => ({
        at: seq,
        highWatermark,
        lastStableOffset,
      }),
    ),
  }));
}

interface Place {
  readonly topic: string;
  readonly partition: number;
}

/** Partitions that the run tells, in its order, then those that were only written to. */
function placesOf(history: History, written: Iterable<string | undefined>): readonly Place[] {
  const told = (history.find((event) => event.type === 'run')?.topics ?? []).flatMap(
    ({ topic, partitions }) => Array.from({ length: partitions }, (_, partition) => ({ topic, partition })),
  );
  const places = new Map(told.map((place) => [placeOf(place), place]));
  for (const key of written) {
    const [topic = '', partition = '0'] = key?.split('\n') ?? [];
    if (key !== undefined && !places.has(key)) places.set(key, { topic, partition: Number(partition) });
  }
  return [...places.values()];
}

/** What a reader found and nobody had told of, in the order of the offsets. */
function found(
  placing: Placing,
  endings: Endings,
  { seq, topic, partition, records, markers = [] }: Drain,
): void {
  const reading = endings.inPartition(seq);
  const inOrder = [...records, ...markers].sort((left, right) => left.offset - right.offset);
  for (const entry of inOrder) {
    const { offset, producerId = -1, epoch = -1 } = entry;
    const head = { topic, partition, offset, producerId, epoch };
    if ('commit' in entry)
      placing.found(
        { ...head, writtenAt: reading.markerAt(producerId, entry.commit) },
        { kind: 'marker', commit: entry.commit },
      );
    else {
      const { value, transactional: isTransactional = false } = entry;
      const there = placing.found(
        { ...head, writtenAt: seq },
        { kind: 'record', value, sequence: -1, isTransactional },
      );
      reading.passed(producerId, there);
    }
  }
}

/**
 * Joins each transactional record with the first marker of its producer behind it (KIP-98). By time and not by offset: a
 * truncated log uses offsets again.
 */
function withEnds(entries: readonly LogEntry[]): readonly LogEntry[] {
  const next = new Map<number, { readonly at: number; readonly commit: boolean }>();
  const backwards = [...entries].sort(byTime).reverse();
  const finished = backwards.map((entry): LogEntry => {
    const { content, producerId } = entry;
    if (content.kind === 'marker') {
      next.set(producerId, { at: entry.writtenAt, commit: content.commit });
      return entry;
    }
    const end = content.isTransactional ? next.get(producerId) : undefined;
    return end === undefined ? entry : { ...entry, content: { ...content, end } };
  });
  return finished.reverse();
}

function byTime(left: LogEntry, right: LogEntry): number {
  return left.writtenAt - right.writtenAt || left.offset - right.offset;
}
