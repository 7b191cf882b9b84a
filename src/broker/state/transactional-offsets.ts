/**
 * What the transaction coordinator needs of the group coordinator. In Kafka the offsets of a transaction are a partition
 * of __consumer_offsets like any other in it; here the group coordinator holds them and is told how the transaction ended.
 */
export interface TransactionalOffsets {
  /**
   * Holds offsets back until the transaction ends (TxnOffsetCommit, KIP-98; member and generation since KIP-447).
   * Returns an error code for all of them: 0, 22, 25, 82 …; nothing is stored unless it is 0.
   */
  storePendingOffsets(
    groupId: string,
    producerId: bigint,
    epoch: number,
    member: TransactionalMember | undefined,
    offsets: readonly TransactionalOffset[],
  ): number;

  /** The marker: pending offsets of this producer become committed, or are forgotten. Later ends of nothing do nothing. */
  completeTransaction(groupId: string, producerId: bigint, commit: boolean): void;
}

/** Absent below TxnOffsetCommit v3: nothing can be checked. */
export interface TransactionalMember {
  readonly memberId: string;
  readonly generationId: number;
  readonly groupInstanceId: string | null;
}

export interface TransactionalOffset {
  readonly topic: string;
  readonly partition: number;
  /** The next offset to read. */
  readonly offset: bigint;
  /** −1 for unknown. */
  readonly leaderEpoch: number;
  readonly metadata: string | null;
}
