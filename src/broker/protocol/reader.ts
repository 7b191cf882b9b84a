import { MalformedError } from './malformed-error.js';

/**
 * Reads the protocol's primitive types (big-endian) from a buffer. Every read is checked against the end and throws
 * MalformedError beyond it. `bytes` are views into the buffer, not copies: whoever keeps them longer than the frame copies.
 */
export class Reader {
  private offset: number;

  constructor(
    readonly buffer: Buffer,
    start = 0,
    private readonly end = buffer.length,
  ) {
    this.offset = start;
  }

  get position(): number {
    return this.offset;
  }

  get remaining(): number {
    return this.end - this.offset;
  }

  int8(): number {
    return this.buffer.readInt8(this.advance(1));
  }

  int16(): number {
    return this.buffer.readInt16BE(this.advance(2));
  }

  int32(): number {
    return this.buffer.readInt32BE(this.advance(4));
  }

  uint32(): number {
    return this.buffer.readUInt32BE(this.advance(4));
  }

  int64(): bigint {
    return this.buffer.readBigInt64BE(this.advance(8));
  }

  /** Base-128, least significant group first, at most five bytes (KIP-482). */
  unsignedVarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.buffer[this.advance(1)] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return this.within32Bits(value);
    }
    throw new MalformedError('a varint is longer than five bytes');
  }

  /** Zig-zag int32, as records use it. */
  varint(): number {
    const value = this.unsignedVarint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** Zig-zag int64, at most ten bytes. */
  varlong(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.buffer[this.advance(1)] ?? 0;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n));
    }
    throw new MalformedError('a varlong is longer than ten bytes');
  }

  bytes(length: number): Buffer {
    const start = this.advance(length);
    return this.buffer.subarray(start, start + length);
  }

  string(length: number): string {
    const start = this.advance(length);
    return this.buffer.toString('utf8', start, start + length);
  }

  skip(length: number): void {
    this.advance(length);
  }

  private advance(length: number): number {
    const start = this.offset;
    if (length < 0) throw new MalformedError(`a length is negative: ${length}`);
    if (length > this.end - start) {
      throw new MalformedError(`${length} bytes expected at ${start}, ${this.end - start} left`);
    }
    this.offset = start + length;
    return start;
  }

  private within32Bits(value: number): number {
    if (value > 0xffff_ffff) throw new MalformedError('a varint is larger than 32 bits');
    return value;
  }
}
