import type { Observation, OperationEvent } from '../core/history/events.js';

/** What the events so far say of the logs: how far they must be readable, and which transactions nobody has ended. */
export class RunState {
  private readonly acknowledged = new Map<string, number>();
  private readonly transmitted = new Set<string>();
  /** With acks=0, which names no offset: how many records were sent by a request that really went out. */
  private readonly unconfirmed = new Map<string, number>();
  private readonly committed = new Map<string, number>();
  private readonly pendingOffsets = new Map<string, { readonly key: string; readonly offset: number }[]>();
  /** By transaction: the process that opened it. Only once something was sent in it does the broker know of it. */
  private readonly open = new Map<string, string>();
  private readonly transactionalIds = new Map<string, string>();
  private readonly joined = new Map<string, { readonly group: string; readonly memberId: string }>();

  /** Tells which transactional id a process uses, before it starts. */
  started(process: string, transactionalId: string | undefined): void {
    if (transactionalId !== undefined) this.transactionalIds.set(process, transactionalId);
  }

  observe(event: Observation): void {
    if (event.type === 'ok' || event.type === 'invoke') this.operation(event);
    if (event.type === 'request' && event.api === 'Produce' && event.fate === undefined) {
      for (const value of event.detail?.values ?? []) this.transmitted.add(value);
    }
    if (event.type === 'response' && event.api === 'JoinGroup' && event.detail?.memberId) {
      const group = this.joined.get(event.process)?.group ?? '';
      this.joined.set(event.process, { group, memberId: event.detail.memberId });
    }
    if (event.type === 'request' && event.api === 'JoinGroup' && event.detail?.group !== undefined) {
      const memberId = this.joined.get(event.process)?.memberId ?? '';
      this.joined.set(event.process, { group: event.detail.group, memberId });
    }
  }

  /** Smallest high watermark that fits what was acknowledged, or sent without asking for an acknowledgement. */
  leastHighWatermark(topic: string, partition: number): number {
    const key = `${topic}/${partition}`;
    return Math.max(this.acknowledged.get(key) ?? 0, this.unconfirmed.get(key) ?? 0);
  }

  /** Smallest committed offset that fits what was acknowledged; −1 for none. */
  leastCommitted(group: string, topic: string, partition: number): number {
    return this.committed.get(committedKey(group, topic, partition)) ?? -1;
  }

  get hasOpenTransaction(): boolean {
    return this.open.size > 0;
  }

  /** The group membership that a process had last. */
  membershipOf(process: string): { readonly group: string; readonly memberId: string } | undefined {
    return this.joined.get(process);
  }

  private operation(event: OperationEvent & { readonly type: 'ok' | 'invoke' }): void {
    switch (event.f) {
      case 'send':
        this.sent(event);
        break;
      case 'commit-offset':
        this.offset(event);
        break;
      case 'commit':
        if (event.type === 'ok') this.ended(event.transaction, true);
        break;
      case 'abort':
        if (event.type === 'ok') this.ended(event.transaction, false);
        break;
      case 'init':
      case 'begin':
        if (event.type === 'ok') this.initialised(event.process);
        break;
      default:
    }
  }

  private sent(event: OperationEvent & { readonly f: 'send' }): void {
    if (event.transaction !== undefined) this.open.set(event.transaction, event.process);
    if (event.type !== 'ok' || !event.result || !('offset' in event.result)) return;
    const key = `${event.topic}/${event.partition}`;
    if (event.result.offset >= 0) {
      const end = event.result.offset + 1;
      this.acknowledged.set(key, Math.max(this.acknowledged.get(key) ?? 0, end));
    } else if (this.transmitted.has(event.value)) {
      this.unconfirmed.set(key, (this.unconfirmed.get(key) ?? 0) + 1);
    }
  }

  private offset(event: OperationEvent & { readonly f: 'commit-offset' }): void {
    const key = committedKey(event.group, event.topic, event.partition);
    if (event.transaction === undefined) {
      if (event.type === 'ok') this.committed.set(key, event.offset);
      return;
    }
    this.open.set(event.transaction, event.process);
    if (event.type !== 'ok') return;
    const pending = this.pendingOffsets.get(event.transaction) ?? [];
    this.pendingOffsets.set(event.transaction, [...pending, { key, offset: event.offset }]);
  }

  private ended(transaction: string, committed: boolean): void {
    this.open.delete(transaction);
    const pending = this.pendingOffsets.get(transaction) ?? [];
    this.pendingOffsets.delete(transaction);
    if (committed) for (const { key, offset } of pending) this.committed.set(key, offset);
  }

  /** InitProducerId ends what another process left open under the same id; the first `begin` of a process sends it too. */
  private initialised(process: string): void {
    const id = this.transactionalIds.get(process);
    for (const [transaction, opener] of this.open) {
      if (opener !== process && this.transactionalIds.get(opener) === id) this.ended(transaction, false);
    }
  }
}

function committedKey(group: string, topic: string, partition: number): string {
  return `${group} ${topic}/${partition}`;
}
