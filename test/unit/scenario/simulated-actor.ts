import type {
  Observation,
  Operation,
  OperationResult,
  WireDetail,
} from '../../../src/core/history/events.js';
import type { Actor, Fault } from '../../../src/core/scenario/scenario.js';
import type { Step } from '../../../src/core/semantics/semantics.js';
import type { SimulatedCluster } from './simulated-cluster.js';

interface InHand {
  readonly value: string;
  readonly offset?: number;
  output?: string;
}

class Crash extends Error {}

/** The client's side: walks a program over its messages, and does what the fault makes of it. */
export class SimulatedActor {
  private operations = 0;
  private transactions = 0;
  private frames = 0;
  private transaction: string | undefined;
  private producer: { readonly producerId: number; readonly epoch: number } | undefined;
  private fault: Fault | undefined;

  constructor(
    private readonly process: string,
    private readonly name: string,
    private readonly actor: Actor,
    private readonly cluster: SimulatedCluster,
    private readonly record: (event: Observation) => void,
  ) {}

  run(fault: Fault | undefined): 'stop' | 'crash' {
    this.fault = fault;
    this.lifecycle('start');
    if (fault) this.report('armed', fault);
    try {
      this.work();
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      this.lifecycle('crash');
      return 'crash';
    }
    this.lifecycle('stop');
    return 'stop';
  }

  private work(): void {
    const { before, each, after } = this.actor.program;
    before.forEach((step) => this.step(step));
    if (this.actor.reads) this.rebalance();
    for (let index = this.firstMessage(); ;) {
      const message = this.message(index);
      if (!message) break;
      const aborted = this.one(message, each);
      if (aborted && before.includes('begin')) return;
      index += aborted && this.actor.afterAbort === 'rewind' ? 0 : 1;
    }
    after.forEach((step) => this.step(step));
  }

  private firstMessage(): number {
    return this.actor.reads ? this.cluster.committed() : 0;
  }

  private message(index: number): InHand | undefined {
    if (!this.actor.reads) {
      const value = this.actor.values?.[index];
      return value === undefined ? undefined : { value, output: value };
    }
    const found = this.cluster.records(this.actor.reads)[index];
    if (!found) return undefined;
    const { value, offset } = found;
    const record = { topic: this.actor.reads, partition: 0, offset, value };
    this.perform({ f: 'poll', group: 'group' }, () => ({ record }));
    return { value, offset };
  }

  /** One message through the program; true when the application aborted it. */
  private one(message: InHand, steps: readonly Step[]): boolean {
    for (const step of steps) {
      this.step(step, message);
      if (this.strikesAfter(step, message)) {
        if (this.fault?.kind === 'crash') throw new Crash();
        this.endTransaction('abort');
        return true;
      }
    }
    return false;
  }

  private strikesAfter(step: Step, { value }: InHand): boolean {
    const { fault } = this;
    if (!fault || fault.kind === 'wire' || this.firedAlready) return false;
    if (fault.after !== step || fault.message !== value) return false;
    this.report('fired', fault);
    return true;
  }

  private firedAlready = false;

  private report(event: 'armed' | 'fired', fault: Fault): void {
    if (event === 'fired') this.firedAlready = true;
    const message = fault.message === undefined ? {} : { message: fault.message };
    const place = fault.kind === 'wire' ? { api: fault.api } : { after: fault.after };
    const action = fault.kind === 'wire' ? fault.action : fault.kind;
    const { point } = fault;
    this.record({ type: 'fault', event, point, process: this.process, action, ...message, ...place });
  }

  private step(step: Step, message: InHand = { value: '' }): void {
    switch (step) {
      case 'initialise':
        this.producer = this.cluster.initialise(this.transactionalId);
        this.perform({ f: 'init', transactionalId: this.transactionalId ?? '' }, () => this.producer);
        return;
      case 'begin':
        this.transaction = `${this.process}/${++this.transactions}`;
        this.perform({ f: 'begin', transaction: this.transaction });
        return;
      case 'send':
        this.send(message);
        return;
      case 'transform':
        message.output = message.value.toUpperCase();
        return;
      case 'process':
        this.effect(message, false);
        return;
      case 'process-if-new':
        this.effect(message, true);
        return;
      case 'commit-offset':
      case 'send-offsets':
        this.offset(message);
        return;
      case 'commit-transaction':
        this.endTransaction('commit');
        return;
      case 'abort-transaction':
        this.endTransaction('abort');
        return;
    }
  }

