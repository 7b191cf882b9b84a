import type { RequestPlace } from './request-event.js';

/**
 * A request as it was decoded, and how it ended; for whoever records a history. Bodies are the broker's own and live no longer
 * than the call. Fields of a response that have their default may be absent.
 */
export type ExchangeEvent = RequestPlace & { readonly request: unknown } & (
    | { readonly phase: 'received' }
    /** Every byte of the answer went to the connection; whether it arrived, nobody knows here. */
    | { readonly phase: 'answered'; readonly response: unknown }
    /** Produce with acks=0, or an answer that a fault kept back in whole or in part. */
    | { readonly phase: 'unanswered' }
  );
