import type { BrokerEvent, Observation } from '../core/history/events.js';
import type { BrokerOptions } from './broker.js';
import type { FaultRule, FaultRuleEvent } from './fault-rule.js';
import type { RequestEvent } from './request-event.js';

/** What the worker is started with. */
export interface WorkerSettings extends BrokerOptions {
  readonly nodes: number;
  readonly ports?: readonly number[];
  readonly alsoIpv6?: boolean;
}

/** With the time at which it happened: milliseconds of monotonicMs, equal in all threads. */
export type Timed<Event> = Event & { readonly atMs: number };

/** `history`: what recorder.ts makes of all that happens. */
export type Topic = 'events' | 'rules' | 'requests' | 'history';

export interface Told {
  readonly events: Timed<BrokerEvent>;
  readonly rules: Timed<FaultRuleEvent>;
  readonly requests: Timed<RequestEvent>;
  readonly history: Timed<Observation>;
}

/** To the worker. Every command is answered by `done` or `failed` with its number. */
export type WorkerCommand = { readonly command: number } & (
  | { readonly kind: 'arm'; readonly rule: FaultRule }
  | { readonly kind: 'disarm'; readonly rule: string }
  | { readonly kind: 'listen'; readonly topic: Topic; readonly on: boolean }
  | { readonly kind: 'flush' }
  /** Ends the recording with a drain of every partition. */
  | { readonly kind: 'finish-history' }
  | { readonly kind: 'stop' }
);

/** From the worker. */
export type WorkerReport =
  | { readonly kind: 'listening'; readonly ports: readonly number[] }
  | { readonly kind: 'not-listening'; readonly code: string; readonly message: string }
  | { readonly kind: 'done'; readonly command: number; readonly result?: string | boolean }
  | { readonly kind: 'failed'; readonly command: number; readonly message: string }
  | ({ readonly kind: 'told' } & { readonly [Name in Topic]: readonly Told[Name][] })
  | { readonly kind: 'mistake'; readonly message: string };