  private send({ value, output = value, offset }: InHand): void {
    const topic = this.actor.writes ?? 'output';
    const { transaction } = this;
    const source = offset === undefined ? {} : { source: { topic: 'input', partition: 0, offset } };
    const what = { f: 'send' as const, topic, partition: 0, value: output, ...source };
    this.perform({ ...what, ...(transaction !== undefined && { transaction }) }, () => ({
      offset: this.produce(topic, output),
    }));
  }

  /** The request, its response, and what a lost one of them leads to. Returns the offset that the client is told. */
  private produce(topic: string, value: string): number {
    const settings = this.actor.producer;
    if (settings?.idempotence) this.producer ??= this.cluster.initialise(this.transactionalId);
    const strikes = this.fault?.kind === 'wire' && this.fault.message === value && !this.firedAlready;
    const action = strikes && this.fault?.kind === 'wire' ? this.fault.action : undefined;
    if (action && this.fault) this.report('fired', this.fault);
    if (action === 'lose-request') {
      this.frame('request', value, {}, 'lost');
      return settings?.acks === 0 ? -1 : this.transmit(topic, value);
    }
    const first = this.transmit(topic, value, action === 'lose-response' ? 'lost' : undefined);
    if (action !== 'lose-response') return settings?.acks === 0 ? -1 : first;
    return settings?.idempotence ? this.recognised(topic, value, first) : this.transmit(topic, value);
  }

  private transmit(topic: string, value: string, fate?: 'lost'): number {
    const transactional = this.transaction !== undefined;
    const id = this.transactionalId;
    const batch = { ...this.producer, transactional };
    const offset = this.cluster.append(topic, value, {
      ...batch,
      ...(transactional && id !== undefined && { transactionalId: id }),
    });
    this.exchange(value, offset, fate);
    return offset;
  }

  private recognised(topic: string, value: string, offset: number): number {
    this.cluster.recognised(topic, offset, this.producer ?? {});
    this.exchange(value, offset);
    return offset;
  }

  private exchange(value: string, offset: number, fate?: 'lost'): void {
    const sequence = this.producer ? { ...this.producer, sequence: offset } : {};
    this.frame('request', value, sequence);
    if (this.actor.producer?.acks !== 0) this.frame('response', value, { baseOffset: offset }, fate);
  }

  private frame(type: 'request' | 'response', value: string, detail: WireDetail, fate?: 'lost'): void {
    if (type === 'request') this.frames++;
    const frame = { process: this.process, connection: 1, api: 'Produce', version: 7 };
    const body = { topic: 'output', partition: 0, ...detail, ...(type === 'request' && { values: [value] }) };
    this.record({
      type,
      ...frame,
      correlationId: this.frames,
      bytes: 100,
      detail: body,
      ...(fate && { fate }),
    });
  }

  private effect({ value, offset = 0 }: InHand, ifNew: boolean): void {
    const what = { f: 'effect' as const, group: 'group', value, topic: 'input', partition: 0, offset };
    this.perform(what, () => {
      if (ifNew && this.cluster.holds(offset)) return { skipped: true };
      this.cluster.hold(offset);
      return undefined;
    });
  }

  private offset({ offset = 0 }: InHand): void {
    const next = { topic: 'input', partition: 0, offset: offset + 1 };
    const { transaction, transactionalId: id } = this;
    const inTransaction = transaction === undefined ? {} : { transaction };
    this.perform({ f: 'commit-offset', group: 'group', ...next, ...inTransaction }, () => {
      if (transaction !== undefined && id !== undefined) this.cluster.addOffset(id, next.offset);
      else this.cluster.commit(next.offset);
      return undefined;
    });
  }

  private endTransaction(how: 'commit' | 'abort'): void {
    const { transaction, transactionalId: id } = this;
    if (transaction === undefined || id === undefined) throw new Error('no transaction is open');
    this.perform({ f: how, transaction }, () => {
      this.cluster.end(id, how === 'commit');
      return undefined;
    });
    this.transaction = undefined;
  }

  private perform(what: Operation, act: () => OperationResult | undefined = () => undefined): void {
    const subject = { ...what, process: this.process, operation: this.operations++ };
    this.record({ type: 'invoke', ...subject });
    const result = act();
    this.record({ type: 'ok', ...subject, ...(result && { result }) });
  }

  private rebalance(): void {
    this.record({
      type: 'rebalance',
      process: this.process,
      group: 'group',
      generation: 1,
      memberId: `${this.process}-member`,
      assigned: [{ topic: 'input', partition: 0 }],
    });
  }

  private lifecycle(event: 'start' | 'stop' | 'crash'): void {
    this.record({ type: 'process', process: this.process, actor: this.name, event });
  }

  private get transactionalId(): string | undefined {
    return this.actor.producer?.transactionalId;
  }
}
