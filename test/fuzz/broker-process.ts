import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Address } from '../harness/kafka-probe.js';
import type { Report } from './served-broker.js';

const entry = fileURLToPath(new URL('served-broker.ts', import.meta.url));

/** The embedded broker, served by a process of its own. */
export class BrokerProcess {
  /** What the broker itself says that it did wrong, and how often. */
  readonly mistakes = new Map<string, number>();
  private resolveState: ((state: BrokerState) => void) | undefined;

  private constructor(
    private readonly child: ChildProcess,
    readonly address: Address,
  ) {
    child.on('message', (report: Report) => this.hear(report));
  }

  static async start(): Promise<BrokerProcess> {
    const child = fork(entry, { execArgv: ['--import=tsx', '--expose-gc'] });
    const [report] = (await once(child, 'message')) as [Report];
    if (report.kind !== 'listening') throw new Error('The broker does not listen.');
    return new BrokerProcess(child, { host: '127.0.0.1', port: report.port });
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** After a collection of its garbage. */
  async state(): Promise<BrokerState> {
    if (!this.isAlive) throw new Error('The broker has ended.');
    const state = new Promise<BrokerState>((resolve) => (this.resolveState = resolve));
    this.child.send('state');
    return state;
  }

  async stop(): Promise<void> {
    if (!this.isAlive) return;
    const gone = once(this.child, 'exit');
    this.child.kill();
    await gone;
  }

  private hear(report: Report): void {
    if (report.kind === 'mistake') {
      this.mistakes.set(report.text, (this.mistakes.get(report.text) ?? 0) + 1);
    } else if (report.kind === 'state') this.resolveState?.(report);
  }
}

export interface BrokerState {
  readonly residentBytes: number;
  readonly openConnections: number;
}
