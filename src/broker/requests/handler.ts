import type { Features } from '../features.js';
import type { ApiDefinition } from '../protocol/api.js';
import type { Encodable } from '../protocol/schema.js';
import type { BrokerServices } from '../services.js';

/**
 * One API: its schema and what the broker does with a request. The registry is made of these, and ApiVersions is
 * generated from the registry, so it cannot promise what is not handled.
 */
export interface RequestHandler<Request = never, Response = unknown> {
  readonly api: ApiDefinition<Request, Response>;
  /** Versions that are answered; a subset of what the schema knows. */
  readonly versions: { readonly min: number; readonly max: number };
  /** The last version where a feature is finalized that is off unless the broker is told (features.ts). */
  readonly withFeature?: { readonly feature: keyof Features; readonly max: number };
  /**
   * `undefined` = no response bytes at all (Produce with acks=0). Fields that are left out get their defaults. State changes
   * between two awaits are synchronous.
   */
  handle(
    request: Request,
    context: RequestContext,
    services: BrokerServices,
  ): Promise<Encodable<Response> | undefined> | Encodable<Response> | undefined;
}

export interface RequestContext {
  /** The virtual node that the connection was made to. */
  readonly nodeId: number;
  readonly connectionId: number;
  readonly clientId: string | null;
  readonly clientHost: string;
  readonly apiVersion: number;
  readonly correlationId: number;
  /** Fires when the connection closes: a long poll of a client that has gone must end. */
  readonly closed: AbortSignal;
  /**
   * Lets a fault rule strike at a phase inside the handler (`beforeAppend`, `afterAppend`), once per topic partition, group or
   * transactional id concerned. Resolves to the error code that the rule demands there, or undefined to go on.
   */
  strike(phase: 'beforeAppend' | 'afterAppend', at: FaultSite): Promise<number | undefined>;
}

/** What a rule can match on inside a request. */
export interface FaultSite {
  readonly topic?: string;
  readonly partition?: number;
  readonly group?: string;
  readonly transactionalId?: string;
}
