import type { History, HistoryEvent, OperationEvent, ProcessId, Recorded } from '../history/events.js';
import { polledRecords } from '../history/polled-records.js';

/** What a client can know of a message, from what it was told and from nothing else. */
export type BeliefState =
  /** Sent, and the answer may still come. */
  | 'waiting'
  /** The answer did not come, or not in time: it may be written or not. */
  | 'unknown'
  | 'written'
  /** With acks=0 nobody answers: it left the client, and that is all. */
  | 'handed-over'
  | 'failed'
  /** Acknowledged inside of a transaction that has not ended. */
  | 'in-transaction'
  | 'committed'
  | 'aborted'
  /** Handed to the application. */
  | 'read'
  | 'processed'
  | 'recognised';

/** A message on its way through a client: what is believed of it from which moment on. */
export interface Belief {
  readonly process: ProcessId;
  readonly value: string;
  readonly changes: readonly { readonly at: number; readonly state: BeliefState }[];
}

/** How far a process believes its group has committed. */
export interface OffsetBelief {
  readonly at: number;
  readonly process: ProcessId;
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly state: 'waiting' | 'committed' | 'in-transaction' | 'aborted' | 'unknown' | 'failed';
  readonly transaction?: string;
}

export interface Beliefs {
  /** By process and message. */
  readonly messages: ReadonlyMap<ProcessId, ReadonlyMap<string, Belief>>;
  readonly offsets: readonly OffsetBelief[];
}

export function readBeliefs(history: History): Beliefs {
  const reading = new BeliefReading();
  for (const event of history) reading.take(event);
  return { messages: reading.messages, offsets: reading.offsets };
}

interface Draft extends Belief {
  readonly changes: { at: number; state: BeliefState }[];
}

class BeliefReading {
  readonly messages = new Map<ProcessId, Map<string, Draft>>();
  readonly offsets: OffsetBelief[] = [];
  /** By process and transaction: the last offset of each group and partition. */
  private readonly offsetsIn = new Map<string, Map<string, OffsetBelief>>();
  private readonly inTransaction = new Map<string, Set<Draft>>();

  take(event: HistoryEvent): void {
    switch (event.type) {
      case 'invoke':
        this.invoked(event);
        return;
      case 'ok':
        this.succeeded(event);
        return;
      case 'fail':
      case 'info':
        this.ended(event, event.type === 'fail' ? 'failed' : 'unknown');
        return;
      case 'fault':
        if (event.event === 'fired' && isOnTheWire(event.action)) this.struck(event);
        return;
      default:
    }
  }

  private invoked(event: Recorded<OperationEvent>): void {
    if (event.f === 'send') this.believe(event, event.value, 'waiting');
    if (event.f === 'commit-offset') this.believeOffset(event, 'waiting');
  }

  private succeeded(event: Recorded<OperationEvent & { readonly type: 'ok' }>): void {
    switch (event.f) {
      case 'send':
        this.sent(event);
        return;
      case 'poll':
        for (const { value } of polledRecords(event.result)) this.believe(event, value, 'read');
        return;
      case 'effect': {
        const isRecognised = event.result !== undefined && 'skipped' in event.result;
        this.believe(event, event.value, isRecognised ? 'recognised' : 'processed');
        return;
      }
      case 'commit':
      case 'abort':
        this.endTransaction(event, event.transaction, event.f === 'commit' ? 'committed' : 'aborted');
        return;
      case 'commit-offset':
        this.believeOffset(event, event.transaction === undefined ? 'committed' : 'in-transaction');
        return;
      default:
    }
  }

  private sent(event: Extract<Recorded<OperationEvent>, { type: 'ok' }>): void {
    if (event.f !== 'send') return;
    const { result, transaction } = event;
    // −1: acks=0. Another tool's success may name no offset at all.
    const hasOffset = result === undefined || !('offset' in result) || result.offset >= 0;
    const acknowledged: BeliefState = hasOffset ? 'written' : 'handed-over';
    // Who waits for no answer cannot miss one either.
    if (!hasOffset) this.forgetDoubt(event.process, event.value);
    const draft = this.believe(
      event,
      event.value,
      transaction === undefined ? acknowledged : 'in-transaction',
    );
    if (transaction === undefined) return;
    const members = this.inTransaction.get(transaction) ?? new Set();
    this.inTransaction.set(transaction, members.add(draft));
  }

  private ended(event: Recorded<OperationEvent>, state: 'failed' | 'unknown'): void {
    if (event.f === 'send') this.believe(event, event.value, state);
    if (event.f === 'commit-offset') this.believeOffset(event, state);
    if (event.f === 'commit' || event.f === 'abort') this.endTransaction(event, event.transaction, state);
  }

  private endTransaction(
    { seq, process }: Recorded<OperationEvent>,
    transaction: string,
    state: 'committed' | 'aborted' | 'failed' | 'unknown',
  ): void {
    for (const { changes } of this.inTransaction.get(transaction) ?? []) changes.push({ at: seq, state });
    const waiting = this.offsetsIn.get(`${process}\n${transaction}`)?.values() ?? [];
    for (const belief of waiting) this.offsets.push({ ...belief, at: seq, state });
  }

  /** Only who waits for an answer can miss it. */
  private struck({ seq, process, message }: Extract<HistoryEvent, { type: 'fault' }>): void {
    const draft = this.messages.get(process)?.get(message ?? '');
    if (draft?.changes.at(-1)?.state === 'waiting') draft.changes.push({ at: seq, state: 'unknown' });
  }

  private forgetDoubt(process: ProcessId, value: string): void {
    const changes = this.messages.get(process)?.get(value)?.changes;
    if (changes?.at(-1)?.state === 'unknown') changes.pop();
  }

  private believe({ process, seq }: Recorded<OperationEvent>, value: string, state: BeliefState): Draft {
    const own = this.messages.get(process) ?? new Map<string, Draft>();
    this.messages.set(process, own);
    const draft: Draft = own.get(value) ?? { process, value, changes: [] };
    draft.changes.push({ at: seq, state });
    own.set(value, draft);
    return draft;
  }

  private believeOffset(event: Recorded<OperationEvent>, state: OffsetBelief['state']): void {
    if (event.f !== 'commit-offset') return;
    const { seq, process, group, topic, partition, offset, transaction } = event;
    const belief = { at: seq, process, group, topic, partition, offset, state };
    this.offsets.push(transaction === undefined ? belief : { ...belief, transaction });
    if (transaction === undefined) return;
    const key = `${process}\n${transaction}`;
    const own = this.offsetsIn.get(key) ?? new Map<string, OffsetBelief>();
    this.offsetsIn.set(key, own.set(placeOfOffset(belief), { ...belief, transaction }));
  }
}

/** What a committed offset is for. */
export function placeOfOffset({
  group,
  topic,
  partition,
}: Pick<OffsetBelief, 'group' | 'topic' | 'partition'>): string {
  return `${group}\n${topic}\n${String(partition)}`;
}

function isOnTheWire(action: string): boolean {
  return action.startsWith('lose') || action.startsWith('delay');
}
