import type { Layer } from '../layer.js';

/** Names as in Jepsen's Kafka workload where it has the anomaly; the definitions stand in docs/verdict.md. */
export type AnomalyName =
  | 'inconsistent-offsets'
  | 'duplicate'
  | 'lost-write'
  | 'unseen'
  | 'aborted-read'
  | 'precommitted-read'
  | 'poll-skip'
  | 'int-poll-skip'
  | 'nonmonotonic-poll'
  | 'int-nonmonotonic-poll'
  | 'nonmonotonic-send'
  | 'int-nonmonotonic-send'
  | 'write-isolation'
  | 'lost-in-log'
  | 'lost-in-client'
  | 'silent-loss'
  | 'reported-loss'
  | 'phantom'
  | 'skipped'
  | 'duplicate-delivery'
  | 'duplicate-effect'
  | 'duplicate-output'
  | 'lost-output'
  | 'orphan-output'
  | 'torn-transaction'
  | 'aborted-visible'
  | 'blocked'
  | 'fenced-write';

/** `sent` = attempted sends; RU and RC = records visible to read_uncommitted and read_committed on the measured topic. */
export type CountName =
  | 'sent'
  | 'ok'
  | 'failed'
  | 'unknown'
  | 'readUncommitted'
  | 'readCommitted'
  /** High watermark at the end, markers included. */
  | 'endOffset'
  | 'lastStableOffset'
  | 'deduplicated'
  | 'deliveries'
  | 'effects'
  | 'lost'
  | 'duplicates';

export type Counts = Readonly<Record<CountName, number>>;

export interface Witness {
  readonly value?: string;
  readonly topic?: string;
  readonly partition?: number;
  readonly offsets?: readonly number[];
  readonly process?: string;
  readonly group?: string;
  readonly transaction?: string;
  /** Of an open transaction: who holds it, and for how long it had been open when it was seen. */
  readonly producerId?: number;
  readonly ageMs?: number;
  /** Label of the observation in the middle of the plot that saw it; absent for the end. */
  readonly observed?: string;
  /** Sequence numbers of the events of the history that show it. */
  readonly events: readonly number[];
}

export interface Anomaly {
  readonly name: AnomalyName;
  readonly count: number;
  readonly witnesses: readonly Witness[];
  /** Allowed by Kafka or by this isolation level: shown, but no violation of a guarantee. */
  readonly informational: boolean;
}

/** Whether an anomaly violates a guarantee: found, and not merely allowed by Kafka. */
export function isViolation({ informational, count }: Anomaly): boolean {
  return !informational && count > 0;
}

/** Whether each guarantee held for every value at one layer, in this run. */
export interface LayerVerdict {
  readonly layer: Layer;
  /** Distinct values that the left side counts on: acknowledged or committed sends, visible input records. */
  readonly entered: number;
  /** Visible records, effects or outputs, copies included. */
  readonly found: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly atMostOnce: boolean;
  readonly atLeastOnce: boolean;
}

/** Why nothing can be concluded; `detail` holds the numbers or names that the sentence needs. */
export interface Doubt {
  readonly guard:
    | 'fault-not-armed'
    | 'fault-not-fired-once'
    | 'fault-elsewhere'
    | 'control-not-clean'
    | 'operations-unaccounted'
    | 'unknown-writer'
    | 'drain-incomplete'
    | 'transaction-open'
    | 'sequence-gap'
    | 'no-effects'
    | 'process-failed'
    | 'broker-disagrees'
    | 'cancelled';
  readonly detail: Readonly<Record<string, string | number>>;
}

/** Computed from the history alone. */
export interface Verdict {
  readonly counts: Counts;
  /** Counts at the observe cues in the middle of the plot, by label. */
  readonly observed: Readonly<Record<string, Partial<Counts>>>;
  readonly anomalies: readonly Anomaly[];
  readonly layers: readonly LayerVerdict[];
  readonly doubts: readonly Doubt[];
}
