import type { OffsetToCommit } from './exchange.js';

export interface CommittedOffset {
  readonly offset: bigint;
  readonly leaderEpoch: number;
  readonly metadata: string;
  /** Place in the (imagined) __consumer_offsets log: of two commits the later one wins, whenever it took effect. */
  readonly position: number;
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/**
 * A group's positions: committed ones, and those that a transaction holds back until its marker (KIP-98, KIP-447). A
 * plain commit that came after a pending one keeps standing when the transaction commits.
 */
export class GroupOffsets {
  private readonly committed = new Map<string, TopicPartition & CommittedOffset>();
  private readonly pending = new Map<bigint, Map<string, TopicPartition & CommittedOffset>>();
  private nextPosition = 0;

  commit(offsets: readonly OffsetToCommit[]): void {
    for (const offset of offsets) this.committed.set(keyOf(offset), this.placed(offset));
  }

  storePending(producerId: bigint, offsets: readonly OffsetToCommit[]): void {
    const held = this.pending.get(producerId) ?? new Map<string, TopicPartition & CommittedOffset>();
    for (const offset of offsets) held.set(keyOf(offset), this.placed(offset));
    this.pending.set(producerId, held);
  }

  /** The producer's transaction has committed offsets here. */
  holdsBack(producerId: bigint): boolean {
    return this.pending.has(producerId);
  }

  complete(producerId: bigint, commit: boolean): void {
    const held = this.pending.get(producerId);
    this.pending.delete(producerId);
    if (!commit || !held) return;
    for (const [key, offset] of held) {
      const current = this.committed.get(key);
      if (!current || current.position < offset.position) this.committed.set(key, offset);
    }
  }

  get(at: TopicPartition): CommittedOffset | undefined {
    return this.committed.get(keyOf(at));
  }

  isPending(at: TopicPartition): boolean {
    const key = keyOf(at);
    return [...this.pending.values()].some((held) => held.has(key));
  }

  /** Every partition with a committed offset, in the order of the first commit. */
  partitions(): readonly TopicPartition[] {
    return [...this.committed.values()].map(({ topic, partition }) => ({ topic, partition }));
  }

  /** Nothing committed, nothing pending. */
  isEmpty(): boolean {
    return this.committed.size === 0 && this.pending.size === 0;
  }

  delete(at: TopicPartition): void {
    this.committed.delete(keyOf(at));
  }

  deleteTopic(topic: string): void {
    for (const offsets of [this.committed, ...this.pending.values()]) {
      for (const [key, offset] of offsets) if (offset.topic === topic) offsets.delete(key);
    }
  }

  private placed(commit: OffsetToCommit): TopicPartition & CommittedOffset {
    const { topic, partition, offset, leaderEpoch, metadata } = commit;
    return { topic, partition, offset, leaderEpoch, metadata: metadata ?? '', position: this.nextPosition++ };
  }
}

/** A topic name cannot hold a slash, so the key is unambiguous. */
function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}
