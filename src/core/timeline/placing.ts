import type { HistoryEvent, OperationEvent, Recorded, WireEvent } from '../history/events.js';
import { Exchanges } from './exchanges.js';
import { PartitionPlacing, type UnderWay } from './partition-placing.js';

type Acknowledged = Extract<Recorded<OperationEvent>, { type: 'ok'; f: 'send' }>;

/** Puts what is written into its place, in the order of the history: from the broker's word, or else from what it answered. */
export class Placing {
  private readonly byTopic = new Map<string, Map<number, PartitionPlacing>>();
  private readonly requests = new Exchanges<UnderWay>();

  partitions(): readonly PartitionPlacing[] {
    return [...this.byTopic.values()].flatMap((partitions) => [...partitions.values()]);
  }

  partition(topic: string, number: number): PartitionPlacing {
    const partitions = this.byTopic.get(topic) ?? new Map<number, PartitionPlacing>();
    this.byTopic.set(topic, partitions);
    const there = partitions.get(number) ?? new PartitionPlacing(topic, number);
    partitions.set(number, there);
    return there;
  }

  take(event: HistoryEvent): void {
    switch (event.type) {
      case 'invoke':
        if (event.f === 'send') this.partition(event.topic, event.partition).announce(event.value);
        return;
      case 'ok':
        if (event.f === 'send') this.acknowledged(event);
        return;
      case 'fail':
        if (event.f === 'send') this.partition(event.topic, event.partition).left([event.value]);
        return;
      case 'request':
        this.requested(event);
        return;
      case 'response':
        this.answered(event);
        return;
      case 'append':
        this.partition(event.topic, event.partition).append(event);
        return;
      case 'marker': {
        const content = { kind: 'marker', commit: event.commit } as const;
        this.partition(event.topic, event.partition).place({ ...event, writtenAt: event.seq }, content);
        return;
      }
      case 'truncated':
        this.partition(event.topic, event.partition).truncate(event.endOffset, event.seq);
        return;
      default:
    }
  }

  private requested(event: Recorded<WireEvent>): void {
    const { api, detail } = event;
    if (api !== 'Produce' || detail?.topic === undefined) return;
    const sent = { values: detail.values ?? [], detail };
    const place = this.partition(detail.topic, detail.partition ?? 0);
    place.left(sent.values);
    if (event.fate === 'lost') return;
    this.requests.set(event, sent);
    place.expect(sent);
  }

  private answered(event: Recorded<WireEvent>): void {
    if (event.api !== 'Produce') return;
    const sent = this.requests.take(event);
    if (sent === undefined) return;
    const { topic = '', partition = 0 } = sent.detail;
    this.partition(topic, partition).answered(sent, event.detail?.baseOffset ?? -1, event.seq);
  }

  private acknowledged({ topic, partition, value, transaction, result, seq }: Acknowledged): void {
    if (result === undefined || !('offset' in result) || result.offset < 0) return;
    const isTransactional = transaction !== undefined;
    const content = { kind: 'record', value, sequence: -1, isTransactional } as const;
    this.partition(topic, partition).acknowledged(result.offset, content, seq);
  }
}
