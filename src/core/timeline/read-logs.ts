import type { BrokerEvent, DrainEvent, History, Recorded } from '../history/events.js';
import { Endings } from './endings.js';
import type { LogEntry, PartitionLog, Watermarks } from './log-entry.js';
import type { PartitionPlacing } from './partition-placing.js';
import { Placing } from './placing.js';

type Drain = Recorded<DrainEvent>;
type Told = Recorded<Extract<BrokerEvent, { type: 'watermarks' }>>;

/**
 * Every partition's log over time. The embedded broker tells when it appended; a cluster does not, so there a record stands
 * from the answer that named its offset, and what no answer named from the first reader that found it.
 */
export function readLogs(history: History): readonly PartitionLog[] {
  const placing = new Placing();
  const endings = new Endings(history);
  const topics = history.find((event) => event.type === 'run')?.topics ?? [];
  for (const { topic, partitions } of topics)
    for (let partition = 0; partition < partitions; partition += 1) placing.partition(topic, partition);
  const watermarks = new Map<PartitionPlacing, Watermarks[]>();
  for (const event of history) {
    placing.take(event);
    if (event.type === 'watermarks') note(watermarks, placing, event);
  }
  for (const event of history)
    if (event.type === 'drain') found(placing.partition(event.topic, event.partition), endings, event);
  const roles = new Map(topics.map(({ topic, role }) => [topic, role]));
  return placing.partitions().map((there) => ({
    topic: there.topic,
    partition: there.partition,
    role: roles.get(there.topic) ?? 'output',
    entries: withEnds(there.entries),
    watermarks: watermarks.get(there) ?? [],
  }));
}

function note(watermarks: Map<PartitionPlacing, Watermarks[]>, placing: Placing, event: Told): void {
  const { topic, partition, seq, highWatermark, lastStableOffset } = event;
  const place = placing.partition(topic, partition);
  const told = watermarks.get(place) ?? [];
  told.push({ at: seq, highWatermark, lastStableOffset });
  watermarks.set(place, told);
}

/** What a reader found and nobody had told of, in the order of the offsets. */
function found(place: PartitionPlacing, endings: Endings, { seq, records, markers = [] }: Drain): void {
  const reading = endings.inPartition(seq);
  const inOrder =
    markers.length === 0
      ? records
      : [...records, ...markers].sort((left, right) => left.offset - right.offset);
  for (const entry of inOrder) {
    const { offset, producerId = -1, epoch = -1 } = entry;
    // Of most records all is known already: of a long log nothing is made anew for them.
    const known = 'value' in entry ? place.writtenAt(entry) : undefined;
    if (known !== undefined) {
      reading.passed(producerId, known);
      continue;
    }
    const head = { offset, producerId, epoch };
    if ('commit' in entry)
      place.found(
        { ...head, writtenAt: reading.markerAt(producerId, entry.commit) },
        { kind: 'marker', commit: entry.commit },
      );
    else {
      const { value, transactional: isTransactional = false } = entry;
      const content = { kind: 'record', value, sequence: -1, isTransactional } as const;
      reading.passed(producerId, place.found({ ...head, writtenAt: seq }, content));
    }
  }
}

/**
 * Joins each transactional record with the first marker of its producer behind it (KIP-98): by offset, or by time where the log
 * was truncated, since then offsets are used again.
 */
function withEnds(entries: readonly LogEntry[]): readonly LogEntry[] {
  const isTruncated = entries.some(({ goneAt }) => goneAt !== undefined);
  const inOrder = [...entries].sort((left, right) =>
    isTruncated ? left.writtenAt - right.writtenAt || left.offset - right.offset : left.offset - right.offset,
  );
  const next = new Map<number, { readonly at: number; readonly commit: boolean }>();
  for (let index = inOrder.length - 1; index >= 0; index -= 1) {
    const entry = inOrder[index];
    if (entry === undefined) continue;
    const { content, producerId } = entry;
    if (content.kind === 'marker') next.set(producerId, { at: entry.writtenAt, commit: content.commit });
    else if (content.isTransactional) {
      const end = next.get(producerId);
      if (end !== undefined) inOrder[index] = { ...entry, content: { ...content, end } };
    }
  }
  return inOrder;
}
