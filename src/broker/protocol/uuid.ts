/** "No id": sixteen zero bytes. */
export const zeroUuid = 'AAAAAAAAAAAAAAAAAAAAAA';

/** Kafka's text form of a uuid: base64url without padding, 22 characters (`org.apache.kafka.common.Uuid.toString`). */
export function uuidFromBytes(bytes: Buffer): string {
  return bytes.toString('base64url');
}

export function uuidToBytes(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== 16) throw new TypeError(`not a uuid: ${text}`);
  return bytes;
}
