import { readMessage, writeMessage, type MessageSchema } from './api.js';
import { Reader } from './reader.js';
import { array, bytes, int32, string, type Encodable, type FieldTable, type Message } from './schema.js';
import { Writer } from './writer.js';

/**
 * What members of type "consumer" put into JoinGroup and SyncGroup: a version, then a message of that version
 * (`ConsumerProtocol`). The broker carries it unread; it is decoded to show who has which partition.
 */
export interface ConsumerProtocolMessage<Decoded> {
  readonly name: string;
  readonly versions: { readonly min: 0; readonly max: 3 };
  readonly flexibleFrom: undefined;
  readonly schema: MessageSchema<Decoded>;
}

const topicPartitions = {
  topic: string('0+'),
  partitions: array('0+', 'int32'),
} as const;

export const consumerSubscription = consumerProtocolMessage('ConsumerProtocolSubscription', {
  topics: array('0+', 'string'),
  userData: bytes('0+', { nullable: '0+', default: null }),
  ownedPartitions: array('1+', topicPartitions),
  generationId: int32('2+', { default: -1 }),
  rackId: string('3+', { nullable: '3+', default: null }),
});

export const consumerAssignment = consumerProtocolMessage('ConsumerProtocolAssignment', {
  assignedPartitions: array('0+', topicPartitions),
  userData: bytes('0+', { nullable: '0+', default: null }),
});

export type ConsumerSubscription = DecodedOf<typeof consumerSubscription>;
export type ConsumerAssignment = DecodedOf<typeof consumerAssignment>;
type DecodedOf<Definition> = Definition extends ConsumerProtocolMessage<infer Decoded> ? Decoded : never;

/** @throws MalformedError if the bytes are no subscription. A version above 3 is read as 3, as Kafka does. */
export function decodeSubscription(metadata: Buffer): ConsumerSubscription {
  return decode(consumerSubscription, metadata);
}

/** No bytes at all are an empty assignment. @throws MalformedError if the bytes are no assignment. */
export function decodeAssignment(assignment: Buffer): ConsumerAssignment {
  if (assignment.length === 0) return { assignedPartitions: [], userData: null };
  return decode(consumerAssignment, assignment);
}

export function encodeSubscription(version: number, subscription: Encodable<ConsumerSubscription>): Buffer {
  return encode(consumerSubscription, version, subscription);
}

export function encodeAssignment(version: number, assignment: Encodable<ConsumerAssignment>): Buffer {
  return encode(consumerAssignment, version, assignment);
}

function decode<Decoded>(definition: ConsumerProtocolMessage<Decoded>, content: Buffer): Decoded {
  const reader = new Reader(content);
  const version = Math.min(reader.int16(), definition.versions.max);
  return readMessage(definition, definition.schema, Math.max(version, 0), reader);
}

function encode<Decoded>(
  definition: ConsumerProtocolMessage<Decoded>,
  version: number,
  message: Encodable<Decoded>,
): Buffer {
  const writer = new Writer();
  writer.int16(version);
  writeMessage(definition, definition.schema, version, writer, message);
  return writer.finish();
}

function consumerProtocolMessage<const Table extends FieldTable>(
  name: string,
  fields: Table,
): ConsumerProtocolMessage<Message<Table>> {
  return { name, versions: { min: 0, max: 3 }, flexibleFrom: undefined, schema: { fields } };
}
