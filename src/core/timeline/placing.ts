import type {
  BrokerEvent,
  History,
  HistoryEvent,
  OperationEvent,
  Recorded,
  WireDetail,
  WireEvent,
} from '../history/events.js';
import type { LogEntry } from './log-entry.js';

type Content = LogEntry['content'];
type Head = Omit<LogEntry, 'content' | 'goneAt'>;
type Draft = { -readonly [Key in keyof LogEntry]: LogEntry[Key] };
type Acknowledged = Extract<Recorded<OperationEvent>, { type: 'ok'; f: 'send' }>;
type Append = Recorded<Extract<BrokerEvent, { type: 'append' }>>;

/** A batch between a producer and the log. */
interface UnderWay {
  readonly values: readonly string[];
  readonly detail: WireDetail;
}

export function placeOf({
  topic,
  partition,
}: {
  readonly topic: string;
  readonly partition: number;
}): string {
  return `${topic}\n${String(partition)}`;
}

/** Puts what is written into its place, in the order of the history: from the broker's word, or else from what it answered. */
export class Placing {
  private readonly placed: Draft[] = [];
  /** By topic, partition and offset: what stands there now. */
  private readonly standing = new Map<string, Draft>();
  /** By partition: what is on its way to it, oldest first. */
  private readonly underWay = new Map<string, UnderWay[]>();
  private readonly requests = new Map<string, UnderWay>();
  /** Partitions of which the broker itself tells. */
  private readonly told = new Set<string>();
  /** Processes whose requests were recorded: their operations need not be looked at. */
  private readonly framed: ReadonlySet<string>;

  constructor(history: History) {
    this.framed = new Set(
      history.flatMap((event) =>
        event.type === 'request' && event.api === 'Produce' ? [event.process] : [],
      ),
    );
  }

  entries(): readonly LogEntry[] {
    return this.placed;
  }

  take(event: HistoryEvent): void {
    switch (event.type) {
      case 'invoke':
        if (event.f === 'send' && !this.framed.has(event.process))
          this.expect(placeOf(event), { values: [event.value], detail: {} });
        return;
      case 'ok':
        if (event.f === 'send') this.acknowledged(event);
        return;
      case 'request':
        this.requested(event);
        return;
      case 'response':
        this.answered(event);
        return;
      case 'append':
        this.appended(event);
        return;
      case 'marker':
        this.place({ ...event, writtenAt: event.seq }, { kind: 'marker', commit: event.commit });
        return;
      case 'truncated':
        this.truncated(event);
        return;
      default:
    }
  }

  /** A reader's finding fills in what is not known. Returns the moment from which on it stands there. */
  found(head: Head, content: Content): number {
    const there = this.standing.get(offsetOf(head));
    if (there === undefined) {
      this.place(head, content);
      return head.writtenAt;
    }
    if (there.content.kind === 'record' && content.kind === 'record') {
      const isTransactional = there.content.isTransactional || content.isTransactional;
      there.content = { ...there.content, isTransactional, value: content.value };
      there.producerId = Math.max(there.producerId, head.producerId);
      there.epoch = Math.max(there.epoch, head.epoch);
    }
    return there.writtenAt;
  }

  private expect(key: string, sent: UnderWay): void {
    const waiting = this.underWay.get(key) ?? [];
    waiting.push(sent);
    this.underWay.set(key, waiting);
  }

  private requested(event: Recorded<WireEvent>): void {
    const { api, detail } = event;
    if (api !== 'Produce' || event.fate === 'lost' || detail?.topic === undefined) return;
    const sent = { values: detail.values ?? [], detail };
    this.requests.set(exchangeOf(event), sent);
    this.expect(keyOfDetail(detail), sent);
  }

  private appended(event: Append): void {
    const key = placeOf(event);
    this.told.add(key);
    const length = event.lastOffset - event.baseOffset + 1;
    const values = this.valuesFor(key, event);
    for (let index = 0; index < length; index += 1)
      this.place(
        { ...event, offset: event.baseOffset + index, writtenAt: event.seq },
        {
          kind: 'record',
          value: values[index] ?? '',
          sequence: event.producerId < 0 ? -1 : event.sequence + index,
          isTransactional: event.transactional,
        },
      );
  }

  /** The request with the batch's own producer id and sequence; without them, the oldest of that many values. */
  private valuesFor(
    key: string,
    { baseOffset, lastOffset, producerId, sequence }: Append,
  ): readonly string[] {
    const waiting = this.underWay.get(key) ?? [];
    const at = waiting.findIndex(({ values, detail }) => {
      const isSame = producerId < 0 || (detail.producerId === producerId && detail.sequence === sequence);
      return values.length === lastOffset - baseOffset + 1 && isSame;
    });
    return at < 0 ? [] : (waiting.splice(at, 1)[0]?.values ?? []);
  }

  /** Where the broker does not tell of its appends, its answer does; a lost one too, since the tap saw it. */
  private answered(event: Recorded<WireEvent>): void {
    const request = this.requests.get(exchangeOf(event));
    if (event.api !== 'Produce' || request === undefined) return;
    this.requests.delete(exchangeOf(event));
    const { detail, values } = request;
    const key = keyOfDetail(detail);
    const waiting = this.underWay.get(key) ?? [];
    if (waiting.includes(request)) waiting.splice(waiting.indexOf(request), 1);
    const base = event.detail?.baseOffset ?? -1;
    if (base < 0 || this.told.has(key)) return;
    for (const [index, value] of values.entries())
      this.placeOnce(
        { ...headOf(detail), offset: base + index, writtenAt: event.seq },
        recordOf(detail, value, index),
      );
  }

  private acknowledged(event: Acknowledged): void {
    if (this.told.has(placeOf(event))) return;
    const { result, topic, partition, value, transaction } = event;
    if (result === undefined || !('offset' in result) || result.offset < 0) return;
    this.placeOnce(
      { topic, partition, offset: result.offset, producerId: -1, epoch: -1, writtenAt: event.seq },
      { kind: 'record', value, sequence: -1, isTransactional: transaction !== undefined },
    );
  }

  private truncated(event: Recorded<Extract<BrokerEvent, { type: 'truncated' }>>): void {
    for (const entry of this.placed) {
      const isBehind = placeOf(entry) === placeOf(event) && entry.offset >= event.endOffset;
      if (!isBehind || entry.goneAt !== undefined) continue;
      entry.goneAt = event.seq;
      this.standing.delete(offsetOf(entry));
    }
  }

  private placeOnce(head: Head, content: Content): void {
    if (!this.standing.has(offsetOf(head))) this.place(head, content);
  }

  private place({ topic, partition, offset, producerId, epoch, writtenAt }: Head, content: Content): void {
    const entry: Draft = { topic, partition, offset, producerId, epoch, writtenAt, content };
    this.placed.push(entry);
    this.standing.set(offsetOf(entry), entry);
  }
}

function offsetOf({ topic, partition, offset }: Head): string {
  return `${topic}\n${String(partition)}\n${String(offset)}`;
}

function exchangeOf({ process, connection, correlationId }: WireEvent): string {
  return `${process}\n${connection}\n${correlationId}`;
}

function headOf({ topic = '', partition = 0, producerId = -1, epoch = -1 }: WireDetail) {
  return { topic, partition, producerId, epoch };
}

function keyOfDetail(detail: WireDetail): string {
  return placeOf(headOf(detail));
}

function recordOf({ sequence = -1, transactionalId }: WireDetail, value: string, index: number): Content {
  return {
    kind: 'record',
    value,
    sequence: sequence < 0 ? -1 : sequence + index,
    isTransactional: transactionalId !== undefined,
  };
}
