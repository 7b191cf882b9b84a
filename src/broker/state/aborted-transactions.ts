export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: bigint;
  /** Of the marker. */
  readonly lastOffset: bigint;
}

/** What a read_committed reader must leave out (Kafka's TransactionIndex). */
export class AbortedTransactions {
  private entries: readonly AbortedTransaction[] = [];

  add(entry: AbortedTransaction): void {
    this.entries = [...this.entries, entry];
  }

  /** Those that touch offsets from `start` on, below `end`, sorted by first offset: clients such as kafkajs rely on it. */
  between(start: bigint, end: bigint): readonly AbortedTransaction[] {
    return this.entries
      .filter((entry) => entry.lastOffset >= start && entry.firstOffset < end)
      .sort((one, other) => (one.firstOffset < other.firstOffset ? -1 : 1));
  }

  /** Records before this offset were deleted. */
  deleteBefore(start: bigint): void {
    this.entries = this.entries.filter((entry) => entry.lastOffset >= start);
  }

  clear(): void {
    this.entries = [];
  }
}
