export interface EpochEnd {
  readonly epoch: number;
  readonly endOffset: bigint;
}

const unknown: EpochEnd = { epoch: -1, endOffset: -1n };

/** Where each leader epoch begins in a log (Kafka's LeaderEpochFileCache, KIP-101): tells a client where its history ends. */
export class LeaderEpochs {
  private entries: readonly { readonly epoch: number; readonly startOffset: bigint }[] = [
    { epoch: 0, startOffset: 0n },
  ];

  /** A leader begins: epochs that began at the same place or later have left nothing behind. */
  start(epoch: number, startOffset: bigint): void {
    const kept = this.entries.filter((entry) => entry.epoch < epoch && entry.startOffset < startOffset);
    this.entries = [...kept, { epoch, startOffset }];
  }

  /** The log was cut at its end. */
  truncateEnd(endOffset: bigint): void {
    this.entries = this.entries.filter((entry) => entry.startOffset < endOffset || entry.startOffset === 0n);
  }

  /** Records before this offset were deleted; the epoch of the first that is left begins there now. */
  truncateStart(startOffset: bigint): void {
    const begun = this.entries.filter((entry) => entry.startOffset <= startOffset);
    const later = this.entries.filter((entry) => entry.startOffset > startOffset);
    const last = begun.at(-1);
    this.entries = last === undefined ? later : [{ epoch: last.epoch, startOffset }, ...later];
  }

  /** Where the current epoch began. */
  get latestStart(): bigint {
    return this.entries.at(-1)?.startOffset ?? 0n;
  }

  /** The epoch that the record at this offset belongs to; −1 when the log does not reach there. */
  epochAt(offset: bigint): number {
    return this.entries.findLast((entry) => entry.startOffset <= offset)?.epoch ?? -1;
  }

  /** endOffsetFor: the largest epoch not above the asked one, and where the next one begins. */
  endOffsetFor(asked: number, logEnd: bigint): EpochEnd {
    const latest = this.entries.at(-1);
    if (asked < 0 || latest === undefined || asked > latest.epoch) return unknown;
    if (asked === latest.epoch) return { epoch: asked, endOffset: logEnd };
    const next = this.entries.find((entry) => entry.epoch > asked);
    const floor = this.entries.findLast((entry) => entry.epoch <= asked);
    return { epoch: floor?.epoch ?? asked, endOffset: next?.startOffset ?? logEnd };
  }
}
