import type { BrokerEvent } from '../../core/history/events.js';
import type { Clock } from '../clock.js';
import { PartitionLog, type AppendOutcome } from './log.js';
import type { LogBatch } from './log-batch.js';
import type { Topic } from './topic.js';
import type { ProducerIdentity } from './transaction-results.js';

export interface PartitionParts {
  readonly topic: Topic;
  readonly index: number;
  /** Node ids; the first is the preferred leader. */
  readonly replicas: readonly number[];
  readonly clock: Clock;
  readonly record: (event: BrokerEvent) => void;
}

/** Kafka writes the coordinator's own epoch into markers; nothing here moves it. */
const coordinatorEpoch = 0;

/**
 * A partition with its replicas (Kafka's Partition and ReplicaManager for it). The log is the leader's; of a follower only
 * its log end is kept. Followers copy at once unless they are held.
 */
export class Partition {
  readonly log = new PartitionLog();
  readonly replicas: readonly number[];
  private inSyncIds: readonly number[];
  private leaderNode: number;
  private epoch = 0;
  private closed = false;
  /** Log ends of followers that are held; the others have what the leader has. */
  private readonly heldFollowers = new Map<number, bigint>();
  /** Those of them that would go on, and find no leader to copy from. */
  private readonly leaderless = new Set<number>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly parts: PartitionParts) {
    this.replicas = [...parts.replicas];
    this.inSyncIds = this.replicas;
    this.leaderNode = this.replicas[0] ?? -1;
  }

  get topic(): Topic {
    return this.parts.topic;
  }

  get index(): number {
    return this.parts.index;
  }

  /** −1: none is eligible. */
  get leader(): number {
    return this.leaderNode;
  }

  get leaderEpoch(): number {
    return this.epoch;
  }

  get inSyncReplicas(): readonly number[] {
    return this.inSyncIds;
  }

  /** Log end of a replica: what a reader at that node can see at most. */
  replicaEnd(nodeId: number): bigint {
    return this.heldFollowers.get(nodeId) ?? this.log.endOffset;
  }

  /** The topic was deleted: whoever waits finds that out here. */
  get isClosed(): boolean {
    return this.closed;
  }

  /** False: an acks=all write is refused before the append (19), and the high watermark stands still. */
  get hasEnoughInSync(): boolean {
    return (
      this.inSyncIds.length >=
      Math.min(Number(this.topic.config('min.insync.replicas')), this.replicas.length)
    );
  }

  /** Appends a validated client batch, or tells why not. Wakes those who wait. */
  append(batch: LogBatch): AppendOutcome {
    const outcome = this.log.append(batch, this.epoch);
    if (outcome.kind === 'appended') {
      this.recordAppend(batch, outcome);
      this.advance();
    } else if (outcome.kind === 'duplicate') this.recordDuplicate(batch, outcome.baseOffset);
    return outcome;
  }

  /** A control batch that ends the producer's transaction here (WriteTxnMarkers). False: a higher epoch has written here. */
  appendMarker(producer: ProducerIdentity, commit: boolean): boolean {
    const { producerId, epoch: producerEpoch } = producer;
    if (this.log.producers.isFenced(producer)) return false;
    const timestamp = BigInt(this.parts.clock.now());
    const marker = { producerId, producerEpoch, commit, coordinatorEpoch, timestamp };
    const offset = this.log.appendMarker(marker, this.epoch);
    this.parts.record({
      type: 'marker',
      ...this.name,
      offset: Number(offset),
      producerId: Number(producerId),
      epoch: producerEpoch,
      commit,
    });
    this.advance();
    return true;
  }

  /** DeleteRecords; the offset was checked by the caller. */
  deleteRecordsBefore(offset: bigint): void {
    this.log.deleteBefore(offset);
    this.changed();
  }

  /** Fault: these followers stop copying, or go on (and have everything as soon as there is a leader). The leader copies from nobody. */
  holdFollowers(nodeIds: readonly number[], held: boolean): void {
    for (const nodeId of nodeIds.filter((one) => one !== this.leaderNode)) {
      if (held) this.holdFollower(nodeId);
      else if (this.leaderNode !== -1) this.heldFollowers.delete(nodeId);
      else if (this.heldFollowers.has(nodeId)) this.leaderless.add(nodeId);
    }
    this.advance();
  }

  /** Fault: who is in sync; the leader always is. */
  setInSyncReplicas(nodeIds: readonly number[]): void {
    this.inSyncIds = this.replicas.filter((nodeId) => nodeId === this.leaderNode || nodeIds.includes(nodeId));
    this.advance();
  }

  /**
   * Fault: another replica leads, with an epoch more (−1: none does). The log becomes what that replica had: whatever
   * only the old leader had is gone, which is how acknowledged acks=1 records are lost.
   */
  moveLeader(nodeId: number): void {
    const end = this.replicaEnd(nodeId);
    this.epoch += 1;
    this.leaderNode = nodeId;
    if (nodeId !== -1) this.becomeLeader(nodeId, end);
    this.changed();
  }

  /** Calls back after every change of log end, watermarks, start, leader or existence, until the answer is called. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    this.closed = true;
    this.changed();
  }

  private holdFollower(nodeId: number): void {
    this.leaderless.delete(nodeId);
    if (!this.heldFollowers.has(nodeId)) this.heldFollowers.set(nodeId, this.log.endOffset);
  }

  private becomeLeader(nodeId: number, end: bigint): void {
    for (const follower of [nodeId, ...this.leaderless]) this.heldFollowers.delete(follower);
    this.leaderless.clear();
    if (end < this.log.endOffset) {
      this.parts.record({ type: 'truncated', ...this.name, endOffset: Number(end) });
    }
    this.log.truncateTo(end);
    this.log.startEpoch(this.epoch);
    for (const [follower, had] of this.heldFollowers) if (had > end) this.heldFollowers.set(follower, end);
    if (!this.inSyncIds.includes(nodeId)) this.inSyncIds = [nodeId];
    this.advance();
  }

  /** The high watermark is what all in-sync replicas have, and moves only while they are enough (kafka-facts). */
  private advance(): void {
    const before = [this.log.highWatermark, this.log.lastStableOffset];
    if (this.hasEnoughInSync) this.log.advanceHighWatermark(this.replicatedEnd());
    const { highWatermark, lastStableOffset } = this.log;
    if (highWatermark !== before[0] || lastStableOffset !== before[1]) {
      this.parts.record({
        type: 'watermarks',
        ...this.name,
        highWatermark: Number(highWatermark),
        lastStableOffset: Number(lastStableOffset),
      });
    }
    this.changed();
  }

  private replicatedEnd(): bigint {
    let end = this.log.endOffset;
    for (const nodeId of this.inSyncIds) {
      const had = this.heldFollowers.get(nodeId);
      if (had !== undefined && had < end) end = had;
    }
    return end;
  }

  private changed(): void {
    for (const listener of [...this.listeners]) listener();
  }

  private get name(): { readonly topic: string; readonly partition: number } {
    return { topic: this.topic.name, partition: this.index };
  }

  private recordAppend(
    batch: LogBatch,
    outcome: { readonly baseOffset: bigint; readonly lastOffset: bigint },
  ): void {
    this.parts.record({
      type: 'append',
      ...this.name,
      baseOffset: Number(outcome.baseOffset),
      lastOffset: Number(outcome.lastOffset),
      producerId: Number(batch.producerId),
      epoch: batch.producerEpoch,
      sequence: batch.baseSequence,
      transactional: batch.isTransactional,
    });
  }

  private recordDuplicate(batch: LogBatch, baseOffset: bigint): void {
    this.parts.record({
      type: 'deduplicated',
      ...this.name,
      baseOffset: Number(baseOffset),
      producerId: Number(batch.producerId),
      epoch: batch.producerEpoch,
      sequence: batch.baseSequence,
    });
  }
}
