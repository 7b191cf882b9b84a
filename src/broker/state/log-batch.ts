/** A record batch of magic 2 as the log keeps it: the client's bytes, and what was read from its header. */
export interface LogBatch {
  /** Base offset (0–7) and leader epoch (12–15) are written by the log; both lie outside the checksum. */
  readonly bytes: Buffer;
  readonly lastOffsetDelta: number;
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly isTransactional: boolean;
  readonly isControl: boolean;
  readonly maxTimestamp: bigint;
}
