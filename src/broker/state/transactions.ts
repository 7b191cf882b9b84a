import type { BrokerEvent } from '../../core/history/events.js';
import type { Clock } from '../clock.js';
import { ErrorCode } from '../protocol/errors.js';
import type { Cluster } from './cluster.js';
import { decideEndWithBump } from './end-with-bump.js';
import {
  isEpochExhausted,
  noEpoch,
  noProducerId,
  TransactionMetadata,
  type TransactionState,
} from './transaction-metadata.js';
import type { InitProducerIdResult, ProducerIdentity, TopicPartition } from './transaction-results.js';
import type { TransactionalOffsets } from './transactional-offsets.js';

export interface TransactionCoordinatorParts {
  readonly cluster: Cluster;
  readonly offsets: TransactionalOffsets;
  readonly clock: Clock;
  readonly record: (event: BrokerEvent) => void;
  /** transaction.max.timeout.ms */
  readonly maxTimeoutMs?: number;
  /**
   * transaction.abort.timed.out.transaction.cleanup.interval.ms: a time-out strikes at the next multiple of it. Kafka has
   * 10 000; 0 (the default here) strikes at once, which Kafka's could too, so that a lesson does not wait.
   */
  readonly timeoutCheckIntervalMs?: number;
}

export interface InitProducerIdQuestion {
  /** Null: an idempotent producer without transactions. */
  readonly transactionalId: string | null;
  readonly timeoutMs: number;
  /** From InitProducerId v3 (KIP-360): who the client believes to be; undefined for a new one. */
  readonly expected?: ProducerIdentity | undefined;
}

export interface TransactionDescription extends ProducerIdentity {
  readonly transactionalId: string;
  readonly state: TransactionState;
  readonly timeoutMs: number;
  readonly startedAtMs: number;
  readonly partitions: readonly TopicPartition[];
  readonly groups: readonly string[];
}

/**
 * Kafka's TransactionCoordinator for all transactional ids of the cluster; which node may be asked is checked by the
 * handlers. Fencing is answered with PRODUCER_FENCED (90) here; handlers turn it into 47 for versions that lack it.
 */
export class TransactionCoordinator {
  private readonly transactions = new Map<string, TransactionMetadata>();
  private readonly heldEnds = new Map<string, () => void>();
  private isHeld: (transactionalId: string) => boolean = () => false;
  private nextProducerId = 0n;

  constructor(private readonly parts: TransactionCoordinatorParts) {}

  /**
   * Errors: 42 empty id, 50 time-out not in 1…max, 51 a transaction is ending (or was open and is aborted now: the client
   * comes again), 90 the expected identity is not the current one.
   */
  initProducerId(question: InitProducerIdQuestion): InitProducerIdResult {
    const { transactionalId, timeoutMs } = question;
    if (transactionalId === null)
      return { errorCode: ErrorCode.NONE, producerId: this.newProducerId(), epoch: 0 };
    if (transactionalId === '') return refused(ErrorCode.INVALID_REQUEST);
    if (timeoutMs <= 0 || timeoutMs > (this.parts.maxTimeoutMs ?? 900_000)) {
      return refused(ErrorCode.INVALID_TRANSACTION_TIMEOUT);
    }
    return this.initialise(this.findOrCreate(transactionalId, timeoutMs), question);
  }

  /** AddPartitionsToTxn: all or none. Errors: 42, 49 no such id or another producer, 90, 51. */
  addPartitions(
    transactionalId: string,
    identity: ProducerIdentity,
    partitions: readonly TopicPartition[],
    api: 'AddPartitionsToTxn' | 'Produce' = 'AddPartitionsToTxn',
  ): number {
    return this.add(transactionalId, identity, { partitions, groups: [] }, api);
  }

  /** AddOffsetsToTxn: in Kafka the group's partition of __consumer_offsets becomes part; here the group itself. */
  addOffsets(
    transactionalId: string,
    identity: ProducerIdentity,
    groupId: string,
    api: 'AddOffsetsToTxn' | 'TxnOffsetCommit' = 'AddOffsetsToTxn',
  ): number {
    return this.add(transactionalId, identity, { partitions: [], groups: [groupId] }, api);
  }

  /** EndTxn. Errors: 42, 49, 90, 51 while it is ending, 48 when nothing is open or it ended the other way. */
  endTransaction(transactionalId: string, identity: ProducerIdentity, commit: boolean): number {
    const found = this.current(transactionalId, identity, 'EndTxn');
    if (typeof found === 'number') return found;
    if (found.isEnding) return ErrorCode.CONCURRENT_TRANSACTIONS;
    if (found.state !== 'Ongoing') {
      const repeated = found.state === (commit ? 'CompleteCommit' : 'CompleteAbort');
      return repeated ? ErrorCode.NONE : ErrorCode.INVALID_TXN_STATE;
    }
    this.end(found, commit);
    return ErrorCode.NONE;
  }

