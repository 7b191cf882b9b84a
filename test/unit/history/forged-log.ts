import type { DrainEvent } from '../../../src/core/history/events.js';

type Isolation = DrainEvent['isolation'];
type DrainedRecord = DrainEvent['records'][number];
type Marker = NonNullable<DrainEvent['markers']>[number];

export interface Batch {
  readonly producerId?: number;
  readonly epoch?: number;
  readonly transactional?: boolean;
}

/** One partition as a broker would keep it: records, markers, and what each isolation level sees of them. */
export class ForgedLog {
  private readonly records: DrainedRecord[] = [];
  private readonly markers: Marker[] = [];
  private next = 0;

  constructor(
    readonly topic = 'output',
    readonly partition = 0,
  ) {}

  append(value: string, { producerId = -1, epoch = -1, transactional = false }: Batch = {}): number {
    const offset = this.next++;
    this.records.push({ offset, value, producerId, epoch, transactional });
    return offset;
  }

  mark(producerId: number, commit: boolean, epoch = 0): number {
    const offset = this.next++;
    this.markers.push({ offset, producerId, epoch, commit });
    return offset;
  }

  get highWatermark(): number {
    return this.next;
  }

  get lastStableOffset(): number {
    const open = this.records.filter((record) => record.transactional && !this.markerBehind(record));
    return Math.min(this.next, ...open.map(({ offset }) => offset));
  }

  read(isolation: Isolation): readonly DrainedRecord[] {
    return isolation === 'read_uncommitted'
      ? this.records
      : this.records.filter(
          (record) =>
            record.offset < this.lastStableOffset &&
            (!record.transactional || this.markerBehind(record)?.commit === true),
        );
  }

  drain(isolation: Isolation, label = 'end', committed?: Readonly<Record<string, number>>): DrainEvent {
    return {
      type: 'drain',
      label,
      isolation,
      topic: this.topic,
      partition: this.partition,
      records: [...this.read(isolation)],
      markers: [...this.markers],
      logStart: 0,
      highWatermark: this.highWatermark,
      lastStableOffset: this.lastStableOffset,
      complete: true,
      ...(committed && { committed }),
    };
  }

  private markerBehind({ offset, producerId }: DrainedRecord): Marker | undefined {
    return this.markers.find((marker) => marker.producerId === producerId && marker.offset > offset);
  }
}
