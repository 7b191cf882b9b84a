import type { DrainEvent, History, RunEvent } from '../../core/history/events.js';
import type { Anomaly, Verdict } from '../../core/history/verdict.js';

/** One place of a log, or a message that should have had one. */
export type LogCell =
  | {
      readonly kind: 'record';
      readonly offset: number;
      readonly value: string;
      /** Hidden from read_committed: its transaction was aborted, or is still open. */
      readonly hidden: boolean;
      /** The same message stands at another offset too, where the same readers see it. */
      readonly repeated: boolean;
    }
  /** Taken by a control record, which no application sees. */
  | { readonly kind: 'marker'; readonly offset: number; readonly commit: boolean | undefined }
  | { readonly kind: 'missing'; readonly value: string };

/** One partition as a fresh reader found it, at one moment of the run. */
export interface LogStrip {
  /** `end`, or the label of a look in the middle of the run. */
  readonly label: string;
  readonly topic: string;
  readonly partition: number;
  readonly cells: readonly LogCell[];
  readonly highWatermark: number;
  readonly lastStableOffset: number;
}

/** The partitions of the run's output, each time that they were read; missing messages stand behind the last strip. */
export function logStrips(history: History, verdict: Verdict): readonly LogStrip[] {
  const outputs = outputTopics(history);
  const drains = history.filter((event) => event.type === 'drain').filter(({ topic }) => outputs.has(topic));
  const wide = drains.filter(({ isolation }) => isolation === 'read_uncommitted');
  return wide.map((drain) => {
    const committed = drains.find(
      (other) => isSamePlace(drain, other) && other.isolation === 'read_committed',
    );
    return logStrip(drain, committed, verdict);
  });
}

function outputTopics(history: History): ReadonlySet<string> {
  const run = history.find((event): event is RunEvent & typeof event => event.type === 'run');
  return new Set(run?.topics.filter(({ role }) => role === 'output').map(({ topic }) => topic));
}

function isSamePlace(left: DrainEvent, right: DrainEvent): boolean {
  return left.label === right.label && left.topic === right.topic && left.partition === right.partition;
}

function logStrip(all: DrainEvent, committed: DrainEvent | undefined, verdict: Verdict): LogStrip {
  const { label, topic, partition, highWatermark, lastStableOffset } = all;
  const missing = label === 'end' ? missingValues(verdict.anomalies) : [];
  const cells: readonly LogCell[] = [
    ...placesOf(all, committed, verdict.anomalies),
    ...missing.map((value): LogCell => ({ kind: 'missing', value })),
  ];
  return { label, topic, partition, cells, highWatermark, lastStableOffset };
}

function placesOf(
  all: DrainEvent,
  committed: DrainEvent | undefined,
  anomalies: readonly Anomaly[],
): readonly LogCell[] {
  const visible = new Set(committed?.records.map(({ offset }) => offset) ?? []);
  const records = new Map(all.records.map((record) => [record.offset, record]));
  const markers = new Map(all.markers?.map((marker) => [marker.offset, marker]) ?? []);
  const repeated = repeatedValues(anomalies);
  const cells: LogCell[] = [];
  for (let offset = all.logStart; offset < all.highWatermark; offset += 1) {
    const record = records.get(offset);
    if (record === undefined) cells.push({ kind: 'marker', offset, commit: markers.get(offset)?.commit });
    else {
      const hidden = committed !== undefined && !visible.has(offset);
      cells.push({
        kind: 'record',
        offset,
        value: record.value,
        hidden,
        repeated: !hidden && repeated.has(record.value),
      });
    }
  }
  return cells;
}

const doublings = new Set<Anomaly['name']>(['duplicate', 'duplicate-output']);
const losses = new Set<Anomaly['name']>(['silent-loss', 'reported-loss', 'lost-in-log', 'lost-output']);

function repeatedValues(anomalies: readonly Anomaly[]): ReadonlySet<string> {
  return new Set(witnessValues(anomalies, doublings));
}

function missingValues(anomalies: readonly Anomaly[]): readonly string[] {
  return [...new Set(witnessValues(anomalies, losses))];
}

export function witnessValues(
  anomalies: readonly Anomaly[],
  names: ReadonlySet<Anomaly['name']>,
): readonly string[] {
  return anomalies
    .filter(({ name }) => names.has(name))
    .flatMap(({ witnesses }) => witnesses.map(({ value }) => value))
    .filter((value) => value !== undefined);
}
