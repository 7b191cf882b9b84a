import type { Codec } from './codec.js';
import { MalformedError } from './malformed-error.js';
import { Reader } from './reader.js';
import { Writer } from './writer.js';

export interface FieldCodec {
  readonly name: string;
  readonly codec: Codec;
  /** Where this version has the field: in line, among the tagged fields, or not at all. */
  readonly placement: 'plain' | 'tagged' | 'absent';
  readonly tag: number;
  readonly default: unknown;
}

type Struct = Record<string, unknown>;

/** Fields one after the other; in flexible versions the tagged fields follow, and unknown ones are skipped (KIP-482). */
export function structCodec(fields: readonly FieldCodec[], flexible: boolean): Codec {
  const plain = fields.filter((field) => field.placement === 'plain');
  const tagged = fields.filter((field) => field.placement === 'tagged').sort((a, b) => a.tag - b.tag);
  const zero = Object.freeze(Object.fromEntries(fields.map((field) => [field.name, field.default])));
  return {
    zero,
    minimumSize: plain.reduce((size, field) => size + field.codec.minimumSize, flexible ? 1 : 0),
    read(reader) {
      const struct: Struct = {};
      for (const field of fields) {
        struct[field.name] = field.placement === 'plain' ? field.codec.read(reader) : field.default;
      }
      if (flexible) readTagged(reader, tagged, struct);
      return struct;
    },
    write(writer, value) {
      const struct = value as Struct;
      for (const field of plain) field.codec.write(writer, valueOf(struct, field));
      if (flexible) writeTagged(writer, tagged, struct);
    },
  };
}

function valueOf(struct: Struct, field: FieldCodec): unknown {
  const value = struct[field.name];
  return value === undefined ? field.default : value;
}

function readTagged(reader: Reader, tagged: readonly FieldCodec[], struct: Struct): void {
  const count = reader.unsignedVarint();
  for (let index = 0; index < count; index++) {
    const tag = reader.unsignedVarint();
    const size = reader.unsignedVarint();
    const field = tagged.find((candidate) => candidate.tag === tag);
    if (field === undefined) reader.skip(size);
    else struct[field.name] = readWhole(field, reader.bytes(size));
  }
}

function readWhole(field: FieldCodec, content: Buffer): unknown {
  const reader = new Reader(content);
  const value = field.codec.read(reader);
  if (reader.remaining > 0) throw new MalformedError(`the tagged field ${field.name} is too long`);
  return value;
}

/** As Kafka does, a tagged field that has its default is not sent. */
function writeTagged(writer: Writer, tagged: readonly FieldCodec[], struct: Struct): void {
  const sent = tagged.filter((field) => !isDefault(valueOf(struct, field), field.default));
  writer.unsignedVarint(sent.length);
  for (const field of sent) {
    const content = new Writer(64);
    field.codec.write(content, valueOf(struct, field));
    writer.unsignedVarint(field.tag);
    writer.unsignedVarint(content.size);
    writer.bytes(content.finish());
  }
}

function isDefault(value: unknown, standard: unknown): boolean {
  if (value === standard) return true;
  if (value === null || standard === null || typeof value !== 'object' || typeof standard !== 'object') {
    return false;
  }
  if (Array.isArray(value) || Buffer.isBuffer(value)) return value.length === 0;
  const given = value as Struct;
  return Object.entries(standard).every(
    ([name, each]) => given[name] === undefined || isDefault(given[name], each),
  );
}
