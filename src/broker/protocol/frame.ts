/** Kafka's own limit for a request (`socket.request.max.bytes`). */
export const defaultMaximumFrameBytes = 104_857_600;

/** A length that no Kafka peer sends. The connection cannot be understood any more and must be closed. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
  /** What the four bytes look like instead of a length, if that can be told. */
  readonly looksLike: 'http' | 'tls' | undefined;

  constructor(
    readonly length: number,
    maximumBytes: number,
  ) {
    super(`a frame of ${length} bytes (at most ${maximumBytes})`);
    this.looksLike = guessPeer(length);
  }
}

/**
 * Cuts a byte stream into frames: four bytes of length (big-endian), then as many bytes. A frame that lies whole in one
 * chunk is a view of it; one that is spread over several is copied once, into memory that grows with what really
 * arrived, so that a promised length alone costs nothing.
 */
export class FrameSplitter {
  private chunk: Buffer = empty;
  private position = 0;
  private readonly prefix = Buffer.alloc(4);
  private prefixBytes = 0;
  private frame: PartialFrame | undefined;

  constructor(private readonly maximumBytes = defaultMaximumFrameBytes) {}

  /** Bytes of an unfinished frame: when the connection ends here, it ended in the middle. */
  get pendingBytes(): number {
    return this.prefixBytes + (this.frame?.received ?? 0) + (this.chunk.length - this.position);
  }

  /**
   * Takes the next bytes of the stream and yields the frames that are complete, without their length. Frames that the
   * caller does not fetch come with the next call.
   * @throws FrameError while iterating, when a length is negative or above the maximum.
   */
  feed(chunk: Buffer): Generator<Buffer, void, undefined> {
    const rest = this.chunk.subarray(this.position);
    this.chunk = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    this.position = 0;
    return this.frames();
  }

  private *frames(): Generator<Buffer, void, undefined> {
    for (;;) {
      this.frame ??= this.readLength();
      if (this.frame === undefined) return;
      const whole = this.frame.take(this.chunk, this.position);
      this.position += this.frame.taken;
      if (whole === undefined) return;
      this.frame = undefined;
      this.prefixBytes = 0;
      yield whole;
    }
  }

  private readLength(): PartialFrame | undefined {
    const count = Math.min(4 - this.prefixBytes, this.chunk.length - this.position);
    this.chunk.copy(this.prefix, this.prefixBytes, this.position, this.position + count);
    this.prefixBytes += count;
    this.position += count;
    if (this.prefixBytes < 4) return undefined;
    const length = this.prefix.readInt32BE(0);
    if (length < 0 || length > this.maximumBytes) throw new FrameError(length, this.maximumBytes);
    return new PartialFrame(length);
  }
}

/** Puts the length before a frame's content. */
export function withLength(content: Buffer): Buffer {
  const framed = Buffer.allocUnsafe(4 + content.length);
  framed.writeInt32BE(content.length, 0);
  content.copy(framed, 4);
  return framed;
}

const empty = Buffer.alloc(0);

class PartialFrame {
  private buffer: Buffer = empty;
  received = 0;
  /** How many bytes the last `take` used. */
  taken = 0;

  constructor(private readonly length: number) {}

  take(chunk: Buffer, from: number): Buffer | undefined {
    this.taken = Math.min(this.length - this.received, chunk.length - from);
    if (this.received === 0 && this.taken === this.length) return chunk.subarray(from, from + this.length);
    this.reserve(this.received + this.taken);
    chunk.copy(this.buffer, this.received, from, from + this.taken);
    this.received += this.taken;
    return this.received === this.length ? this.buffer.subarray(0, this.length) : undefined;
  }

  private reserve(needed: number): void {
    if (needed <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.min(this.length, Math.max(needed, this.buffer.length * 2)));
    this.buffer.copy(larger, 0, 0, this.received);
    this.buffer = larger;
  }
}

/** The first four bytes of HTTP are letters; TLS begins with a record type (20–23) and major version 3 (RFC 8446, 5.1). */
function guessPeer(length: number): 'http' | 'tls' | undefined {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(length, 0);
  if (/^(GET |POST|PUT |HEAD|OPTI|PATC|DELE|CONN|PRI |HTTP)$/.test(bytes.toString('latin1'))) return 'http';
  const recordType = bytes[0] ?? 0;
  return recordType >= 20 && recordType <= 23 && bytes[1] === 3 ? 'tls' : undefined;
}
