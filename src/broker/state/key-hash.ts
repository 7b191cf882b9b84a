/** Java's String.hashCode, over UTF-16 units, as a signed 32-bit integer: it decides which coordinator has a key. */
export function javaStringHash(key: string): number {
  let hash = 0;
  for (let index = 0; index < key.length; index++) hash = (Math.imul(hash, 31) + key.charCodeAt(index)) | 0;
  return hash;
}

/** The partition of __consumer_offsets or __transaction_state that has a key (Utils.abs: the sign bit is dropped). */
export function coordinatorPartition(key: string, partitions = 50): number {
  return (javaStringHash(key) & 0x7fffffff) % partitions;
}
