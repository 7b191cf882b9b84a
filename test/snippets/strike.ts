/** Where a snippet's program is struck: at its nth request of a kind, before it takes effect or after. */
export interface Strike {
  readonly api: 'Produce' | 'OffsetCommit' | 'TxnOffsetCommit' | 'EndTxn';
  readonly nth: number;
  /** `before`: the broker never does it. `after`: it did, and the client is not told. */
  readonly moment: 'before' | 'after';
  /** The connection ends; or the request is answered with ILLEGAL_GENERATION, as after a rebalance. */
  readonly effect: 'close' | 'refuse';
  /** Also every later one, until it is lifted: a client that is about to be killed must not get its retry through. */
  readonly goesOn: boolean;
}

/** A strike in place. */
export interface Armed {
  /** Resolves at the first time that it strikes. */
  readonly struck: Promise<void>;
  lift(): Promise<void>;
}

export const illegalGeneration = 22;
