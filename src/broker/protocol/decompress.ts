import zlib from 'node:zlib';
import { MalformedError } from './malformed-error.js';
import type { Compression } from './record-batch.js';

/** A few kilobytes can unfold to gigabytes; what is larger than this is refused. */
export const defaultMaximumInflatedBytes = 104_857_600;

/**
 * Undoes a batch's compression. Undefined: not a codec that this Node has (snappy, lz4; zstd before Node 22.15).
 * @throws MalformedError if the bytes are not so compressed or unfold to more than the maximum.
 */
export function decompress(
  compression: Compression,
  bytes: Buffer,
  maximumBytes: number,
): Buffer | undefined {
  switch (compression) {
    case 'none':
      return bytes;
    case 'gzip':
      return inflate(() => zlib.gunzipSync(bytes, { maxOutputLength: maximumBytes }));
    case 'zstd':
      if (!('zstdDecompressSync' in zlib)) return undefined;
      return inflate(() => zlib.zstdDecompressSync(bytes, { maxOutputLength: maximumBytes }));
    case 'snappy':
    case 'lz4':
      return undefined;
  }
}

function inflate(run: () => Buffer): Buffer {
  try {
    return run();
  } catch (error) {
    throw new MalformedError('the records cannot be decompressed', { cause: error });
  }
}
