import { snappyUncompressor } from 'hysnappy';
import { DecompressionError } from './decompression-error.js';

/**
 * Snappy as Kafka's clients send it: raw (librdkafka, franz-go), or in the framing of snappy-java (Java, kafkajs, sarama):
 * a magic, two int32 of versions, then blocks with an int32 of length before each.
 * @throws DecompressionError, or whatever the decoder throws at bytes that are not snappy.
 */
export function snappyDecompress(bytes: Buffer, maximumBytes: number): Buffer {
  if (!bytes.subarray(0, framingMagic.length).equals(framingMagic)) return uncompress(bytes, maximumBytes);
  const blocks: Buffer[] = [];
  let left = maximumBytes;
  for (let at = framingHeader; at < bytes.length;) {
    const length = bytes.readInt32BE(at);
    if (length < 0 || length > bytes.length - at - 4) {
      throw new DecompressionError('a snappy block is not as long as it says');
    }
    const block = uncompress(bytes.subarray(at + 4, at + 4 + length), left);
    blocks.push(block);
    left -= block.length;
    at += 4 + length;
  }
  return Buffer.concat(blocks);
}

const framingMagic = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const framingHeader = 16;

/** Three bytes of a copy unfold to 64 at most: a length beyond this is a lie, and no memory is taken for it. */
const largestRatio = 64;

/** The memory of a decoder never shrinks: one that had to grow beyond this is not kept. */
const largestKept = 4_194_304;

let kept: ReturnType<typeof snappyUncompressor> | undefined;

function uncompress(block: Buffer, maximumBytes: number): Buffer {
  const length = announcedLength(block);
  if (length > maximumBytes || length > block.length * largestRatio) {
    throw new DecompressionError(`a snappy block of ${length} bytes`);
  }
  const decoder = length > largestKept ? snappyUncompressor() : (kept ??= snappyUncompressor());
  const content = decoder(block, length);
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength);
}

/** The varint before a raw block. */
function announcedLength(block: Buffer): number {
  let length = 0;
  for (let index = 0; index < 5; index++) {
    const byte = block.readUInt8(index);
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return length;
  }
  throw new DecompressionError('the length of a snappy block has no end');
}
