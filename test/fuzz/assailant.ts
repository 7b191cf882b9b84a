import { connect, type Socket } from 'node:net';
import { encodeRequestFrame } from '../../src/broker/protocol/header.js';
import { FrameSplitter } from '../../src/broker/protocol/frame.js';
import { apiVersions } from '../../src/broker/protocol/messages/18-api-versions.js';
import type { Address } from '../harness/kafka-probe.js';
import type { FrameSource } from './frame-source.js';

const framesAtOnce = 50;
/** A frame that asks the broker to wait, and is granted it, keeps the others behind it: then the connection is given up. */
const patienceMs = 500;
const lastCorrelationId = -7_777_777;

export interface Assault {
  /** Frames that were answered, or that ended their connection. */
  frames: number;
  connections: number;
  /** Connections that the broker closed. */
  closed: number;
  /** Connections given up because nothing came any more. */
  givenUp: number;
}

/**
 * One connection after the other: writes many frames at once and a sound request behind them. Its answer tells that all were
 * served. When the broker closes the connection before, the frames behind the one that made it do so go over the next one.
 */
export class Assailant {
  private left: Buffer[] = [];

  constructor(
    private readonly address: Address,
    private readonly source: FrameSource,
    private readonly assault: Assault,
  ) {}

  async run(frames: number): Promise<void> {
    while (this.assault.frames < frames) {
      const socket = connect({ ...this.address, noDelay: true });
      this.assault.connections += 1;
      let isOpen = true;
      while (isOpen && this.assault.frames < frames) isOpen = await this.batch(socket);
      socket.destroy();
    }
  }

  /** Whether the connection is still of use. */
  private async batch(socket: Socket): Promise<boolean> {
    while (this.left.length < framesAtOnce) this.left.push(this.source.next());
    const { answered, end } = await this.exchange(socket);
    const served = end === 'done' ? this.left.length : Math.min(answered + 1, this.left.length);
    this.left = this.left.slice(served);
    this.assault.frames += served;
    if (end === 'closed') this.assault.closed += 1;
    if (end === 'stuck') this.assault.givenUp += 1;
    return end === 'done';
  }

  private exchange(socket: Socket): Promise<Outcome> {
    return new Promise((resolve) => {
      const splitter = new FrameSplitter();
      let answered = 0;
      const finish = (end: Outcome['end']): void => {
        clearTimeout(timer);
        socket.removeAllListeners();
        // Whoever resets a connection that is being destroyed has nothing to tell us.
        socket.on('error', () => undefined);
        resolve({ answered, end });
      };
      const stuck = (): void => finish('stuck');
      let timer = setTimeout(stuck, patienceMs);
      socket.on('data', (chunk: Buffer) => {
        clearTimeout(timer);
        timer = setTimeout(stuck, patienceMs);
        for (const frame of splitter.feed(chunk)) {
          if (frame.length >= 4 && frame.readInt32BE(0) === lastCorrelationId) {
            finish('done');
            return;
          }
          answered += 1;
        }
      });
      socket.on('error', () => finish('closed'));
      socket.on('close', () => finish('closed'));
      socket.write(Buffer.concat([...this.left, lastRequest]));
    });
  }
}

interface Outcome {
  /** Answers that came; a Produce with acks=0 has none, and what is behind it is then sent again. */
  readonly answered: number;
  readonly end: 'done' | 'closed' | 'stuck';
}

const lastRequest = encodeRequestFrame(
  apiVersions,
  { apiVersion: 0, correlationId: lastCorrelationId, clientId: 'fuzz' },
  {},
);
