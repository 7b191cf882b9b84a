import { Worker } from 'node:worker_threads';
import { assertNever } from '../core/assert-never.js';
import { EventChannel } from './event-channel.js';
import { FaultRuleError } from './fault-rule.js';
import { BrokerStartError } from './start-error.js';
import type { Told, Topic, WorkerCommand, WorkerReport, WorkerSettings } from './worker-messages.js';

type Result = string | boolean | undefined;
type WithoutNumber<One> = One extends unknown ? Omit<One, 'command'> : never;

interface Awaited {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

interface Announce {
  readonly resolve: (ports: readonly number[]) => void;
  readonly reject: (error: Error) => void;
}

/** The other end of worker.ts: commands go over with a number and come back as promises, events are told to listeners. */
export class WorkerLink {
  readonly events = new EventChannel<Told['events']>();
  readonly rules = new EventChannel<Told['rules']>();
  readonly requests = new EventChannel<Told['requests']>();
  readonly history = new EventChannel<Told['history']>();
  readonly mistakes = new EventChannel<string>();
  /** The ports, as soon as all nodes listen. */
  readonly listening: Promise<readonly number[]>;
  private readonly worker: Worker;
  private readonly awaited = new Map<number, Awaited>();
  private readonly exited: Promise<void>;
  private announce: Announce;
  private commands = 0;
  private hasExited = false;

  constructor(workerFile: string, settings: WorkerSettings, execArgv: readonly string[] | undefined) {
    this.worker = new Worker(workerFile, {
      workerData: settings,
      ...(execArgv && { execArgv: [...execArgv] }),
    });
    let announce: Announce | undefined;
    this.listening = new Promise((resolve, reject) => (announce = { resolve, reject }));
    if (!announce) throw new Error('a promise runs its executor at once');
    this.announce = announce;
    this.worker.on('message', (report: WorkerReport) => this.hear(report));
    this.worker.on('error', (error: Error) => this.fail(error));
    this.exited = new Promise((resolve) => this.worker.once('exit', () => resolve()));
    void this.exited.then(() => this.abandon());
  }

  command(command: WithoutNumber<WorkerCommand>): Promise<Result> {
    if (this.hasExited) return Promise.reject(gone());
    return new Promise((resolve, reject) => {
      const number = ++this.commands;
      this.awaited.set(number, { resolve, reject });
      this.worker.postMessage({ ...command, command: number });
    });
  }

  /** The worker tells a topic as long as somebody listens to it. */
  listen<Event>(topic: Topic, channel: EventChannel<Event>, listener: (event: Event) => void): () => void {
    if (!channel.active) this.tellOf(topic, true);
    const stop = channel.listen(listener);
    return () => {
      stop();
      if (!channel.active) this.tellOf(topic, false);
    };
  }

  async stop(): Promise<void> {
    if (this.hasExited) return;
    await this.command({ kind: 'stop' }).catch((error: unknown) => {
      if (!this.hasExited) throw error;
    });
    await this.worker.terminate();
    await this.exited;
  }

  private tellOf(topic: Topic, on: boolean): void {
    this.command({ kind: 'listen', topic, on }).catch((error: unknown) => {
      if (!this.hasExited) this.mistakes.tell(String(error));
    });
  }

  private hear(report: WorkerReport): void {
    switch (report.kind) {
      case 'listening':
        this.announce.resolve(report.ports);
        break;
      case 'not-listening':
        this.announce.reject(new BrokerStartError(report.message, report.code));
        break;
      case 'done':
        this.settle(report.command)?.resolve(report.result);
        break;
      case 'failed':
        this.settle(report.command)?.reject(new FaultRuleError(report.message));
        break;
      case 'told':
        this.pass(report);
        break;
      case 'mistake':
        this.mistakes.tell(report.message);
        break;
      default:
        assertNever(report);
    }
  }

  private pass({ events, rules, requests, history }: WorkerReport & { readonly kind: 'told' }): void {
    for (const event of events) this.events.tell(event);
    for (const event of rules) this.rules.tell(event);
    for (const event of requests) this.requests.tell(event);
    for (const event of history) this.history.tell(event);
  }

  private settle(command: number): Awaited | undefined {
    const awaited = this.awaited.get(command);
    this.awaited.delete(command);
    return awaited;
  }

  /** The thread died of an error that nobody caught: it never listens, or has stopped to. */
  private fail(error: Error): void {
    this.announce.reject(error);
    this.mistakes.tell(error.stack ?? error.message);
  }

  private abandon(): void {
    this.hasExited = true;
    this.announce.reject(gone());
    for (const { reject } of this.awaited.values()) reject(gone());
    this.awaited.clear();
  }
}

function gone(): Error {
  return new Error('the embedded broker has stopped');
}
