import { arrayCodec, primitiveCodec, nullableStruct, type Codec } from './codec.js';
import { structCodec, type FieldCodec } from './struct-codec.js';
import type { Field, FieldTable, Shape } from './schema.js';
import { includesVersion } from './version-range.js';

/**
 * Turns a table into the reader and writer of one version. Done once per table and version, then kept: the tables are
 * constants of the program, so the cache is bounded by them.
 */
export function compile(fields: FieldTable, version: number, flexible: boolean): Codec {
  const versions = cache.get(fields) ?? new Map<number, Codec>();
  cache.set(fields, versions);
  const known = versions.get(version);
  if (known !== undefined) return known;
  const compiled = compileStruct(fields, version, flexible);
  versions.set(version, compiled);
  return compiled;
}

const cache = new WeakMap<FieldTable, Map<number, Codec>>();

function compileStruct(fields: FieldTable, version: number, flexible: boolean): Codec {
  const members = Object.entries(fields).map(([name, field]) => compileField(name, field, version, flexible));
  return structCodec(members, flexible);
}

function compileField(name: string, field: Field, version: number, flexible: boolean): FieldCodec {
  const nullable = includesVersion(field.nullableVersions, version);
  const codec = compileShape(field.shape, version, flexible, nullable);
  const present = includesVersion(field.versions, version);
  const tagged = includesVersion(field.taggedVersions, version);
  const placement = !present ? 'absent' : tagged ? 'tagged' : 'plain';
  return {
    name,
    codec,
    placement,
    tag: field.tag ?? -1,
    default: field.default === undefined ? codec.zero : field.default,
  };
}

function compileShape(shape: Shape, version: number, flexible: boolean, nullable: boolean): Codec {
  switch (shape.kind) {
    case 'primitive':
      return primitiveCodec(shape.type, flexible, nullable);
    case 'array':
      return arrayCodec(compileShape(shape.element, version, flexible, false), flexible, nullable);
    case 'struct': {
      const codec = compileStruct(shape.fields, version, flexible);
      return nullable ? nullableStruct(codec) : codec;
    }
  }
}
