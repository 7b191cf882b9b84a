import type { Field, FieldTable, Shape } from '../../src/broker/protocol/schema.js';
import { zeroUuid } from '../../src/broker/protocol/uuid.js';
import { includesVersion, parseVersions, type Versions } from '../../src/broker/protocol/version-range.js';
import type { FieldDefinition, MessageDefinition, StructDefinition } from './kafka-clients-jar.js';

/** A field as one version of a message has it, however it was written down. */
export interface WireField {
  /** `topics[].name` */
  readonly path: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly tag: number | undefined;
  readonly default: string;
}

/** The fields of one version in the order of the wire, those of structs after the struct. */
export function ourFields(table: FieldTable, version: number, prefix = ''): readonly WireField[] {
  return Object.entries(table)
    .filter(([, field]) => includesVersion(field.versions, version))
    .flatMap(([name, field]) => ourField(prefix + name, field, version));
}

/** The same from Kafka's definition. */
export function officialFields(message: MessageDefinition, version: number): readonly WireField[] {
  return officialStruct(message.fields, message.commonStructs ?? [], version, '');
}

function ourField(path: string, field: Field, version: number): readonly WireField[] {
  const nullable = includesVersion(field.nullableVersions, version);
  const tagged = includesVersion(field.taggedVersions, version);
  const own = {
    path,
    type: shapeName(field.shape),
    nullable,
    tag: tagged ? field.tag : undefined,
    default: ourDefault(field),
  };
  return [own, ...nestedOf(field.shape, path, version)];
}

function ourDefault(field: Field): string {
  if (field.default === undefined) return zeroOf(shapeName(field.shape));
  return typeof field.default === 'bigint' ? field.default.toString() : JSON.stringify(field.default);
}

function nestedOf(shape: Shape, path: string, version: number): readonly WireField[] {
  if (shape.kind === 'primitive') return [];
  if (shape.kind === 'array') return nestedOf(shape.element, `${path}[]`, version);
  return ourFields(shape.fields, version, `${path}.`);
}

function shapeName(shape: Shape): string {
  if (shape.kind === 'array') return `[]${shapeName(shape.element)}`;
  return shape.kind === 'struct' ? 'struct' : shape.type;
}

function officialStruct(
  fields: readonly FieldDefinition[],
  common: readonly StructDefinition[],
  version: number,
  prefix: string,
): readonly WireField[] {
  return fields
    .filter((field) => has(field.versions, version))
    .flatMap((field) => officialField(field, common, version, prefix));
}

function officialField(
  field: FieldDefinition,
  common: readonly StructDefinition[],
  version: number,
  prefix: string,
): readonly WireField[] {
  const path = prefix + field.name.charAt(0).toLowerCase() + field.name.slice(1);
  const isArray = field.type.startsWith('[]');
  const element = isArray ? field.type.slice(2) : field.type;
  const nested = field.fields ?? common.find((struct) => struct.name === element)?.fields;
  const type = `${isArray ? '[]' : ''}${nested === undefined ? element : 'struct'}`;
  const own = {
    path,
    type,
    nullable: has(field.nullableVersions, version),
    tag: has(field.taggedVersions, version) ? field.tag : undefined,
    default: officialDefault(field.default, type),
  };
  if (nested === undefined) return [own];
  return [own, ...officialStruct(nested, common, version, `${path}${isArray ? '[]' : ''}.`)];
}

function has(versions: string | undefined, version: number): boolean {
  return versions !== undefined && includesVersion(parseVersions(versions as Versions), version);
}

function officialDefault(value: FieldDefinition['default'], type: string): string {
  if (value === undefined || value === '') return zeroOf(type);
  const text = String(value);
  return /^-?(0x[0-9a-f]+|\d+)$/i.test(text) ? String(parseInteger(text)) : text;
}

function parseInteger(text: string): bigint {
  return text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text);
}

function zeroOf(type: string): string {
  if (type === 'bool') return 'false';
  if (type === 'uuid') return zeroUuid;
  return /^int\d+$/.test(type) ? '0' : '';
}