  /** EndTxn 5 (end-with-bump.ts): answers the identity for the next transaction. Errors: 42, 49, 90, 51, 48. */
  endTransactionWithBump(
    transactionalId: string,
    identity: ProducerIdentity,
    commit: boolean,
  ): InitProducerIdResult {
    if (transactionalId === '') return refused(ErrorCode.INVALID_REQUEST);
    const metadata = this.transactions.get(transactionalId);
    if (metadata === undefined) return refused(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
    const decision = decideEndWithBump(metadata, identity, commit);
    if (decision.kind === 'refused') {
      if (decision.errorCode === ErrorCode.PRODUCER_FENCED) this.recordFenced(metadata, identity, 'EndTxn');
      return refused(decision.errorCode);
    }
    const next = decision.kind === 'end' ? this.endWithBump(metadata, commit) : metadata.identity;
    return { errorCode: ErrorCode.NONE, ...next };
  }

  /**
   * Whether a partition or a group belongs to the producer's open transaction: asked before the first write of a
   * transaction (KIP-890 part 1, handleVerifyPartitionsInTransaction). Errors: 42, 49, 90, 51, 120 it does not belong.
   */
  verify(
    transactionalId: string,
    identity: ProducerIdentity,
    target: TopicPartition | { readonly group: string },
    api: 'Produce' | 'TxnOffsetCommit',
  ): number {
    const found = this.current(transactionalId, identity, api);
    if (typeof found === 'number') return found;
    if (found.isEnding) return ErrorCode.CONCURRENT_TRANSACTIONS;
    const belongs = 'group' in target ? found.hasGroup(target.group) : found.hasPartition(target);
    return belongs ? ErrorCode.NONE : ErrorCode.TRANSACTION_ABORTABLE;
  }

  /**
   * Fault: transactions stay between prepare and markers, for all ids or for those that are named, until it is called
   * again; then those that are no longer held are completed. Meanwhile everything is answered with 51.
   */
  holdMarkers(held: boolean | ((transactionalId: string) => boolean)): void {
    this.isHeld = typeof held === 'boolean' ? () => held : held;
    for (const [transactionalId, complete] of [...this.heldEnds])
      if (!this.isHeld(transactionalId)) complete();
  }

  /** What the time-out does, and the fault that brings it forward: abort with a bumped epoch. False: nothing was open. */
  expire(transactionalId: string): boolean {
    const metadata = this.transactions.get(transactionalId);
    if (metadata?.state !== 'Ongoing') return false;
    metadata.fence();
    this.end(metadata, false);
    return true;
  }

  /** Fault: shuts the current producer out without another one. False: the id is not known, or its transaction is ending. */
  bumpEpoch(transactionalId: string): boolean {
    const metadata = this.transactions.get(transactionalId);
    if (metadata === undefined || metadata.isEnding || isEpochExhausted(metadata.epoch)) return false;
    if (!this.expire(transactionalId)) metadata.fence();
    return true;
  }

  describe(transactionalId: string): TransactionDescription | undefined {
    const metadata = this.transactions.get(transactionalId);
    return metadata && { ...describeOf(metadata) };
  }

  list(): readonly TransactionDescription[] {
    return [...this.transactions.values()].map(describeOf);
  }

  /** Stops all timers; the broker is closing. */
  close(): void {
    for (const metadata of this.transactions.values()) metadata.timer?.cancel();
  }

  private initialise(metadata: TransactionMetadata, question: InitProducerIdQuestion): InitProducerIdResult {
    const { expected, timeoutMs } = question;
    if (metadata.isEnding) return refused(ErrorCode.CONCURRENT_TRANSACTIONS);
    if (expected !== undefined && !metadata.mayBe(expected)) return this.fenced(metadata, expected);
    if (metadata.state === 'Ongoing') {
      metadata.fence();
      this.end(metadata, false);
      return refused(ErrorCode.CONCURRENT_TRANSACTIONS);
    }
    if (isEpochExhausted(metadata.epoch) && (expected === undefined || expected.epoch === metadata.epoch)) {
      metadata.rotate(this.newProducerId(), timeoutMs, expected !== undefined);
    } else if (!metadata.initialise(expected?.epoch, timeoutMs)) {
      return this.fenced(metadata, expected ?? metadata.identity);
    }
    return { errorCode: ErrorCode.NONE, ...metadata.identity };
  }

  private fenced(metadata: TransactionMetadata, identity: ProducerIdentity): InitProducerIdResult {
    this.recordFenced(metadata, identity, 'InitProducerId');
    return refused(ErrorCode.PRODUCER_FENCED);
  }

  private add(
    transactionalId: string,
    identity: ProducerIdentity,
    wanted: { readonly partitions: readonly TopicPartition[]; readonly groups: readonly string[] },
    api: string,
  ): number {
    const found = this.current(transactionalId, identity, api);
    if (typeof found === 'number') return found;
    if (found.isEnding) return ErrorCode.CONCURRENT_TRANSACTIONS;
    found.begin(wanted.partitions, wanted.groups, this.parts.clock.now());
    found.timer ??= this.parts.clock.schedule(this.delayToTimeout(found), () => this.expire(transactionalId));
    return ErrorCode.NONE;
  }

  private delayToTimeout(metadata: TransactionMetadata): number {
    const due = metadata.startedAtMs + metadata.timeoutMs;
    const interval = this.parts.timeoutCheckIntervalMs ?? 0;
    const struckAt = interval > 0 ? Math.ceil(due / interval) * interval : due;
    return struckAt - this.parts.clock.now();
  }

  /** The checks that every request of a producer must pass, in Kafka's order: the id, its owner, the epoch. */
  private current(
    transactionalId: string,
    identity: ProducerIdentity,
    api: string,
  ): TransactionMetadata | number {
    if (transactionalId === '') return ErrorCode.INVALID_REQUEST;
    const metadata = this.transactions.get(transactionalId);
    if (metadata?.producerId !== identity.producerId) return ErrorCode.INVALID_PRODUCER_ID_MAPPING;
    if (metadata.epoch === identity.epoch) return metadata;
    this.recordFenced(metadata, identity, api);
    return ErrorCode.PRODUCER_FENCED;
  }

  private end(metadata: TransactionMetadata, commit: boolean): void {
    metadata.prepareEnd(commit);
    this.completeWhenFree(metadata, commit, () => metadata.completeEnd());
  }

  /** The last epoch of a producer id is kept for the markers; the client goes on with another id. */
  private endWithBump(metadata: TransactionMetadata, commit: boolean): ProducerIdentity {
    const rotated = isEpochExhausted(metadata.epoch) ? this.newProducerId() : undefined;
    metadata.prepareEndWithBump(commit, this.parts.clock.now());
    const next = rotated === undefined ? metadata.identity : { producerId: rotated, epoch: 0 };
    this.completeWhenFree(metadata, commit, () => {
      metadata.completeEnd();
      if (rotated !== undefined) metadata.rotateAfterEnd(rotated);
    });
    return next;
  }

  private completeWhenFree(metadata: TransactionMetadata, commit: boolean, completed: () => void): void {
    const complete = () => {
      this.heldEnds.delete(metadata.transactionalId);
      if (this.writeMarkers(metadata, commit)) completed();
    };
    if (this.isHeld(metadata.transactionalId)) this.heldEnds.set(metadata.transactionalId, complete);
    else complete();
  }

  /**
   * A partition whose topic was deleted meanwhile needs no marker. One that has seen a higher epoch of the producer takes none:
   * then the transaction never ends, and all that follows is told 51 (TransactionMarkerRequestCompletionHandler). Only a client
   * that makes up an epoch can bring that about.
   */
  private writeMarkers(metadata: TransactionMetadata, commit: boolean): boolean {
    let areAllWritten = true;
    for (const { topic, partition } of metadata.partitions) {
      const found = this.parts.cluster.partition(topic, partition);
      if (found?.appendMarker(metadata.identity, commit) === false) areAllWritten = false;
    }
    for (const groupId of metadata.groups) {
      this.parts.offsets.completeTransaction(groupId, metadata.producerId, commit);
    }
    return areAllWritten;
  }

  private findOrCreate(transactionalId: string, timeoutMs: number): TransactionMetadata {
    const existing = this.transactions.get(transactionalId);
    if (existing !== undefined) return existing;
    const created = new TransactionMetadata(transactionalId, this.newProducerId(), timeoutMs);
    this.transactions.set(transactionalId, created);
    return created;
  }

  private newProducerId(): bigint {
    return this.nextProducerId++;
  }

  private recordFenced(metadata: TransactionMetadata, identity: ProducerIdentity, api: string): void {
    this.parts.record({
      type: 'fenced',
      transactionalId: metadata.transactionalId,
      producerId: Number(identity.producerId),
      epoch: identity.epoch,
      currentEpoch: metadata.epoch,
      api,
    });
  }
}

function refused(errorCode: number): InitProducerIdResult {
  return { errorCode, producerId: noProducerId, epoch: noEpoch };
}

function describeOf(metadata: TransactionMetadata): TransactionDescription {
  const { transactionalId, state, timeoutMs, startedAtMs, partitions, groups } = metadata;
  return { transactionalId, ...metadata.identity, state, timeoutMs, startedAtMs, partitions, groups };
}
