import type { FieldTable, Shape } from '../../../src/broker/protocol/schema.js';
import { uuidToBytes } from '../../../src/broker/protocol/uuid.js';
import { includesVersion } from '../../../src/broker/protocol/version-range.js';

/**
 * The values of a message without their names, sorted: what another library decoded has other names for the fields, but must
 * have the same values. Tagged fields are left out; most libraries skip them.
 */
export function leavesOfMessage(fields: FieldTable, version: number, message: unknown): readonly string[] {
  return messageLeaves(fields, version, message).sort();
}

/** The same for any object, whatever its fields are called; `except` names those that are not from the wire. */
export function leavesOfObject(value: unknown, except: readonly string[]): readonly string[] {
  return objectLeaves(value, new Set(except)).sort();
}

function messageLeaves(fields: FieldTable, version: number, message: unknown): string[] {
  return Object.entries(fields)
    .filter(([, field]) => includesVersion(field.versions, version))
    .filter(([, field]) => !includesVersion(field.taggedVersions, version))
    .flatMap(([name, field]) =>
      shapeLeaves(field.shape, version, (message as Readonly<Record<string, unknown>>)[name]),
    );
}

function shapeLeaves(shape: Shape, version: number, value: unknown): string[] {
  if (value === null) return [];
  if (shape.kind === 'struct') return messageLeaves(shape.fields, version, value);
  if (shape.kind === 'array') {
    return (value as readonly unknown[]).flatMap((element) => shapeLeaves(shape.element, version, element));
  }
  return [shape.type === 'uuid' ? dashedUuid(value as string) : leaf(value)];
}

function objectLeaves(value: unknown, except: ReadonlySet<string>): string[] {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object' || Buffer.isBuffer(value)) return [leaf(value)];
  if (value instanceof Map) return objectLeaves([...(value as Map<unknown, unknown>).entries()], except);
  return Object.entries(value)
    .filter(([name]) => !except.has(name))
    .flatMap(([, each]) => objectLeaves(each, except));
}

function leaf(value: unknown): string {
  return Buffer.isBuffer(value) ? `bytes ${value.toString('hex')}` : String(value);
}

function dashedUuid(text: string): string {
  return uuidToBytes(text)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
