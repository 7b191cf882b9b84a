import type { History, Recorded, WireEvent } from '../history/events.js';
import { firstIndex } from '../sorted.js';
import { Exchanges } from './exchanges.js';

interface Ending {
  readonly at: number;
  readonly commit: boolean;
}

/**
 * When transactions were ended, as the answers to EndTxn and InitProducerId tell it: on a cluster, which does not tell when it
 * writes its markers, the nearest moment that is known. (It may write one a little later than it answers.)
 */
export class Endings {
  private readonly byProducer = new Map<number, Ending[]>();

  constructor(history: History) {
    const requests = new Exchanges<Recorded<WireEvent>>();
    for (const event of history) {
      if (event.type === 'request' && event.api === 'EndTxn') requests.set(event, event);
      if (event.type === 'response') this.answered(event, requests.get(event));
    }
  }

  /** To be asked along one partition's offsets. `readAt`: when a reader found the log. */
  inPartition(readAt: number): PartitionEndings {
    return new PartitionEndings(this.byProducer, readAt);
  }

  private answered({ api, seq, detail = {} }: Recorded<WireEvent>, request?: WireEvent): void {
    if ((detail.errorCode ?? 0) !== 0) return;
    if (api === 'EndTxn')
      this.note(request?.detail?.producerId, { at: seq, commit: request?.detail?.commit ?? false });
    if (api === 'InitProducerId') this.note(detail.producerId, { at: seq, commit: false });
  }

  private note(producerId: number | undefined, ending: Ending): void {
    if (producerId === undefined) return;
    const endings = this.byProducer.get(producerId) ?? [];
    endings.push(ending);
    this.byProducer.set(producerId, endings);
  }
}

class PartitionEndings {
  /** By producer: when the last record that was passed had been written. */
  private readonly lastWritten = new Map<number, number>();

  constructor(
    private readonly byProducer: ReadonlyMap<number, readonly Ending[]>,
    private readonly readAt: number,
  ) {}

  /** A record that only this reader found says nothing about when it was written. */
  passed(producerId: number, writtenAt: number): void {
    if (writtenAt < this.readAt) this.lastWritten.set(producerId, writtenAt);
  }

  /** When the marker behind the records that were passed was written. */
  markerAt(producerId: number, commit: boolean): number {
    const after = this.lastWritten.get(producerId) ?? -1;
    const endings = this.byProducer.get(producerId) ?? [];
    const first = endings[firstIndex(endings, ({ at }) => at > after)];
    return first?.commit === commit && first.at < this.readAt ? first.at : this.readAt;
  }
}
