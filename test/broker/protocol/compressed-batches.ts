/** What is in each of the batches below: value and timestamp. */
export const compressedByKafka: readonly (readonly [value: string, timestamp: bigint])[] = [
  ['alpha', 1000n],
  ['beta '.repeat(40), 1500n],
  ['gamma', 2000n],
];

/** The same three records as Apache Kafka 3.9.1 compressed them (topics with `compression.type`), fetched again. */
export const batchesOfKafka = {
  gzip: fromBase64(
    'AAAAAAAAAAAAAABwAAAAAAJEcq26AAEAAAACAAAAAAAAA+gAAAAAAAAH0P//////////////////AAAAAx+LCAAAAAAAAP8TY2BgYORKzCnISGRYwMzwgp2JcQJz' +
      'UmpJosIwIBgkGC7wszBypSfm5iYyAAAHSGKQ6wAAAA==',
  ),
  snappy: fromBase64(
    'AAAAAAAAAAAAAAB8AAAAAAJRBK+AAAIAAAACAAAAAAAAA+gAAAAAAAAH0P//////////////////AAAAA4JTTkFQUFkAAAAAAQAAAAEAAAA36wFkFgAAAAEKYWxw' +
      'aGEAoAMA6AcCAZADYmV0YSD+BQD+BQDuBQANBTQAGADQDwQBCmdhbW1hAA==',
  ),
  lz4: fromBase64(
    'AAAAAAAAAAAAAABuAAAAAAIYU0kjAAMAAAACAAAAAAAAA+gAAAAAAAAH0P//////////////////AAAAAwQiTRhgQIIuAAAA/wsWAAAAAQphbHBoYQCgAwDoBwIB' +
      'kANiZXRhIAUAsOAAGADQDwQBCmdhbW1hAAAAAAA=',
  ),
  zstd: fromBase64(
    'AAAAAAAAAAAAAABtAAAAAAIdrBgXAAQAAAACAAAAAAAAA+gAAAAAAAAH0P//////////////////AAAAAyi1L/0AWIQBAIQCFgAAAAEKYWxwaGEAoAMA6AcCAZAD' +
      'YmV0YSAAGADQDwQBCmdhbW1hAAEAAkGVMQEAAA==',
  ),
};

function fromBase64(text: string): Buffer {
  return Buffer.from(text, 'base64');
}
