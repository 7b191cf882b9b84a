import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { exchange, type Answer, type ExchangeParts } from './exchange.js';
import { RefusedRequest } from './requests/refused-request.js';
import { defaultMaximumFrameBytes, FrameError, FrameSplitter } from './protocol/frame.js';
import { MalformedError } from './protocol/malformed-error.js';

export interface ConnectionParts extends Omit<ExchangeParts, 'closed'> {
  readonly maximumRequestBytes: number | undefined;
  readonly onMistake: (error: unknown) => void;
  readonly onClosed: () => void;
}

/** So many bytes of requests may wait behind the one in service; then the client is not read any more (TCP holds it back). */
const mostWaitingBytes = 1_048_576;

/**
 * One client on one node. Requests are served one after the other and answered in their order, as a Kafka broker does
 * (SocketServer mutes a channel while its request is processed). What arrives meanwhile waits, up to a limit.
 */
export class Connection {
  private readonly splitter: FrameSplitter;
  private readonly waiting: Buffer[] = [];
  private waitingBytes = 0;
  private serving = false;
  /** We have ended it: nothing is served any more. */
  private cutOff = false;
  private readonly closing = new AbortController();
  private readonly exchangeParts: ExchangeParts;

  constructor(
    private readonly stream: Duplex,
    private readonly parts: ConnectionParts,
  ) {
    this.splitter = new FrameSplitter(parts.maximumRequestBytes ?? defaultMaximumFrameBytes);
    this.exchangeParts = { ...parts, closed: this.closing.signal };
    stream.on('data', (chunk: Buffer) => this.receive(chunk));
    stream.on('end', () => this.end());
    // A client that resets its connection is an everyday event; 'close' follows and does what there is to do.
    stream.on('error', () => stream.destroy());
    stream.on('close', () => this.closed());
  }

  destroy(): void {
    this.cutOff = true;
    this.waiting.length = 0;
    this.stream.destroy();
  }

  private receive(chunk: Buffer): void {
    if (this.cutOff) return;
    try {
      for (const frame of this.splitter.feed(chunk)) {
        this.waiting.push(frame);
        this.waitingBytes += frame.length;
      }
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.refuse(error.looksLike === undefined ? error.message : `this is ${error.looksLike.toUpperCase()}`);
      return;
    }
    if (this.waitingBytes > mostWaitingBytes) this.stream.pause();
    void this.serveWaiting();
  }

  private async serveWaiting(): Promise<void> {
    if (this.serving) return;
    this.serving = true;
    for (let frame = this.next(); frame !== undefined; frame = this.next()) await this.serve(frame);
    this.serving = false;
    if (this.closing.signal.aborted) this.stream.end();
  }

  /** What a client sent before it went is still served, as Kafka reads its socket empty: only the answers are in vain. */
  private next(): Buffer | undefined {
    const frame = this.cutOff ? undefined : this.waiting.shift();
    this.waitingBytes -= frame?.length ?? 0;
    if (this.waitingBytes <= mostWaitingBytes) this.stream.resume();
    return frame;
  }

  private async serve(frame: Buffer): Promise<void> {
    try {
      await this.carryOut(await exchange(frame, this.exchangeParts));
    } catch (error) {
      if (error instanceof RefusedRequest) this.refuse(error.message);
      else if (error instanceof MalformedError) this.refuse(`malformed request: ${error.message}`);
      else {
        this.parts.onMistake(error);
        this.cut('close');
      }
    }
  }

  private async carryOut({ bytes, cut, afterReply }: Answer): Promise<void> {
    if (bytes && this.stream.writable) await this.write(bytes);
    if (cut) this.cut(cut);
    const late = await afterReply?.();
    if (late && !cut) this.cut(late);
  }

  /** A client that does not read its answers is not served on until it does. */
  private write(bytes: Buffer): Promise<void> | undefined {
    if (this.stream.write(bytes)) return undefined;
    return new Promise((resolve) => {
      const done = () => {
        this.stream.off('drain', done);
        this.closing.signal.removeEventListener('abort', done);
        resolve();
      };
      this.stream.once('drain', done);
      this.closing.signal.addEventListener('abort', done);
    });
  }

  private refuse(reason: string): void {
    const { requests, nodeId, connectionId } = this.parts;
    if (requests.active) requests.tell({ phase: 'refused', nodeId, connectionId, reason });
    this.cut('close');
  }

  private cut(how: 'close' | 'reset'): void {
    this.cutOff = true;
    this.waiting.length = 0;
    if (how === 'close') this.stream.end(() => this.stream.destroy());
    else if (this.stream instanceof Socket) this.stream.resetAndDestroy();
    else this.stream.destroy(new Error('connection reset'));
  }

  /** The client has said its last: long polls end, what waits is served, then our side ends too. */
  private end(): void {
    this.closing.abort();
    if (!this.serving) this.stream.end();
  }

  private closed(): void {
    this.closing.abort();
    this.parts.onClosed();
  }
}
