import { createRequire } from 'node:module';

/** kafkajs's own encoders and decoders: an oracle that knows nothing of our tables. It has no `exports` field and no types for these. */
const load = createRequire(import.meta.url);

export interface KafkajsRequest {
  readonly apiKey: number;
  readonly apiVersion: number;
  encode(): Promise<{ readonly buffer: Buffer }>;
}

export interface KafkajsResponse {
  decode(body: Buffer): Promise<unknown>;
}

interface KafkajsRecordBatch {
  readonly firstOffset: string;
  readonly records: readonly KafkajsRecord[];
}

export interface KafkajsRecord {
  readonly offset: string;
  readonly timestamp: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer>>;
  readonly isControlRecord: boolean;
  readonly batchContext: Readonly<Record<string, unknown>>;
}

interface AssignerProtocol {
  readonly MemberMetadata: {
    encode(metadata: object): Buffer;
    decode(bytes: Buffer): unknown;
  };
  readonly MemberAssignment: {
    encode(assignment: object): Buffer;
    decode(bytes: Buffer): unknown;
  };
}

export const kafkajsInternals = {
  /** Most requests take an object, some a list. */
  request: (folder: string, version: number) =>
    load(`kafkajs/src/protocol/requests/${folder}/v${version}/request`) as (
      fields: unknown,
    ) => KafkajsRequest,
  /** Two of the decoders are made by a function of the request's fields. */
  response(folder: string, version: number, fields: unknown): KafkajsResponse {
    const found = load(`kafkajs/src/protocol/requests/${folder}/v${version}/response`) as
      KafkajsResponse | ((fields: unknown) => KafkajsResponse);
    return typeof found === 'function' ? found(fields) : found;
  },
  decoder: () => load('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => object,
  decodeRecordBatch: () =>
    load('kafkajs/src/protocol/recordBatch/v0/decoder') as (decoder: object) => Promise<KafkajsRecordBatch>,
  encodeRequestFrame: () =>
    load('kafkajs/src/protocol/request') as (request: {
      readonly correlationId: number;
      readonly clientId: string;
      readonly request: KafkajsRequest;
    }) => Promise<{ readonly buffer: Buffer }>,
  assignerProtocol: () => load('kafkajs/src/consumer/assignerProtocol') as AssignerProtocol,
};
