import type { Layer, TopicRole } from '../layer.js';

/**
 * The history of a run: what clients did and were told, what passed the wire, what the broker did, what a fresh reader
 * found. Append-only; one JSON object a line when written out. The format is documented in docs/history.md.
 */
export type History = readonly HistoryEvent[];

export type HistoryEvent = Recorded<Observation>;

export type Recorded<T> = T & {
  /** Contiguous from 0 over the whole run. */
  readonly seq: number;
  /** Monotonic milliseconds since the run began. */
  readonly timeMs: number;
};

export type Observation =
  | RunEvent
  | OperationEvent
  | RebalanceEvent
  | ProcessEvent
  | FaultEvent
  | WireEvent
  | BrokerEvent
  | DrainEvent
  | NoteEvent;

/** First event of a history: what was run, where. Absent fields mean "not told" (somebody else's history). */
export interface RunEvent {
  readonly type: 'run';
  readonly scenario?: string;
  readonly phase?: 'control' | 'fault';
  readonly broker?: 'embedded' | 'kafka';
  /**
   * Set when no client recorded anything: operations are requests as the broker received and answered them, one process for
   * each connection. What clients made of the answers, and of the records that they were given, is not in it.
   */
  readonly observer?: 'broker';
  readonly layer?: Layer;
  readonly topics: readonly {
    readonly role: TopicRole;
    readonly topic: string;
    readonly partitions: number;
  }[];
  readonly groups?: readonly string[];
}

/** `process` names one incarnation of an actor: `producer`, after a restart `producer#2`; the runner's own is `seeder`. */
export type ProcessId = string;

/**
 * A client's operation: `invoke`, then how it ended. `info` is the third value: the client does not know. An operation
 * that a crash cut off has no ending event; the crash makes it `info`.
 */
export type OperationEvent =
  | ({ readonly type: 'invoke' } & OperationOf<Operation>)
  | ({ readonly type: 'ok'; readonly result?: OperationResult } & OperationOf<Operation>)
  | ({
      readonly type: 'fail' | 'info';
      readonly error: string;
      readonly code?: number;
    } & OperationOf<Operation>);

export type OperationOf<T> = T & {
  readonly process: ProcessId;
  /** Unique within the process; joins `invoke` with its ending. */
  readonly operation: number;
};

export type Operation =
  | {
      readonly f: 'send';
      readonly topic: string;
      readonly partition: number;
      readonly value: string;
      readonly key?: string;
      /** The transaction that it belongs to, unique in the history (`producer/1`). */
      readonly transaction?: string;
      /** Pipeline: the input record that this output was derived from. */
      readonly source?: RecordPosition;
    }
  | { readonly f: 'begin' | 'commit' | 'abort'; readonly transaction: string }
  /**
   * A record handed to the application, one operation each; its result holds the record (or, from a tool whose poll
   * hands over several at once, the records). Without `isolation` the reader counts as read_committed.
   */
  | {
      readonly f: 'poll';
      readonly group?: string;
      readonly isolation?: 'read_committed' | 'read_uncommitted';
    }
  | {
      readonly f: 'commit-offset';
      readonly group: string;
      readonly topic: string;
      readonly partition: number;
      /** The next offset to read. */
      readonly offset: number;
      /** Set when the offset travels in a transaction (TxnOffsetCommit). */
      readonly transaction?: string;
    }
  /** Work in the outside world, by the group that processes; `ok` with result skipped: deduplicated, nothing was done. */
  | ({ readonly f: 'effect'; readonly group: string; readonly value: string } & RecordPosition)
  | { readonly f: 'init'; readonly transactionalId: string };

export interface RecordPosition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

export type OperationResult =
  /** send: −1 when the broker did not say (acks=0). */
  | { readonly offset: number }
  /** poll */
  | { readonly record: PolledRecord }
  /** poll, by a tool that hands over several records in one operation */
  | { readonly records: readonly PolledRecord[] }
  /** init, where the tap saw it */
  | { readonly producerId: number; readonly epoch: number }
  /** effect */
  | { readonly skipped: true };

export interface PolledRecord extends RecordPosition {
  readonly value: string;
  readonly key?: string;
}

export interface RebalanceEvent {
  readonly type: 'rebalance';
  readonly process: ProcessId;
  readonly group: string;
  readonly generation: number;
  readonly memberId: string;
  readonly assigned: readonly { readonly topic: string; readonly partition: number }[];
}

