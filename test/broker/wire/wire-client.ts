import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import type { ApiDefinition } from '../../../src/broker/protocol/api.js';
import { FrameSplitter } from '../../../src/broker/protocol/frame.js';
import { decodeResponseFrame, encodeRequestFrame } from '../../../src/broker/protocol/header.js';
import type { Encodable } from '../../../src/broker/protocol/schema.js';

/** A client with our own codec, on any stream: requests as they should be, and bytes as they should not. */
export class WireClient {
  private readonly splitter = new FrameSplitter();
  private readonly frames: Buffer[] = [];
  private arrived: (() => void) | undefined;
  private correlationId = 0;
  receivedBytes = 0;
  ended = false;

  constructor(
    readonly stream: Duplex,
    private readonly clientId = 'wire',
  ) {
    stream.on('data', (chunk: Buffer) => {
      this.receivedBytes += chunk.length;
      this.frames.push(...this.splitter.feed(chunk));
      this.arrived?.();
    });
    for (const event of ['end', 'close']) {
      stream.on(event, () => {
        this.ended = true;
        this.arrived?.();
      });
    }
    // A reset is one of the answers that tests wait for.
    stream.on('error', () => stream.destroy());
  }

  async call<Request, Response>(
    api: ApiDefinition<Request, Response>,
    version: number,
    request: Encodable<Request>,
  ): Promise<Response> {
    const correlationId = this.send(api, version, request);
    const frame = await this.nextFrame();
    assert.ok(frame, `the connection ended instead of an answer to ${api.name}`);
    const answer = decodeResponseFrame(api, version, frame);
    assert.equal(answer.correlationId, correlationId);
    return answer.response;
  }

  /** Writes a request and does not wait; answers its correlation id. */
  send<Request, Response>(
    api: ApiDefinition<Request, Response>,
    version: number,
    request: Encodable<Request>,
  ): number {
    const correlationId = ++this.correlationId;
    const header = { apiVersion: version, correlationId, clientId: this.clientId };
    this.stream.write(encodeRequestFrame(api, header, request));
    return correlationId;
  }

  /** The next frame, or undefined when the connection ended without one. */
  async nextFrame(): Promise<Buffer | undefined> {
    while (this.frames.length === 0 && !this.ended) {
      await new Promise<void>((resolve) => (this.arrived = resolve));
    }
    return this.frames.shift();
  }

  /** Resolves when the other side has ended the connection. */
  async untilEnded(): Promise<void> {
    while (!this.ended) await new Promise<void>((resolve) => (this.arrived = resolve));
  }

  async close(): Promise<void> {
    if (this.stream.destroyed) return;
    const closed = once(this.stream, 'close');
    this.stream.destroy();
    await closed;
  }
}
