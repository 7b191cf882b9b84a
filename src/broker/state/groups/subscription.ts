/**
 * The topics in a consumer's subscription (ConsumerProtocolSubscription: version int16, topics array of string, …), or
 * undefined when the bytes are not one: other protocol types put what they like into a member's metadata.
 */
export function subscribedTopics(metadata: Buffer): readonly string[] | undefined {
  try {
    return readTopics(metadata);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readTopics(metadata: Buffer): readonly string[] | undefined {
  const count = metadata.readInt32BE(2);
  if (metadata.readInt16BE(0) < 0 || count < 0 || count > metadata.length) return undefined;
  const topics: string[] = [];
  let position = 6;
  for (let index = 0; index < count; index++) {
    const length = metadata.readInt16BE(position);
    const end = position + 2 + length;
    if (length < 0 || end > metadata.length) return undefined;
    topics.push(metadata.toString('utf8', position + 2, end));
    position = end;
  }
  return topics;
}
