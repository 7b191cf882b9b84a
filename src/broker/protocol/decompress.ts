import { gunzipSync } from 'node:zlib';
import { DecompressionError } from './decompression-error.js';
import { lz4Decompress } from './lz4.js';
import type { Compression } from './record-batch.js';
import { snappyDecompress } from './snappy.js';
import { zstdDecompress } from './zstd.js';

/** A few kilobytes can unfold to gigabytes; what is larger than this is refused. */
export const defaultMaximumInflatedBytes = 104_857_600;

/**
 * Undoes a batch's compression.
 * @throws DecompressionError if the bytes are not so compressed or unfold to more than the maximum.
 */
export function decompress(compression: Compression, bytes: Buffer, maximumBytes: number): Buffer {
  if (compression === 'none') return bytes;
  try {
    return codecs[compression](bytes, maximumBytes);
  } catch (error) {
    if (error instanceof DecompressionError) throw error;
    throw new DecompressionError('the records cannot be decompressed', { cause: error });
  }
}

type Decompress = (bytes: Buffer, maximumBytes: number) => Buffer;

const codecs: Readonly<Record<Exclude<Compression, 'none'>, Decompress>> = {
  gzip: (bytes, maximumBytes) => gunzipSync(bytes, { maxOutputLength: maximumBytes }),
  snappy: snappyDecompress,
  lz4: lz4Decompress,
  zstd: zstdDecompress,
};
