import type { History, OperationEvent, ProcessId, Recorded, WireEvent } from '../history/events.js';
import { placeOfOffset } from './beliefs.js';
import { Exchanges } from './exchanges.js';
import { latestBy } from './latest.js';
import type { OffsetChange } from './log-entry.js';

/**
 * What is true of the groups' committed offsets, by time. A commit counts from the answer of the coordinator, even one that
 * never arrived; an offset in a transaction from the marker or, on a cluster, from the answer that ends the transaction.
 */
export function readOffsetChanges(history: History): readonly OffsetChange[] {
  const reading = new OffsetReading();
  for (const event of history) reading.take(event);
  return reading.changes;
}

class OffsetReading {
  readonly changes: OffsetChange[] = [];
  private readonly requests = new Exchanges<Recorded<WireEvent>>();
  /** Offsets that wait for the end of a transaction: by producer id, or of clients without frames by the transaction's name. */
  private readonly pending = new Map<number | string, OffsetChange[]>();
  /** Commits that an answer told of already: their operations, when they end, say nothing new. How many there are of each. */
  private readonly told = new Map<string, number>();

  take(event: History[number]): void {
    switch (event.type) {
      case 'request':
        if (asked.has(event.api)) this.requests.set(event, event);
        return;
      case 'response':
        this.answered(event);
        return;
      case 'marker':
        this.ended(event.producerId, event.commit, event.seq);
        return;
      case 'ok':
        this.acknowledged(event);
        return;
      case 'fail':
      case 'info':
        this.isNews(event);
        return;
      default:
    }
  }

  private answered(event: Recorded<WireEvent>): void {
    if (!asked.has(event.api)) return;
    const request = this.requests.take(event);
    const { producerId = -1, commit = false } = request?.detail ?? {};
    if (request === undefined || (event.detail?.errorCode ?? 0) !== 0) return;
    const changes = changeOf(request, event.seq);
    for (const change of changes) {
      const text = commitText(event.process, change);
      this.told.set(text, (this.told.get(text) ?? 0) + 1);
    }
    if (event.api === 'OffsetCommit') this.changes.push(...changes);
    if (event.api === 'TxnOffsetCommit') this.wait(producerId, changes);
    if (event.api === 'EndTxn') this.ended(producerId, commit, event.seq);
    if (event.api === 'InitProducerId') this.ended(event.detail?.producerId ?? -1, false, event.seq);
  }

  private wait(transaction: number | string, changes: readonly OffsetChange[]): void {
    const waiting = this.pending.get(transaction) ?? [];
    for (const change of changes) waiting.push(change);
    this.pending.set(transaction, waiting);
  }

  private ended(transaction: number | string, commit: boolean, at: number): void {
    const waiting = this.pending.get(transaction) ?? [];
    this.pending.delete(transaction);
    if (commit) for (const change of waiting) this.changes.push({ ...change, at });
  }

  /** Whether no answer had told of a commit, which is over now. */
  private isNews(event: Recorded<OperationEvent>): boolean {
    if (event.f !== 'commit-offset') return false;
    const text = commitText(event.process, event);
    const count = this.told.get(text) ?? 0;
    if (count > 0) this.told.set(text, count - 1);
    return count === 0;
  }

  /** Of a client whose requests were not recorded, or not all. */
  private acknowledged(event: Recorded<OperationEvent>): void {
    if (event.f === 'commit' || event.f === 'abort')
      this.ended(event.transaction, event.f === 'commit', event.seq);
    if (event.f !== 'commit-offset' || !this.isNews(event)) return;
    const { group, topic, partition, offset, seq: at, transaction } = event;
    const change = { at, group, topic, partition, offset };
    if (transaction === undefined) this.changes.push(change);
    else this.wait(transaction, [change]);
  }
}

/** Requests by which committed offsets change. */
const asked = new Set(['OffsetCommit', 'TxnOffsetCommit', 'EndTxn', 'InitProducerId']);

function commitText(process: ProcessId, change: Omit<OffsetChange, 'at'>): string {
  return `${process}\n${placeOfOffset(change)}\n${String(change.offset)}`;
}

function changeOf({ detail = {} }: WireEvent, at: number): readonly OffsetChange[] {
  const { group, topic, partition = 0, offset } = detail;
  return group === undefined || topic === undefined || offset === undefined
    ? []
    : [{ at, group, topic, partition, offset }];
}

/** The last change of each group and partition up to a moment. */
export const committedAt = latestBy<OffsetChange>(placeOfOffset);
