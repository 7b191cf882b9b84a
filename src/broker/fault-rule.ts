import type { FaultSite } from './requests/handler.js';

/**
 * A fault: where it strikes, when, and what happens. Plain data, so that it can cross to the worker thread and be read from a
 * file. Absent conditions match everything.
 */
export interface FaultRule extends FaultSite {
  /** Unique; made up when absent. */
  readonly id?: string;
  /** The virtual node that the request came to. */
  readonly node?: number;
  readonly clientId?: string;
  /** By name: `Produce`, `EndTxn` … */
  readonly api?: string;
  /** Strikes at the nth match; 1 unless said. */
  readonly nth?: number;
  /** And at so many matches from there on; 1 unless said. */
  readonly count?: number;
  readonly phase: FaultPhase;
  readonly action: FaultAction;
}

/**
 * `received`: decoded, nothing done yet. `beforeAppend` and `afterAppend`: around the change of state, once per partition,
 * group or transactional id concerned. `beforeReply`: all is done, the answer is ready. `afterReply`: its bytes are written.
 */
export const faultPhases = ['received', 'beforeAppend', 'afterAppend', 'beforeReply', 'afterReply'] as const;
export type FaultPhase = (typeof faultPhases)[number];

export type FaultAction = ConnectionAction | StateAction;

/** What happens to this request, its answer and its connection. */
export type ConnectionAction =
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** FIN; an answer that is not written yet never is. Before the append: it does not happen. */
  | { readonly kind: 'close' }
  /** RST; otherwise the same. */
  | { readonly kind: 'reset' }
  /** The request takes effect, the client never hears of it, the connection stays. */
  | { readonly kind: 'drop-reply' }
  /** So many bytes of the answer (its length prefix counts), then FIN. */
  | { readonly kind: 'partial-reply'; readonly bytes: number }
  /** `received` and `beforeAppend`: instead of doing it. `afterAppend` and `beforeReply`: although it was done. */
  | { readonly kind: 'error'; readonly code: number };

/**
 * What happens to the cluster. A target that the action does not name is taken from the rule's conditions, and then from the
 * request that it matched.
 */
export type StateAction =
  /** Transactions stay between prepare and markers: for `forMs`, or until `release-markers`. */
  | { readonly kind: 'hold-markers'; readonly transactionalId?: string; readonly forMs?: number }
  | { readonly kind: 'release-markers' }
  /** As if the transaction's time-out had passed. */
  | { readonly kind: 'expire-transaction'; readonly transactionalId?: string }
  /** The current producer is fenced, without another one. */
  | { readonly kind: 'bump-epoch'; readonly transactionalId?: string }
  /** As if its session had ended: the member named, else the one that sends the request, else all members. */
  | { readonly kind: 'evict-member'; readonly group?: string; readonly memberId?: string }
  | {
      readonly kind: 'move-coordinator';
      readonly toNode: number;
      readonly group?: string;
      readonly transactionalId?: string;
    }
  /** −1: no replica is eligible, the partition has no leader. */
  | {
      readonly kind: 'move-leader';
      readonly toNode: number;
      readonly topic?: string;
      readonly partition?: number;
    }
  /** Who is in sync from now on; the leader always is. */
  | {
      readonly kind: 'shrink-isr';
      readonly inSync: readonly number[];
      readonly topic?: string;
      readonly partition?: number;
    }
  /** These followers stop copying (`held` true) or go on. */
  | {
      readonly kind: 'hold-followers';
      readonly nodes: readonly number[];
      readonly held: boolean;
      readonly topic?: string;
      readonly partition?: number;
    };

/** Reported when a rule is armed and at each firing. */
export interface FaultRuleEvent {
  readonly rule: string;
  readonly event: 'armed' | 'fired';
  readonly phase: FaultPhase;
  readonly action: FaultAction['kind'];
  /** What was struck. */
  readonly api?: string;
  readonly site?: FaultSite;
  /** False: the action found nothing that it could act on (no transaction was open, no such member). */
  readonly acted?: boolean;
}

/** The rule cannot have the effect that it asks for; the message says why. */
export class FaultRuleError extends Error {
  override readonly name = 'FaultRuleError';
}
