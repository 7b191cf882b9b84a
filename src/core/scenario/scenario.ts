import type { AnomalyName, CountName } from '../history/verdict.js';
import type { Layer, TopicRole } from '../layer.js';
import type {
  ConsumerSettings,
  ProducerSettings,
  Program,
  SemanticsId,
  Step,
} from '../semantics/semantics.js';

/** A scenario is data: who acts, who starts when, what strikes where, and what must be found. No code of its own. */
export interface Scenario {
  /** Stable: `<side>.<guarantee>.<what happens>` as in the catalogue. */
  readonly id: string;
  readonly level: 'core' | 'twist' | 'cluster' | 'expert';
  readonly semantics: SemanticsId;
  /** Topics by role; `input` is filled with m0 … m9 before the plot begins when a consumer or a pipeline reads it. */
  readonly topics: readonly TopicSpecification[];
  readonly cast: Readonly<Record<ActorName, Actor>>;
  readonly plot: readonly Cue[];
  readonly fault: Fault;
  readonly layer: Layer;
  /** What is asked before the run, where that is not the struck message at the end of it. */
  readonly asks?: { readonly message: string; readonly observed: string };
  readonly expected: { readonly control: Expectation; readonly fault: Expectation };
}

export type ActorName = string;

export interface TopicSpecification {
  readonly role: TopicRole;
  readonly partitions: number;
  /** How many records the runner writes before the plot (m0 … mN−1, in one plain producer); 0 for none. */
  readonly seeded: number;
}

/** One simulated process with its own client; it can really crash. */
export interface Actor {
  readonly producer?: ProducerSettings;
  readonly consumer?: ConsumerSettings;
  /** Producers: the values to send, in order. Consumers and pipelines read `input` to its end instead. */
  readonly values?: readonly string[];
  readonly reads?: TopicRole;
  readonly writes?: TopicRole;
  readonly program: Program;
  /** What a consumer does after its transaction was aborted: seek back to the record in hand, or go on. */
  readonly afterAbort?: 'rewind' | 'go-on';
}

/**
 * Cues are played as their moment comes; `start` begins a new incarnation of an actor (`producer`, then `producer#2`).
 * A cue whose moment never comes (a crash in the control run) is skipped.
 */
export type Cue =
  | { readonly when: Moment; readonly start: ActorName }
  /** Read all topics to their end in both isolation levels, and keep what was seen under this label. */
  | { readonly when: Moment; readonly observe: string };

export type Moment =
  | { readonly at: 'once' }
  | { readonly at: 'crashed'; readonly actor: ActorName }
  /** Stopped or crashed. */
  | { readonly at: 'ended'; readonly actor: ActorName }
  | { readonly at: 'observed'; readonly label: string };

/** Fault points as in the catalogue: P produce, C consume, T transaction. */
export type FaultPoint =
  | 'P0'
  | 'P1'
  | 'P2'
  | 'P3'
  | 'P4'
  | 'P5'
  | 'P6'
  | 'P7'
  | 'C1'
  | 'C2'
  | 'C3'
  | 'C4'
  | 'C5'
  | 'C6'
  | 'T1'
  | 'T2'
  | 'T3'
  | 'T4'
  | 'T5'
  | 'T6'
  | 'T7'
  | 'T8'
  /** Not a failure of the network or a process: the application itself decides to abort. */
  | 'abort';

/** Strikes once, at one exact point, on the first incarnation of one actor. */
export type Fault = WireFault | CrashFault | AbortFault;

/** What the wire tap does to one request and its response. */
export interface WireFault {
  readonly kind: 'wire';
  readonly point: FaultPoint;
  readonly actor: ActorName;
  readonly api: WireApi;
  /** The value that the struck request carries (Produce); without it the nth request of that API counts from 1. */
  readonly message?: string;
  readonly nth?: number;
  readonly action: 'lose-request' | 'lose-response' | 'delay-response' | 'crash-on-response';
  /** For `delay-response`: milliseconds. */
  readonly delayMs?: number;
}

export type WireApi =
  | 'Produce'
  | 'OffsetCommit'
  | 'TxnOffsetCommit'
  | 'AddOffsetsToTxn'
  | 'AddPartitionsToTxn'
  | 'EndTxn'
  | 'InitProducerId';

/**
 * The process dies between two steps of one message: no commit, no LeaveGroup, sockets gone. `message` is the value in
 * hand: what a producer sends, what a consumer or a pipeline has read (m4, not the output made of it).
 */
export interface CrashFault {
  readonly kind: 'crash';
  readonly point: FaultPoint;
  readonly actor: ActorName;
  readonly message: string;
  readonly after: Step;
}

/**
 * The application calls abort after this step of this message instead of going on to commit. Where the program begins a
 * transaction for each message, it goes on as `afterAbort` says; where `begin` stands before the first message, its one
 * transaction is over and the program ends: nothing more is sent, nothing committed.
 */
export interface AbortFault {
  readonly kind: 'abort';
  readonly point: 'abort';
  readonly actor: ActorName;
  readonly message: string;
  readonly after: Step;
}

/** Every count that is named must be met exactly; every anomaly found must be named, with its exact count. */
export interface Expectation {
  readonly counts: Partial<Readonly<Record<CountName, number>>>;
  readonly anomalies: Partial<Readonly<Record<AnomalyName, number>>>;
  /** What an `observe` cue in the middle of the plot must have seen, by its label. */
  readonly observed?: Readonly<Record<string, Partial<Readonly<Record<CountName, number>>>>>;
}
