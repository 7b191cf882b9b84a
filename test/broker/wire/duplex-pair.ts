import { Duplex } from 'node:stream';

/** Two ends of a connection in memory: what is written to one is read from the other, with back-pressure. */
export function duplexPair(): readonly [Duplex, Duplex] {
  const near = new End();
  const far = new End();
  near.other = far;
  far.other = near;
  return [near, far];
}

class End extends Duplex {
  other: End | undefined;
  private delivered: (() => void) | undefined;

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const { other } = this;
    if (!other || other.destroyed) done();
    else if (other.push(chunk)) setImmediate(done);
    else other.delivered = done;
  }

  override _read(): void {
    const done = this.delivered;
    this.delivered = undefined;
    done?.();
  }

  override _final(done: () => void): void {
    this.other?.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const { other } = this;
    this.delivered?.();
    if (other && !other.destroyed && !other.readableEnded) other.push(null);
    done(error);
  }
}
