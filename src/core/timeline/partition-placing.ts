import type { BrokerEvent, DrainEvent, Recorded, WireDetail } from '../history/events.js';
import type { LogEntry } from './log-entry.js';

export type Content = LogEntry['content'];
export type Head = Omit<LogEntry, 'content' | 'goneAt' | 'topic' | 'partition'>;
export type Append = Recorded<Extract<BrokerEvent, { type: 'append' }>>;
type Draft = { -readonly [Key in keyof LogEntry]: LogEntry[Key] };

/** A batch between a producer and the log. */
export interface UnderWay {
  readonly values: readonly string[];
  readonly detail: WireDetail;
}

/** One partition while the history is read: what stands in it, and what is on its way to it. */
export class PartitionPlacing {
  readonly entries: Draft[] = [];
  /** By offset: what stands there now. */
  private readonly standing = new Map<number, Draft>();
  /** Requests, oldest first. */
  private readonly underWay: UnderWay[] = [];
  /** Messages of operations whose request was not seen (yet), oldest first, and how often each. */
  private readonly announced = new Map<string, number>();
  /** Whether the broker itself tells of its appends. */
  private isTold = false;

  constructor(
    readonly topic: string,
    readonly partition: number,
  ) {}

  announce(value: string): void {
    this.announced.set(value, (this.announced.get(value) ?? 0) + 1);
  }

  /** Their request was seen: it is what to look for now. */
  left(values: readonly string[]): void {
    for (const value of values) {
      const count = this.announced.get(value) ?? 0;
      if (count > 1) this.announced.set(value, count - 1);
      else this.announced.delete(value);
    }
  }

  expect(sent: UnderWay): void {
    this.underWay.push(sent);
  }

  append(event: Append): void {
    this.isTold = true;
    const { baseOffset, lastOffset, producerId, epoch, sequence, transactional, seq } = event;
    const values = this.valuesFor(event);
    for (let index = 0; index <= lastOffset - baseOffset; index += 1)
      this.place(
        { offset: baseOffset + index, producerId, epoch, writtenAt: seq },
        {
          kind: 'record',
          value: values[index] ?? '',
          sequence: producerId < 0 ? -1 : sequence + index,
          isTransactional: transactional,
        },
      );
  }

  place({ offset, producerId, epoch, writtenAt }: Head, content: Content): void {
    const { topic, partition } = this;
    const entry: Draft = { topic, partition, offset, producerId, epoch, writtenAt, content };
    this.entries.push(entry);
    this.standing.set(offset, entry);
  }

  /** Where the broker does not tell of its appends, its answer does; a lost one too, since the tap saw it. */
  answered(sent: UnderWay, baseOffset: number, at: number): void {
    const waiting = this.underWay.indexOf(sent);
    if (waiting >= 0) this.underWay.splice(waiting, 1);
    if (baseOffset < 0 || this.isTold) return;
    const { producerId = -1, epoch = -1 } = sent.detail;
    for (const [index, value] of sent.values.entries())
      this.placeOnce(
        { offset: baseOffset + index, producerId, epoch, writtenAt: at },
        recordOf(sent.detail, value, index),
      );
  }

  /** What a client was told; on a cluster the answer has placed it already, if its frame was seen. */
  acknowledged(offset: number, content: Content, at: number): void {
    // What was acknowledged is not under way any more, whether an append took it or not.
    if (content.kind === 'record') this.left([content.value]);
    if (!this.isTold) this.placeOnce({ offset, producerId: -1, epoch: -1, writtenAt: at }, content);
  }

  /** A reader's finding fills in what is not known. Returns the moment from which on it stands there. */
  found(head: Head, content: Content): number {
    const there = this.standing.get(head.offset);
    if (there === undefined) {
      this.place(head, content);
      return head.writtenAt;
    }
    if (there.content.kind === 'record' && content.kind === 'record') {
      const isTransactional = there.content.isTransactional || content.isTransactional;
      if (there.content.value !== content.value || there.content.isTransactional !== isTransactional)
        there.content = { ...there.content, isTransactional, value: content.value };
      there.producerId = Math.max(there.producerId, head.producerId);
      there.epoch = Math.max(there.epoch, head.epoch);
    }
    return there.writtenAt;
  }

  /** When a record that a reader found was written, if nothing about it is news. */
  writtenAt(read: DrainEvent['records'][number]): number | undefined {
    const there = this.standing.get(read.offset);
    if (there?.content.kind !== 'record' || there.content.value !== read.value) return undefined;
    const isNews =
      (read.transactional ?? false) !== there.content.isTransactional ||
      (read.producerId ?? -1) > there.producerId ||
      (read.epoch ?? -1) > there.epoch;
    return isNews ? undefined : there.writtenAt;
  }

  truncate(endOffset: number, at: number): void {
    for (const entry of this.entries) {
      if (entry.offset < endOffset || entry.goneAt !== undefined) continue;
      entry.goneAt = at;
      this.standing.delete(entry.offset);
    }
  }

  private placeOnce(head: Head, content: Content): void {
    if (!this.standing.has(head.offset)) this.place(head, content);
  }

  /**
   * The request with the batch's own producer id and sequence; without them, the oldest of that many values, or as many messages
   * whose requests were not recorded.
   */
  private valuesFor({ baseOffset, lastOffset, producerId, sequence }: Append): readonly string[] {
    const length = lastOffset - baseOffset + 1;
    const at = this.underWay.findIndex(({ values, detail }) => {
      const isUnnumbered = producerId < 0 || detail.producerId === undefined;
      const isSame = isUnnumbered || (detail.producerId === producerId && detail.sequence === sequence);
      return values.length === length && isSame;
    });
    if (at >= 0) return this.underWay.splice(at, 1)[0]?.values ?? [];
    return this.oldestAnnounced(length);
  }

  private oldestAnnounced(length: number): readonly string[] {
    if (this.announced.size < length) return [];
    const oldest: string[] = [];
    for (const value of this.announced.keys()) {
      if (oldest.length === length) break;
      oldest.push(value);
    }
    this.left(oldest);
    return oldest;
  }
}

function recordOf({ sequence = -1, transactionalId }: WireDetail, value: string, index: number): Content {
  return {
    kind: 'record',
    value,
    sequence: sequence < 0 ? -1 : sequence + index,
    isTransactional: transactionalId !== undefined,
  };
}
