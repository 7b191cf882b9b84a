import type { BrokerEvent, Observation } from '../../../src/core/history/events.js';
import type { TopicSpecification } from '../../../src/core/scenario/scenario.js';
import { ForgedLog, type Batch } from '../history/forged-log.js';

/** The broker's side of the simulation: logs, committed offsets, producer ids and the transactions that are open. */
export class SimulatedCluster {
  private readonly logs: ReadonlyMap<string, ForgedLog>;
  private readonly offsets = new Map<string, number>();
  private readonly ledger = new Set<string>();
  private readonly producers = new Map<string, { producerId: number; epoch: number }>();
  private readonly open = new Map<string, OpenTransaction>();
  private nextProducerId = 1000;

  constructor(
    private readonly topics: readonly TopicSpecification[],
    private readonly record: (event: Observation) => void,
  ) {
    this.logs = new Map(topics.map(({ role }) => [role, new ForgedLog(role)]));
  }

  seed(): void {
    for (const { role, seeded } of this.topics) {
      for (let index = 0; index < seeded; index++) {
        const what = { f: 'send' as const, topic: role, partition: 0, value: `m${index}` };
        const subject = { ...what, process: 'seeder', operation: index };
        this.record({ type: 'invoke', ...subject });
        const offset = this.append(role, what.value, {});
        this.record({ type: 'ok', ...subject, result: { offset } });
      }
    }
  }

  records(topic: string): ReturnType<ForgedLog['read']> {
    return this.log(topic).read('read_committed');
  }

  committed(): number {
    return this.offsets.get('input') ?? 0;
  }

  commit(offset: number): void {
    this.offsets.set('input', offset);
  }

  /** True when the ledger holds the effect already. */
  holds(offset: number): boolean {
    return this.ledger.has(String(offset));
  }

  hold(offset: number): void {
    this.ledger.add(String(offset));
  }

  /** InitProducerId: a transactional id keeps its producer id and rises in epoch; what it left open is aborted. */
  initialise(transactionalId: string | undefined): { readonly producerId: number; readonly epoch: number } {
    if (transactionalId === undefined) return { producerId: this.nextProducerId++, epoch: 0 };
    this.end(transactionalId, false);
    const known = this.producers.get(transactionalId);
    const producer = known
      ? { ...known, epoch: known.epoch + 1 }
      : { producerId: this.nextProducerId++, epoch: 0 };
    this.producers.set(transactionalId, producer);
    return producer;
  }

  append(topic: string, value: string, batch: Batch & { readonly transactionalId?: string }): number {
    const offset = this.log(topic).append(value, batch);
    if (batch.transactionalId !== undefined) this.transaction(batch.transactionalId).topics.add(topic);
    const { producerId = -1, epoch = -1, transactional = false } = batch;
    this.tell({
      type: 'append',
      ...{ topic, partition: 0, baseOffset: offset, lastOffset: offset },
      ...{ producerId, epoch, sequence: producerId < 0 ? -1 : offset, transactional },
    });
    this.watermarks(topic);
    return offset;
  }

  recognised(topic: string, baseOffset: number, { producerId = -1, epoch = -1 }: Batch): void {
    this.tell({
      type: 'deduplicated',
      ...{ topic, partition: 0, baseOffset, producerId, epoch, sequence: baseOffset },
    });
  }

  addOffset(transactionalId: string, offset: number): void {
    this.transaction(transactionalId).offset = offset;
  }

  /** EndTxn: one marker in every topic of the transaction; its offsets count only with a commit. */
  end(transactionalId: string, commit: boolean): void {
    const transaction = this.open.get(transactionalId);
    const producer = this.producers.get(transactionalId);
    if (!transaction || !producer) return;
    for (const topic of transaction.topics) {
      const offset = this.log(topic).mark(producer.producerId, commit, producer.epoch);
      this.tell({ type: 'marker', topic, partition: 0, offset, ...producer, commit });
      this.watermarks(topic);
    }
    if (commit && transaction.offset !== undefined) this.commit(transaction.offset);
    this.open.delete(transactionalId);
  }

  observe(label: string): void {
    for (const log of this.logs.values()) {
      const group = log.topic === 'input' ? (this.offsets.get('input') ?? -1) : -1;
      this.record(log.drain('read_uncommitted', label, { group }));
      this.record(log.drain('read_committed', label, { group }));
    }
  }

  private transaction(transactionalId: string): OpenTransaction {
    const transaction = this.open.get(transactionalId) ?? { topics: new Set<string>() };
    this.open.set(transactionalId, transaction);
    return transaction;
  }

  private watermarks(topic: string): void {
    const { highWatermark, lastStableOffset } = this.log(topic);
    this.tell({ type: 'watermarks', topic, partition: 0, highWatermark, lastStableOffset });
  }

  private tell(event: BrokerEvent): void {
    this.record(event);
  }

  private log(topic: string): ForgedLog {
    const log = this.logs.get(topic);
    if (!log) throw new Error(`no topic ${topic}`);
    return log;
  }
}

interface OpenTransaction {
  readonly topics: Set<string>;
  offset?: number;
}
