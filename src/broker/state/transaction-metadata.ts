import type { Timer } from '../clock.js';
import type { ProducerIdentity, TopicPartition } from './transaction-results.js';

const transactionStates = [
  ...(['Empty', 'Ongoing', 'PrepareCommit', 'PrepareAbort', 'CompleteCommit', 'CompleteAbort'] as const),
];
export type TransactionState = (typeof transactionStates)[number];

/** Also of Kafka's, that nothing here is ever in: a filter may name them. */
const otherStates = ['Dead', 'PrepareEpochFence'];

export function isTransactionState(name: string): boolean {
  return [...transactionStates, ...otherStates].includes(name);
}

export const noEpoch = -1;
export const noProducerId = -1n;

/** From this epoch on a new producer id is given instead of a bump: one above is kept free for fencing. */
const exhaustedEpoch = 32_766;

export function isEpochExhausted(epoch: number): boolean {
  return epoch >= exhaustedEpoch;
}

/**
 * What is known of one transactional id (Kafka's TransactionMetadata). Only its own methods change it, and each is one
 * of Kafka's transitions; which of them is allowed when is the coordinator's business.
 */
export class TransactionMetadata {
  state: TransactionState = 'Empty';
  epoch = noEpoch;
  /** The epoch before the last bump that the client itself asked for: its retry is recognised by it (KIP-360). */
  lastEpoch = noEpoch;
  /** The producer id before the last transition: a retry after a change of id is recognised by it. */
  previousProducerId = noProducerId;
  /** Of the open or the last transaction. */
  startedAtMs = -1;
  /** Runs while a transaction is open. */
  timer: Timer | undefined;
  private readonly partitionsByName = new Map<string, TopicPartition>();
  private readonly groupIds = new Set<string>();

  constructor(
    readonly transactionalId: string,
    public producerId: bigint,
    public timeoutMs: number,
  ) {}

  get identity(): ProducerIdentity {
    return { producerId: this.producerId, epoch: this.epoch };
  }

  /** The end was decided, the markers are not all written yet: everybody is told to wait (51). */
  get isEnding(): boolean {
    return this.state === 'PrepareCommit' || this.state === 'PrepareAbort';
  }

  get partitions(): readonly TopicPartition[] {
    return [...this.partitionsByName.values()];
  }

  get groups(): readonly string[] {
    return [...this.groupIds];
  }

  hasPartition(target: TopicPartition): boolean {
    return this.partitionsByName.has(nameOf(target));
  }

  hasGroup(groupId: string): boolean {
    return this.groupIds.has(groupId);
  }

  /** A client that names its identity must be the current one, or one whose last answer was lost (isValidProducerId). */
  mayBe(expected: ProducerIdentity): boolean {
    return (
      this.epoch === noEpoch ||
      expected.producerId === this.producerId ||
      (expected.producerId === this.previousProducerId && isEpochExhausted(expected.epoch))
    );
  }

  /** prepareIncrementProducerEpoch. False: the expected epoch is neither the current nor the last one, it is fenced. */
  initialise(expectedEpoch: number | undefined, timeoutMs: number): boolean {
    const isRetry =
      expectedEpoch !== undefined && expectedEpoch === this.lastEpoch && expectedEpoch !== this.epoch;
    const isCurrent = expectedEpoch === undefined || this.epoch === noEpoch || expectedEpoch === this.epoch;
    if (!isCurrent && !isRetry) return false;
    if (isCurrent) {
      this.lastEpoch = expectedEpoch === undefined ? noEpoch : this.epoch;
      this.epoch += 1;
    }
    this.reset(timeoutMs);
    return true;
  }

  /** prepareProducerIdRotation: the epochs of the old id are used up. */
  rotate(producerId: bigint, timeoutMs: number, keepLastEpoch: boolean): void {
    this.lastEpoch = keepLastEpoch ? this.epoch : noEpoch;
    this.reset(timeoutMs);
    this.producerId = producerId;
    this.epoch = 0;
  }

  begin(partitions: readonly TopicPartition[], groupIds: readonly string[], nowMs: number): void {
    this.previousProducerId = this.producerId;
    if (this.state !== 'Ongoing') this.startedAtMs = nowMs;
    this.state = 'Ongoing';
    for (const target of partitions) this.partitionsByName.set(nameOf(target), target);
    for (const groupId of groupIds) this.groupIds.add(groupId);
  }

  /** prepareFenceProducerEpoch: nobody is ever told this epoch, so whoever had the last one is shut out. */
  fence(): void {
    this.epoch += 1;
    this.lastEpoch = noEpoch;
  }

  prepareEnd(commit: boolean): void {
    this.previousProducerId = this.producerId;
    this.state = commit ? 'PrepareCommit' : 'PrepareAbort';
    this.timer?.cancel();
    this.timer = undefined;
  }

  /** prepareEnd of KIP-890: the markers already carry the next epoch. Of an empty abort, `nowMs` is its start. */
  prepareEndWithBump(commit: boolean, nowMs: number): void {
    if (this.state !== 'Ongoing') this.startedAtMs = nowMs;
    this.prepareEnd(commit);
    this.lastEpoch = this.epoch;
    this.epoch += 1;
  }

  completeEnd(): void {
    this.state = this.state === 'PrepareCommit' ? 'CompleteCommit' : 'CompleteAbort';
    this.partitionsByName.clear();
    this.groupIds.clear();
  }

  /** The end took the last epoch of the producer id: the next transaction has another one. */
  rotateAfterEnd(producerId: bigint): void {
    this.previousProducerId = this.producerId;
    this.lastEpoch = this.epoch;
    this.producerId = producerId;
    this.epoch = 0;
  }

  private reset(timeoutMs: number): void {
    this.previousProducerId = this.producerId;
    this.state = 'Empty';
    this.timeoutMs = timeoutMs;
    this.partitionsByName.clear();
    this.groupIds.clear();
    this.startedAtMs = -1;
  }
}

function nameOf(target: TopicPartition): string {
  return `${target.topic}-${String(target.partition)}`;
}
