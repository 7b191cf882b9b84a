import zlib from 'node:zlib';
import { Decompress } from 'fzstd';
import { DecompressionError } from './decompression-error.js';
import { checkZstdFrames } from './zstd-frames.js';

/**
 * Zstandard (RFC 8878): by Node's own codec where there is one (22.15 and later), else in JavaScript.
 * @throws DecompressionError beyond the maximum, or whatever the decoder throws at bytes that are not zstd.
 */
export function zstdDecompress(bytes: Buffer, maximumBytes: number): Buffer {
  // No frame at all is no record: the batch's own checks say so, as Kafka's do.
  if (bytes.length === 0) return bytes;
  if ('zstdDecompressSync' in zlib) return zlib.zstdDecompressSync(bytes, { maxOutputLength: maximumBytes });
  return zstdInJavaScript(bytes, maximumBytes);
}

/** As zstdDecompress, on every Node. */
export function zstdInJavaScript(bytes: Buffer, maximumBytes: number): Buffer {
  checkZstdFrames(bytes);
  const chunks: Uint8Array[] = [];
  let total = 0;
  const decoder = new Decompress((chunk) => {
    total += chunk.length;
    if (total > maximumBytes) throw new DecompressionError('the records unfold to more than is allowed');
    chunks.push(chunk);
  });
  decoder.push(bytes, true);
  return Buffer.concat(chunks, total);
}
