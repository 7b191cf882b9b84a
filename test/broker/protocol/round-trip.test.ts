import assert from 'node:assert/strict';
import {
  readMessage,
  writeMessage,
  type AnyApi,
  type MessageSchema,
} from '../../../src/broker/protocol/api.js';
import { apis } from '../../../src/broker/protocol/apis.js';
import { Reader } from '../../../src/broker/protocol/reader.js';
import type { Field, FieldTable } from '../../../src/broker/protocol/schema.js';
import { zeroUuid } from '../../../src/broker/protocol/uuid.js';
import { includesVersion } from '../../../src/broker/protocol/version-range.js';
import { Writer } from '../../../src/broker/protocol/writer.js';
import { randomSource, sampleMessage, type Struct } from './sample-message.js';
import { seed, seededRandom } from './seeded-random.js';

const messagesPerVersion = 20;

describe(`what is encoded comes back when it is decoded (SEED=${seed})`, () => {
  for (const api of apis) {
    it(`${api.name} ${api.versions.min}–${api.versions.max}`, () => {
      const random = seededRandom(seed + api.key);
      for (let version = api.versions.min; version <= api.versions.max; version++) {
        for (let index = 0; index < messagesPerVersion; index++) {
          for (const schema of [api.request, api.response]) {
            checkRoundTrip(api, schema, version, sampleMessage(schema.fields, version, randomSource(random)));
          }
        }
      }
    });
  }
});

function checkRoundTrip(api: AnyApi, schema: MessageSchema<unknown>, version: number, message: Struct): void {
  const writer = new Writer(1);
  writeMessage(api, schema, version, writer, message);
  const reader = new Reader(writer.finish());
  const decoded = readMessage(api, schema, version, reader);
  assert.deepEqual(decoded, completed(schema.fields, version, message), `${api.name} ${version}`);
  assert.equal(reader.remaining, 0, `${api.name} ${version} is read to its end`);
}

/** The message with every field that was left out, or that the version does not have. */
function completed(fields: FieldTable, version: number, message: Struct): Struct {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const given = includesVersion(field.versions, version) ? message[name] : undefined;
      return [name, given === undefined ? defaultOf(field, version) : completedValue(field, version, given)];
    }),
  );
}

function completedValue({ shape }: Field, version: number, value: unknown): unknown {
  if (value === null) return value;
  if (shape.kind === 'struct') return completed(shape.fields, version, value as Struct);
  if (shape.kind !== 'array' || shape.element.kind !== 'struct') return value;
  const { fields } = shape.element;
  return (value as readonly Struct[]).map((element) => completed(fields, version, element));
}

const zeros: Readonly<Record<string, unknown>> = {
  bool: false,
  int64: 0n,
  uuid: zeroUuid,
  string: '',
  bytes: Buffer.alloc(0),
  records: Buffer.alloc(0),
};

function defaultOf(field: Field, version: number): unknown {
  if (field.default !== undefined) return field.default;
  if (field.shape.kind === 'array') return [];
  if (field.shape.kind === 'struct') return completed(field.shape.fields, version, {});
  return zeros[field.shape.type] ?? 0;
}
