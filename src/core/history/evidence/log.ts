import { groupBy } from '../../group-by.js';
import { endLabel, eventsOfDrain, type Drain, type DrainedPartition } from './drains.js';
import type { Send } from './sends.js';
import { writersOf } from './writers.js';

/**
 * What became of a record: `plain` = outside of any transaction, `pending` = its transaction has not ended.
 * `committed` and `aborted` are its transaction's end.
 */
export type Fate = 'plain' | 'committed' | 'aborted' | 'pending';

/** A record that the final drain found, in whichever isolation level. */
export interface LogRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
  readonly producerId?: number;
  readonly epoch?: number;
  readonly fate: Fate;
  /** Seen by read_committed. */
  readonly visible: boolean;
  /** At or beyond the last stable offset: hidden for now by somebody's open transaction, not lost. */
  readonly held: boolean;
  readonly writer?: Send;
  readonly events: readonly number[];
}

/** The logs of all partitions as the final drain found them, by topic, partition and offset. */
export interface Log {
  readonly records: readonly LogRecord[];
  /** True when every partition of the topic was read to its end in both isolation levels. */
  drained(topic: string): boolean;
  at(topic: string, partition: number, offset: number): LogRecord | undefined;
  /** All copies of a value in a topic. */
  copies(topic: string, value: string): readonly LogRecord[];
}

/**
 * The fate of a record is told, in this order, by the markers behind it (the first of the same producer in the same
 * partition: KIP-98), by what its client was told, and by what read_committed shows. So a history without markers, such
 * as another tool's, can be judged too.
 */
export function readLog(
  drains: readonly DrainedPartition[],
  sends: readonly Send[],
  partitionsOf: (topic: string) => number,
): Log {
  const atEnd = drains.filter(({ label }) => label === endLabel);
  const raw = atEnd.flatMap(rawRecords);
  const writers = writersOf(raw, sends);
  const records = raw.map((one) => finished(one, writers.get(one)));
  const byPlace = new Map(records.map((one) => [placeOf(one.topic, one.partition, one.offset), one]));
  const byValue = groupBy(records, ({ topic, value }) => `${topic}\n${value}`);
  return {
    records,
    drained: (topic) => {
      const complete = atEnd.filter((one) => one.topic === topic && isComplete(one)).length;
      return complete > 0 && complete >= partitionsOf(topic);
    },
    at: (topic, partition, offset) => byPlace.get(placeOf(topic, partition, offset)),
    copies: (topic, value) => byValue.get(`${topic}\n${value}`) ?? [],
  };
}

interface RawRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
  readonly producerId?: number;
  readonly epoch?: number;
  readonly transactional?: boolean;
  readonly visible: boolean;
  readonly held: boolean;
  readonly marker: 'commit' | 'abort' | 'none' | 'unknown';
  readonly events: readonly number[];
}

/** The union of both readings: read_uncommitted shows more records, but a broker that errs could show fewer. */
function rawRecords(drained: DrainedPartition): readonly RawRecord[] {
  const { topic, partition, uncommitted, committed } = drained;
  const visible = new Set(committed?.records.map(({ offset }) => offset));
  const stable = (committed ?? uncommitted)?.lastStableOffset ?? 0;
  const markers = markersBehind(uncommitted);
  const all = new Map(
    [...(committed?.records ?? []), ...(uncommitted?.records ?? [])].map((one) => [one.offset, one]),
  );
  return [...all.values()]
    .sort((left, right) => left.offset - right.offset)
    .map((one) => ({
      ...one,
      topic,
      partition,
      visible: visible.has(one.offset),
      held: !visible.has(one.offset) && one.offset >= stable,
      marker: markers.get(one.offset) ?? 'unknown',
      events: eventsOfDrain(drained),
    }));
}

/**
 * By offset of a record: the first marker of its producer behind it. Read from the end, so that the marker met last is
 * the nearest one.
 */
function markersBehind(drain: Drain | undefined): ReadonlyMap<number, RawRecord['marker']> {
  const behind = new Map<number, RawRecord['marker']>();
  if (drain?.markers === undefined) {
    return behind;
  }
  const nearest = new Map<number, 'commit' | 'abort'>();
  const fromTheEnd = [...drain.records, ...drain.markers].sort((left, right) => right.offset - left.offset);
  for (const entry of fromTheEnd) {
    if ('commit' in entry) {
      nearest.set(entry.producerId, entry.commit ? 'commit' : 'abort');
    } else if (entry.producerId !== undefined) {
      behind.set(entry.offset, nearest.get(entry.producerId) ?? 'none');
    }
  }
  return behind;
}

function finished(raw: RawRecord, writer: Send | undefined): LogRecord {
  const { topic, partition, offset, value, producerId, epoch, visible, held, events } = raw;
  return {
    topic,
    partition,
    offset,
    value,
    visible,
    held,
    events,
    fate: fateOf(raw, writer),
    ...(producerId === undefined ? {} : { producerId }),
    ...(epoch === undefined ? {} : { epoch }),
    ...(writer === undefined ? {} : { writer }),
  };
}

/** Undefined when nobody is known to have written the record. */
function isInTransaction(writer: Send | undefined): boolean | undefined {
  return writer === undefined ? undefined : writer.transaction !== undefined;
}

const fateByMarker = { commit: 'committed', abort: 'aborted', none: 'pending' } as const;

function fateOf(raw: RawRecord, writer: Send | undefined): Fate {
  const transactional = raw.transactional ?? isInTransaction(writer);
  if (transactional === false) {
    return 'plain';
  }
  if (transactional === true && raw.marker !== 'unknown') {
    return fateByMarker[raw.marker];
  }
  const told = writer?.transaction?.told;
  if (told === 'committed' || told === 'aborted') {
    return told;
  }
  return raw.visible ? 'committed' : raw.held ? 'pending' : 'aborted';
}

function isComplete({ uncommitted, committed }: DrainedPartition): boolean {
  return uncommitted !== undefined && committed !== undefined;
}

function placeOf(topic: string, partition: number, offset: number): string {
  return `${topic}\n${partition}\n${offset}`;
}
