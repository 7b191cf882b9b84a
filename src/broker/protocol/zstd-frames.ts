import { DecompressionError } from './decompression-error.js';

/** A block unfolds to no more (RFC 8878, 3.1.1.2.4), so a frame to no more than its blocks times this. */
const largestBlock = 131_072;

/** RFC 8878, 3.1.1.1.2: what every decoder should support. Encoders go beyond it only for batches that Kafka would not take. */
const largestWindow = 8_388_608;

const frameMagic = 0xfd2f_b528;
const skippableMagic = 0x184d_2a50;

/**
 * Walks over the frames without decoding them, because the decoder in JavaScript takes the memory that a header asks for,
 * up to two gigabytes, before it reads on.
 * @throws DecompressionError for a frame that is cut off, or whose window or size its blocks cannot need.
 */
export function checkZstdFrames(bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at = afterFrame(bytes, at);
}

function afterFrame(bytes: Buffer, at: number): number {
  const magic = unsigned(bytes, at, 4);
  if ((magic & 0xffff_fff0) >>> 0 === skippableMagic) return at + 8 + unsigned(bytes, at + 4, 4);
  if (magic !== frameMagic) throw new DecompressionError('this is no zstd frame');
  const descriptor = unsigned(bytes, at + 4, 1);
  const header = readHeader(bytes, at + 5, descriptor);
  const { blocks, end } = walkBlocks(bytes, header.end);
  if (header.window > Math.max(blocks * largestBlock, header.isSingle ? 0 : largestWindow)) {
    throw new DecompressionError(`a zstd frame with a window of ${header.window} bytes`);
  }
  return end + (descriptor & 0x04 ? 4 : 0);
}

interface FrameHeader {
  /** How far back the frame may reach: the memory that it takes. */
  readonly window: number;
  /** The frame says its size, and that is the window. */
  readonly isSingle: boolean;
  readonly end: number;
}

function readHeader(bytes: Buffer, at: number, descriptor: number): FrameHeader {
  const isSingle = (descriptor & 0x20) !== 0;
  const dictionaryId = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const contentSize = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  const sizeAt = at + (isSingle ? 0 : 1) + dictionaryId;
  const end = sizeAt + contentSize;
  if (!isSingle) {
    const window = unsigned(bytes, at, 1);
    const base = 2 ** (10 + (window >> 3));
    return { window: base + (base / 8) * (window & 7), isSingle, end };
  }
  const size = contentSize === 8 ? sizeOf8(bytes, sizeAt) : unsigned(bytes, sizeAt, contentSize);
  return { window: contentSize === 2 ? size + 256 : size, isSingle, end };
}

function sizeOf8(bytes: Buffer, at: number): number {
  return unsigned(bytes, at, 4) + unsigned(bytes, at + 4, 4) * 2 ** 32;
}

/** Three bytes before each block: whether it is the last, its type (1: one byte repeated), its size. */
function walkBlocks(bytes: Buffer, start: number): { readonly blocks: number; readonly end: number } {
  let at = start;
  for (let blocks = 1; ; blocks++) {
    const header = unsigned(bytes, at, 3);
    const isRepeated = ((header >> 1) & 3) === 1;
    at += 3 + (isRepeated ? 1 : header >> 3);
    if (at > bytes.length) throw new DecompressionError('a zstd frame is cut off');
    if (header & 1) return { blocks, end: at };
  }
}

function unsigned(bytes: Buffer, at: number, count: number): number {
  if (at + count > bytes.length) throw new DecompressionError('a zstd frame is cut off');
  return bytes.readUIntLE(at, count);
}
