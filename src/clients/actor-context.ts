import type { RecordPosition } from '../core/history/events.js';
import type { ActorAssignment } from './actor-protocol.js';
import type { EffectPort } from './effect-port.js';
import type { Consumer, Producer, Transaction } from './kafkajs.js';
import type { Recorder } from './recorder.js';
import type { WireKnowledge } from './wire-knowledge.js';

/** What the steps of one process work on. */
export interface ActorContext {
  readonly assignment: ActorAssignment;
  readonly recorder: Recorder;
  readonly wire: WireKnowledge;
  readonly effects: EffectPort;
  readonly producer: Producer | undefined;
  readonly consumer: Consumer | undefined;
  /** The transaction that is open now. */
  transaction: OpenTransaction | undefined;
  transactionCount: number;
}

export interface OpenTransaction {
  /** Unique in the history. */
  readonly id: string;
  readonly handle: Transaction;
}

/** What one round of `each` is about. */
export interface MessageInHand {
  /** The value to send, or that was read. */
  readonly value: string;
  /** Where it was read; absent for a producer. */
  readonly input?: RecordPosition;
  /** Its number within the process, from 0. */
  readonly index: number;
  /** What `send` sends: a producer's own value, a pipeline's after `transform`. */
  output: string | undefined;
}
