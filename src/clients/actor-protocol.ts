import type { Observation, ProcessId } from '../core/history/events.js';
import type { TopicRole } from '../core/layer.js';
import type { Actor, ActorName, Fault } from '../core/scenario/scenario.js';
import type { ConnectionSettings } from './connection-settings.js';
import type { ClientLogEntry } from './kafka-client.js';

/** All that one incarnation of an actor is told; a worker thread receives it once. */
export interface ActorAssignment {
  readonly process: ProcessId;
  readonly name: ActorName;
  readonly actor: Actor;
  readonly topics: Readonly<Partial<Record<TopicRole, AssignedTopic>>>;
  /** Made unique for this run; absent when the actor has none. */
  readonly groupId?: string;
  readonly transactionalId?: string;
  readonly connection: ConnectionSettings;
  readonly timing: ActorTiming;
  /** Only for the first incarnation of the actor that the fault names, and not in the control run. */
  readonly fault?: Fault;
}

export interface AssignedTopic {
  readonly topic: string;
  readonly partitions: number;
  /** By partition: where a reader has read all. */
  readonly endOffsets: readonly number[];
}

export interface ActorTiming {
  readonly requestTimeoutMs: number;
  readonly connectionTimeoutMs: number;
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  readonly rebalanceTimeoutMs: number;
  /** How long a fetch waits at the broker when there is nothing to read; closing a consumer waits for the one in flight. */
  readonly fetchWaitMs: number;
}

/** From the runner to the worker. */
export type ToActor =
  | { readonly kind: 'start'; readonly assignment: ActorAssignment }
  | { readonly kind: 'effect-done'; readonly request: number; readonly skipped: boolean };

/** From the worker to the runner. */
export type FromActor =
  | { readonly kind: 'ready' }
  | ActorEvent
  | ({ readonly kind: 'effect'; readonly request: number } & EffectRequest)
  | ({ readonly kind: 'log' } & ClientLogEntry);

/** `counter` is contiguous within the process: the runner notices a gap. `atMs` is the machine's monotonic clock. */
export interface ActorEvent {
  readonly kind: 'event';
  readonly counter: number;
  readonly atMs: number;
  readonly event: Observation;
}

/** The outside world lives in the runner's thread: an effect must outlive the process that caused it. */
export interface EffectRequest {
  readonly group: string;
  readonly value: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Do nothing when (group, topic, partition, offset) is already there. */
  readonly ifNew: boolean;
}
