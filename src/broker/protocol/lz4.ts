import { DecompressionError } from './decompression-error.js';

/**
 * One LZ4 frame (lz4_Frame_format.md, version 1), as every Kafka client sends it, with blocks that depend on each other or not.
 * The checksums are not looked at: the batch's own covers the same bytes. Written here because what npm has is native,
 * abandoned, or tied to 100 kB of other codecs.
 * @throws DecompressionError for bytes that are no such frame or unfold to more than the maximum.
 */
export function lz4Decompress(bytes: Buffer, maximumBytes: number): Buffer {
  const { blocksAt, largestBlock, blockChecksums } = readDescriptor(bytes);
  const output = new Output(maximumBytes);
  for (let at = blocksAt; ;) {
    const header = at + 4 <= bytes.length ? bytes.readUInt32LE(at) : cutOff();
    if (header === endMark) return output.finish();
    const size = header & 0x7fff_ffff;
    const end = at + 4 + size;
    if (size > largestBlock || end > bytes.length) cutOff();
    const block = bytes.subarray(at + 4, end);
    if (header >= storedBit) output.literals(block, 0, size);
    else decodeBlock(block, output, largestBlock);
    at = end + (blockChecksums ? 4 : 0);
  }
}

const frameMagic = 0x184d_2204;
const endMark = 0;
/** Of a block's size: its content is not compressed. */
const storedBit = 0x8000_0000;
const smallestMatch = 4;

interface Descriptor {
  readonly blocksAt: number;
  readonly largestBlock: number;
  readonly blockChecksums: boolean;
}

function readDescriptor(bytes: Buffer): Descriptor {
  if (bytes.length < 7 || bytes.readUInt32LE(0) !== frameMagic) throw invalid('this is no LZ4 frame');
  const flags = bytes.readUInt8(4);
  const sizeId = (bytes.readUInt8(5) >> 4) & 7;
  if (flags >> 6 !== 1 || sizeId < 4) throw invalid('this is no LZ4 frame of version 1');
  const contentSize = flags & 0x08 ? 8 : 0;
  const dictionaryId = flags & 0x01 ? 4 : 0;
  return {
    blocksAt: 7 + contentSize + dictionaryId,
    // 64 KiB, 256 KiB, 1 MiB, 4 MiB.
    largestBlock: 2 ** (8 + 2 * sizeId),
    blockChecksums: (flags & 0x10) !== 0,
  };
}

/** Sequences of literals and a match (lz4_Block_format.md); the last one has no match. */
function decodeBlock(block: Buffer, output: Output, largestBlock: number): void {
  const limit = output.length + largestBlock;
  let at = 0;
  const extended = (length: number): number => {
    if (length < 15) return length;
    for (;;) {
      const more = block[at++] ?? cutOff();
      length += more;
      if (more < 255) return length;
    }
  };
  while (at < block.length) {
    const token = block[at++] ?? cutOff();
    const literals = extended(token >> 4);
    if (literals > block.length - at || output.length + literals > limit) cutOff();
    output.literals(block, at, literals);
    at += literals;
    if (at === block.length) return;
    const distance = (block[at] ?? cutOff()) | ((block[at + 1] ?? cutOff()) << 8);
    at += 2;
    const match = extended(token & 15) + smallestMatch;
    if (output.length + match > limit) cutOff();
    output.match(distance, match);
  }
}

/** What is decoded so far: matches reach back into it, also over the bounds of blocks. */
class Output {
  private bytes = Buffer.allocUnsafe(65_536);
  length = 0;

  constructor(private readonly maximumBytes: number) {}

  literals(from: Buffer, at: number, count: number): void {
    this.reserve(count);
    from.copy(this.bytes, this.length, at, at + count);
    this.length += count;
  }

  /** It may overlap with what it writes: then it repeats. */
  match(distance: number, count: number): void {
    if (distance === 0 || distance > this.length) throw invalid('an LZ4 match before the start');
    this.reserve(count);
    const { bytes, length } = this;
    if (distance >= count) bytes.copyWithin(length, length - distance, length - distance + count);
    else
      for (let index = length; index < length + count; index++) bytes[index] = bytes[index - distance] ?? 0;
    this.length = length + count;
  }

  finish(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  private reserve(count: number): void {
    const needed = this.length + count;
    if (needed > this.maximumBytes) throw invalid('the records unfold to more than is allowed');
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}

function cutOff(): never {
  throw invalid('an LZ4 frame is cut off or not as it says');
}

function invalid(message: string): DecompressionError {
  return new DecompressionError(message);
}
