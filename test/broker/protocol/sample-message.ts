import type { Field, FieldTable, PrimitiveName, Shape } from '../../../src/broker/protocol/schema.js';
import { uuidFromBytes } from '../../../src/broker/protocol/uuid.js';
import { includesVersion } from '../../../src/broker/protocol/version-range.js';
import type { Random } from './seeded-random.js';

export type Struct = Readonly<Record<string, unknown>>;

/** What makes up the values of a message. */
export interface ValueSource {
  readonly withTaggedFields: boolean;
  readonly arrayLength: () => number;
  readonly isNull: () => boolean;
  readonly isOmitted: () => boolean;
  readonly primitive: (type: PrimitiveName, name: string) => unknown;
}

/** A message with the fields that the version has. */
export function sampleMessage(fields: FieldTable, version: number, source: ValueSource): Struct {
  const entries = Object.entries(fields)
    .filter(([, field]) => includesVersion(field.versions, version))
    .filter(([, field]) => source.withTaggedFields || !includesVersion(field.taggedVersions, version))
    .filter(() => !source.isOmitted())
    .map(([name, field]) => [name, sampleField(name, field, version, source)]);
  return Object.fromEntries(entries) as Struct;
}

/** Values from the whole range of each type, now and then null, empty or left out. */
export function randomSource(random: Random): ValueSource {
  return {
    withTaggedFields: true,
    arrayLength: () => random.below(4),
    isNull: () => random.chance(0.3),
    isOmitted: () => random.chance(0.1),
    primitive: (type) => randomPrimitive(type, random),
  };
}

/** Every value is another, nothing is null or left out; error codes are 0, because some decoders throw otherwise. */
export function distinctSource(withTaggedFields = true): ValueSource {
  let count = 0;
  return {
    withTaggedFields,
    arrayLength: () => 2,
    isNull: () => false,
    isOmitted: () => false,
    primitive: (type, name) => (/errorCode$/i.test(name) ? 0 : distinctPrimitive(type, ++count)),
  };
}

/** A copy with another value for every field of that name, at any depth. */
export function withField(message: unknown, name: string, replacement: unknown): object {
  return changedCopy(message, (field, value) => (field === name ? replacement : value)) as object;
}

function sampleField(name: string, field: Field, version: number, source: ValueSource): unknown {
  if (includesVersion(field.nullableVersions, version) && source.isNull()) return null;
  return sampleShape(name, field.shape, version, source);
}

function sampleShape(name: string, shape: Shape, version: number, source: ValueSource): unknown {
  switch (shape.kind) {
    case 'primitive':
      return source.primitive(shape.type, name);
    case 'array':
      return Array.from({ length: source.arrayLength() }, () =>
        sampleShape(name, shape.element, version, source),
      );
    case 'struct':
      return sampleMessage(shape.fields, version, source);
  }
}

function randomPrimitive(type: PrimitiveName, random: Random): unknown {
  switch (type) {
    case 'bool':
      return random.chance(0.5);
    case 'int8':
      return random.below(256) - 128;
    case 'int16':
      return random.below(65_536) - 32_768;
    case 'int32':
      return random.below(2 ** 32) - 2 ** 31;
    case 'int64':
      return random.int64();
    case 'uuid':
      return uuidFromBytes(random.bytes(16));
    case 'string':
      return ['', 'orders', 'commande déjà reçue', '順序 🚀', 'x'.repeat(random.below(300))][random.below(5)];
    case 'bytes':
    case 'records':
      return random.bytes(random.chance(0.1) ? 20_000 : random.below(40));
  }
}

function distinctPrimitive(type: PrimitiveName, count: number): unknown {
  switch (type) {
    case 'bool':
      return true;
    case 'int8':
      return count % 100;
    case 'int16':
    case 'int32':
      return 1000 + count;
    case 'int64':
      return 5_000_000_000n + BigInt(count);
    case 'uuid':
      return uuidFromBytes(Buffer.alloc(16, count));
    case 'string':
      return `text ${count}`;
    case 'bytes':
    case 'records':
      return Buffer.from(`bytes ${count}`);
  }
}

function changedCopy(value: unknown, change: (name: string, value: unknown) => unknown): unknown {
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return value;
  if (Array.isArray(value)) return value.map((element: unknown) => changedCopy(element, change));
  return Object.fromEntries(
    Object.entries(value as Struct).map(([name, each]) => [name, changedCopy(change(name, each), change)]),
  );
}
