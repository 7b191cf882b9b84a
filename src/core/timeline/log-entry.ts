import type { ProcessId } from '../history/events.js';

/** A place in a partition, from the moment when it was written. All moments are sequence numbers of the history. */
export interface LogEntry {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** When it was there; where the broker does not tell, when the answer said so, or when a reader found it. */
  readonly writtenAt: number;
  /** When another leader's log, which lacks it, took over. */
  readonly goneAt?: number;
  readonly producerId: number;
  readonly epoch: number;
  readonly content:
    | {
        readonly kind: 'record';
        readonly value: string;
        /** −1: the producer numbers nothing, or the broker does not tell. */
        readonly sequence: number;
        readonly isTransactional: boolean;
        /** The marker that ended its transaction. */
        readonly end?: { readonly at: number; readonly commit: boolean };
      }
    | { readonly kind: 'marker'; readonly commit: boolean };
}

/** One partition's log with all that ever stood in it, by time. */
export interface PartitionLog {
  readonly topic: string;
  readonly partition: number;
  readonly role: 'input' | 'output';
  readonly entries: readonly LogEntry[];
  /** What the broker told of its ends, by time; empty where it does not tell. */
  readonly watermarks: readonly Watermarks[];
}

export interface Watermarks {
  readonly at: number;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
}

/** What is true of a group's committed offset from a moment on. */
export interface OffsetChange {
  readonly at: number;
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** Work done in the outside world. */
export interface EffectDone {
  readonly at: number;
  readonly process: ProcessId;
  readonly value: string;
  /** Recognised as done already, so nothing happened. */
  readonly isRecognised: boolean;
}
