import type net from 'node:net';
import { FrameSplitter, withLength } from '../broker/protocol/frame.js';
import type { Observation, ProcessId, WireDetail, WireEvent } from '../core/history/events.js';
import { explainRequest, explainResponse, type TappedRequest } from './tapped-frame.js';
import type { WireFaultStriker } from './wire-fault.js';

/** What the actor itself wants to know of its wire. */
export interface TapListener {
  /** `written`: false when the tap withheld it. */
  request(request: TappedRequest, written: boolean): void;
  response(request: TappedRequest, detail: WireDetail): void;
}

export interface TappedConnectionOptions {
  readonly process: ProcessId;
  readonly connection: number;
  readonly record: (event: Observation) => void;
  readonly listener: TapListener;
  readonly striker: WireFaultStriker | undefined;
}

type Fate = WireEvent['fate'];

const SIZE_BYTES = 4;

/** One socket of kafkajs: one `write` is one whole request, `data` is cut into whole responses. */
export class TappedConnection {
  private readonly pending = new Map<number, TappedRequest>();
  private readonly splitter = new FrameSplitter();
  private readonly write: net.Socket['write'];
  private readonly emit: net.Socket['emit'];

  constructor(
    private readonly socket: net.Socket,
    private readonly options: TappedConnectionOptions,
  ) {
    this.write = socket.write.bind(socket);
    this.emit = socket.emit.bind(socket);
  }

  attach(): void {
    Object.assign(this.socket, {
      write: (frame: Buffer) => this.request(frame),
      emit: (event: string, ...args: unknown[]) => {
        if (event !== 'data') return this.emit(event, ...args);
        for (const frame of this.splitter.feed(args[0] as Buffer)) this.response(frame);
        return true;
      },
    });
  }

  private request(frame: Buffer): boolean {
    const request = explainRequest(frame);
    if (!request) return this.write(frame);
    const action = this.options.striker?.choose(request);
    if (action === 'lose-request') return this.loseRequest(request);
    if (request.expectsResponse)
      this.pending.set(request.correlationId, { ...request, ...(action && { action }) });
    this.report('request', request, request.bytes, request.detail);
    this.options.listener.request(request, true);
    return this.write(frame);
  }

  /** Destroyed instead of written: on loopback, a request that was written arrives even when the socket is then destroyed. */
  private loseRequest(request: TappedRequest): boolean {
    this.report('request', request, request.bytes, request.detail, 'lost');
    this.options.listener.request(request, false);
    this.options.striker?.fired(request);
    setImmediate(() => this.cutWhenFlushed());
    return true;
  }

  /** What was written before, e.g. with acks=0, must still arrive: only the struck request is lost. */
  private cutWhenFlushed(): void {
    if (this.socket.writableLength === 0 || this.socket.destroyed) this.cut();
    else setImmediate(() => this.cutWhenFlushed());
  }

  private response(frame: Buffer): void {
    // What came in the same chunk as the response that was lost is lost with it.
    if (this.socket.destroyed) return;
    const request = frame.length < 4 ? undefined : this.pending.get(frame.readInt32BE(0));
    if (request) this.answered(request, frame);
    else this.deliver(frame);
  }

  private answered(request: TappedRequest, frame: Buffer): void {
    this.pending.delete(request.correlationId);
    const detail = explainResponse(request, frame);
    switch (request.action) {
      case undefined:
      case 'lose-request':
        this.report('response', request, SIZE_BYTES + frame.length, detail);
        this.options.listener.response(request, detail);
        this.deliver(frame);
        break;
      case 'lose-response':
        this.struck(request, frame, detail, 'lost');
        this.cut();
        break;
      case 'delay-response':
        this.struck(request, frame, detail, 'delayed');
        setTimeout(() => this.deliver(frame), this.options.striker?.delayMs ?? 0);
        break;
      case 'crash-on-response':
        this.struck(request, frame, detail, 'lost');
        this.options.striker?.crash();
    }
  }

  private struck(request: TappedRequest, frame: Buffer, detail: WireDetail, fate: Fate): void {
    this.report('response', request, SIZE_BYTES + frame.length, detail, fate);
    this.options.striker?.fired(request);
  }

  /** With an error: kafkajs does not listen to `close` and would wait on the dead connection for ever. */
  private cut(): void {
    this.socket.destroy(new Error('the wire tap cut the connection'));
  }

  private deliver(frame: Buffer): void {
    this.emit('data', withLength(frame));
  }

  private report(
    type: WireEvent['type'],
    request: TappedRequest,
    bytes: number,
    detail: WireDetail,
    fate?: Fate,
  ): void {
    const { process, connection, record } = this.options;
    const { version, correlationId } = request;
    const api = request.explained.api.name;
    record({
      type,
      process,
      connection,
      api,
      version,
      correlationId,
      bytes,
      ...(fate && { fate }),
      ...(Object.keys(detail).length > 0 && { detail }),
    });
  }
}
