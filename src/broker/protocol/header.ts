import { isFlexible, readMessage, writeMessage, type ApiDefinition } from './api.js';
import { apiByKey } from './apis.js';
import { Reader } from './reader.js';
import type { Encodable } from './schema.js';
import { Writer } from './writer.js';

export interface RequestHeader {
  readonly apiKey: number;
  readonly apiVersion: number;
  readonly correlationId: number;
  readonly clientId: string | null;
}

/**
 * Version 0 has no client id (only ControlledShutdown 0 uses it), 1 has one, 2 has tagged fields after it. The client id
 * keeps its two-byte length in version 2, so that a broker can read the header of an API that it does not know.
 */
export type RequestHeaderVersion = 0 | 1 | 2;
/** Version 1 has tagged fields after the correlation id. */
export type ResponseHeaderVersion = 0 | 1;

const apiVersionsKey = 18;
const controlledShutdownKey = 7;

export function requestHeaderVersion(apiKey: number, apiVersion: number): RequestHeaderVersion {
  if (apiKey === controlledShutdownKey && apiVersion === 0) return 0;
  const api = apiByKey(apiKey);
  return api !== undefined && isFlexible(api, apiVersion) ? 2 : 1;
}

/** ApiVersions is always answered with version 0 (KIP-511): the client cannot know yet what the broker understands. */
export function responseHeaderVersion(apiKey: number, apiVersion: number): ResponseHeaderVersion {
  const api = apiByKey(apiKey);
  return apiKey !== apiVersionsKey && api !== undefined && isFlexible(api, apiVersion) ? 1 : 0;
}

/**
 * Splits a request frame (without its length) into header and body; the body is a view.
 * @throws MalformedError if the frame is too short for its header.
 */
export function decodeRequestHeader(frame: Buffer): {
  readonly header: RequestHeader;
  readonly body: Buffer;
} {
  const reader = new Reader(frame);
  const apiKey = reader.int16();
  const apiVersion = reader.int16();
  const correlationId = reader.int32();
  const version = requestHeaderVersion(apiKey, apiVersion);
  const clientId = version === 0 ? null : readClientId(reader);
  if (version === 2) skipTaggedFields(reader);
  return { header: { apiKey, apiVersion, correlationId, clientId }, body: frame.subarray(reader.position) };
}

/** Splits a response frame; which API and version it answers must be known from the request. */
export function decodeResponseHeader(
  frame: Buffer,
  apiKey: number,
  apiVersion: number,
): { readonly correlationId: number; readonly body: Buffer } {
  const reader = new Reader(frame);
  const correlationId = reader.int32();
  if (responseHeaderVersion(apiKey, apiVersion) === 1) skipTaggedFields(reader);
  return { correlationId, body: frame.subarray(reader.position) };
}

/** A whole request as it goes over the wire, its length first. Throws as encodeRequest. */
export function encodeRequestFrame<Request, Response>(
  api: ApiDefinition<Request, Response>,
  header: Omit<RequestHeader, 'apiKey'>,
  request: Encodable<Request>,
): Buffer {
  return framed((writer) => {
    writeRequestHeader(writer, { ...header, apiKey: api.key });
    writeMessage(api, api.request, header.apiVersion, writer, request);
  });
}

/** A whole response as it goes over the wire, its length first. Throws as encodeResponse. */
export function encodeResponseFrame<Request, Response>(
  api: ApiDefinition<Request, Response>,
  apiVersion: number,
  correlationId: number,
  response: Encodable<Response>,
): Buffer {
  return framed((writer) => {
    writer.int32(correlationId);
    if (responseHeaderVersion(api.key, apiVersion) === 1) writer.unsignedVarint(0);
    writeMessage(api, api.response, apiVersion, writer, response);
  });
}

/** Reads a response frame (without its length). Throws as decodeResponse. */
export function decodeResponseFrame<Request, Response>(
  api: ApiDefinition<Request, Response>,
  apiVersion: number,
  frame: Buffer,
): { readonly correlationId: number; readonly response: Response } {
  const { correlationId, body } = decodeResponseHeader(frame, api.key, apiVersion);
  return { correlationId, response: readMessage(api, api.response, apiVersion, new Reader(body)) };
}

/** Leaves room for the length and fills it in at the end, so that a large response is not copied once more. */
function framed(write: (writer: Writer) => void): Buffer {
  const writer = new Writer();
  writer.int32(0);
  write(writer);
  const frame = writer.finish();
  frame.writeInt32BE(frame.length - 4, 0);
  return frame;
}

function writeRequestHeader(writer: Writer, header: RequestHeader): void {
  const version = requestHeaderVersion(header.apiKey, header.apiVersion);
  writer.int16(header.apiKey);
  writer.int16(header.apiVersion);
  writer.int32(header.correlationId);
  if (version === 0) return;
  const clientId = header.clientId === null ? undefined : Buffer.from(header.clientId, 'utf8');
  writer.int16(clientId === undefined ? -1 : clientId.length);
  if (clientId !== undefined) writer.bytes(clientId);
  if (version === 2) writer.unsignedVarint(0);
}

function readClientId(reader: Reader): string | null {
  const length = reader.int16();
  return length < 0 ? null : reader.string(length);
}

function skipTaggedFields(reader: Reader): void {
  const count = reader.unsignedVarint();
  for (let index = 0; index < count; index++) {
    reader.unsignedVarint();
    reader.skip(reader.unsignedVarint());
  }
}