export interface ProcessEvent {
  readonly type: 'process';
  readonly process: ProcessId;
  readonly actor: string;
  readonly event: 'start' | 'crash' | 'stop' | 'error';
  /** For `error`: what ended the process though nobody had planned it. */
  readonly error?: string;
}

export interface FaultEvent {
  readonly type: 'fault';
  readonly event: 'armed' | 'fired';
  readonly point: string;
  readonly process: ProcessId;
  /** What was really struck, as the striker saw it, e.g. the value in the request. */
  readonly message?: string;
  readonly api?: string;
  readonly after?: string;
  /** The wire fault's `action`, or `crash`, or `abort`. */
  readonly action: string;
}

/** A frame seen by the wire tap. `lost` and `withheld` say what the fault did to it. */
export interface WireEvent {
  readonly type: 'request' | 'response';
  readonly process: ProcessId;
  readonly connection: number;
  readonly api: string;
  readonly version: number;
  readonly correlationId: number;
  readonly bytes: number;
  readonly fate?: 'lost' | 'delayed' | 'cut';
  /** What of the body matters to a learner: values, producer id, epoch, sequence, offsets, error code. */
  readonly detail?: WireDetail;
}

export interface WireDetail {
  readonly values?: readonly string[];
  readonly topic?: string;
  readonly partition?: number;
  readonly producerId?: number;
  readonly epoch?: number;
  readonly sequence?: number;
  readonly baseOffset?: number;
  readonly offset?: number;
  readonly errorCode?: number;
  readonly transactionalId?: string;
  readonly group?: string;
  readonly memberId?: string;
  readonly generation?: number;
  readonly commit?: boolean;
}

/** The embedded broker's own ground truth; a real cluster does not tell. */
export type BrokerEvent =
  | {
      readonly type: 'append';
      readonly topic: string;
      readonly partition: number;
      readonly baseOffset: number;
      readonly lastOffset: number;
      readonly producerId: number;
      readonly epoch: number;
      readonly sequence: number;
      readonly transactional: boolean;
    }
  | {
      readonly type: 'marker';
      readonly topic: string;
      readonly partition: number;
      readonly offset: number;
      readonly producerId: number;
      readonly epoch: number;
      readonly commit: boolean;
    }
  | {
      readonly type: 'deduplicated';
      readonly topic: string;
      readonly partition: number;
      readonly baseOffset: number;
      readonly producerId: number;
      readonly epoch: number;
      readonly sequence: number;
    }
  /** Another replica leads, and had no more than this: records from here on are gone. */
  | {
      readonly type: 'truncated';
      readonly topic: string;
      readonly partition: number;
      readonly endOffset: number;
    }
  | {
      readonly type: 'fenced';
      readonly transactionalId?: string;
      readonly producerId: number;
      readonly epoch: number;
      readonly currentEpoch: number;
      readonly api: string;
    }
  | {
      readonly type: 'watermarks';
      readonly topic: string;
      readonly partition: number;
      readonly highWatermark: number;
      readonly lastStableOffset: number;
    };

/** What a fresh reader found in one partition, from the log start to the end, in one isolation level. */
export interface DrainEvent {
  readonly type: 'drain';
  /** `end` for the last one; an observe cue's label otherwise. */
  readonly label: string;
  readonly isolation: 'read_committed' | 'read_uncommitted';
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly {
    readonly offset: number;
    readonly value: string;
    readonly producerId?: number;
    readonly epoch?: number;
    readonly transactional?: boolean;
  }[];
  readonly markers?: readonly {
    readonly offset: number;
    readonly producerId: number;
    readonly epoch: number;
    readonly commit: boolean;
  }[];
  readonly logStart: number;
  /** Log end as a reader can know it: the high watermark. */
  readonly highWatermark: number;
  readonly lastStableOffset: number;
  /** Committed offsets of the run's groups for this partition, read at the same time; −1 for none. */
  readonly committed?: Readonly<Record<string, number>>;
  /** False when the reader had to give up before the end; then nothing can be concluded. */
  readonly complete: boolean;
}

/** What the runner did to spare the learner a wait (e.g. LeaveGroup for a dead member), so that nothing is hidden. */
export interface NoteEvent {
  readonly type: 'note';
  readonly about: 'takeover' | 'warm-up' | 'cancelled' | 'clean-up';
  readonly process?: ProcessId;
  readonly detail: string;
}
