import { compile } from './compile.js';
import { Reader } from './reader.js';
import type { Encodable, FieldTable, Message } from './schema.js';
import { includesVersion, type VersionRange } from './version-range.js';
import { Writer } from './writer.js';

/** One API of the Kafka protocol: the tables of its request and its response. `Request` and `Response` are the decoded messages. */
export interface ApiDefinition<Request, Response> {
  readonly key: number;
  readonly name: string;
  /** What the tables know; a broker advertises what its handler answers, which may be less. */
  readonly versions: VersionRange;
  /** The first version with compact lengths and tagged fields (KIP-482); undefined: there is none. */
  readonly flexibleFrom: number | undefined;
  readonly request: MessageSchema<Request>;
  readonly response: MessageSchema<Response>;
}

export interface MessageSchema<Decoded> {
  readonly fields: FieldTable;
  /**
   * Never set: carries the type. The method form makes the parameter bivariant, so that a registry can hold every API as
   * `ApiDefinition<never, unknown>`: what it decodes is then accepted only by the handler that belongs to it.
   */
  readonly type?: { carries(message: Decoded): void }['carries'];
}

export type RequestOf<Api> = Api extends ApiDefinition<infer Request, unknown> ? Request : never;
export type ResponseOf<Api> = Api extends ApiDefinition<never, infer Response> ? Response : never;

/** Any API, for look-ups by key: decoded messages are plain unknown objects. */
export type AnyApi = ApiDefinition<unknown, unknown>;

export function defineApi<const Request extends FieldTable, const Response extends FieldTable>(definition: {
  readonly key: number;
  readonly name: string;
  readonly versions: VersionRange;
  readonly flexibleFrom: number | undefined;
  readonly request: Request;
  readonly response: Response;
}): ApiDefinition<Message<Request>, Message<Response>> {
  return {
    ...definition,
    request: { fields: definition.request },
    response: { fields: definition.response },
  };
}

/**
 * Decodes a request body (without its header). Every field is there; one that the version lacks has its default. Bytes
 * after the message are ignored, as Kafka's broker does.
 * @throws MalformedError if the bytes are not such a message; RangeError if the tables do not know the version.
 */
export function decodeRequest<Request, Response>(
  api: ApiDefinition<Request, Response>,
  version: number,
  body: Buffer,
): Request {
  return readMessage(api, api.request, version, new Reader(body));
}

/** Decodes a response body (without its header); as decodeRequest. */
export function decodeResponse<Request, Response>(
  api: ApiDefinition<Request, Response>,
  version: number,
  body: Buffer,
): Response {
  return readMessage(api, api.response, version, new Reader(body));
}

/** Encodes a request body. Omitted fields get their defaults; fields that the version lacks are left out. */
export function encodeRequest<Request, Response>(
  api: ApiDefinition<Request, Response>,
  version: number,
  request: Encodable<Request>,
): Buffer {
  const writer = new Writer();
  writeMessage(api, api.request, version, writer, request);
  return writer.finish();
}

/** Encodes a response body; as encodeRequest. */
export function encodeResponse<Request, Response>(
  api: ApiDefinition<Request, Response>,
  version: number,
  response: Encodable<Response>,
): Buffer {
  const writer = new Writer();
  writeMessage(api, api.response, version, writer, response);
  return writer.finish();
}

/** Whether this version of the API uses compact lengths and tagged fields. */
export function isFlexible(
  api: Pick<ApiDefinition<unknown, unknown>, 'flexibleFrom'>,
  version: number,
): boolean {
  return api.flexibleFrom !== undefined && version >= api.flexibleFrom;
}

/** Reads one message from where the reader stands. Throws as decodeRequest. */
export function readMessage<Decoded>(
  api: ApiVersioning,
  schema: MessageSchema<Decoded>,
  version: number,
  reader: Reader,
): Decoded {
  assertKnown(api, version);
  return compile(schema.fields, version, isFlexible(api, version)).read(reader) as Decoded;
}

/** Writes one message at the writer's end. */
export function writeMessage<Decoded>(
  api: ApiVersioning,
  schema: MessageSchema<Decoded>,
  version: number,
  writer: Writer,
  message: Encodable<Decoded>,
): void {
  assertKnown(api, version);
  compile(schema.fields, version, isFlexible(api, version)).write(writer, message);
}

type ApiVersioning = Pick<ApiDefinition<unknown, unknown>, 'name' | 'versions' | 'flexibleFrom'>;

function assertKnown(api: ApiVersioning, version: number): void {
  if (includesVersion(api.versions, version)) return;
  throw new RangeError(`${api.name} has no version ${version}`);
}
