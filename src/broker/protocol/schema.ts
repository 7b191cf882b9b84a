import { parseVersions, type VersionRange, type Versions } from './version-range.js';

/** What the primitive types of the protocol are in TypeScript. A uuid is Kafka's own text form: base64url, 22 characters. */
export interface PrimitiveValues {
  readonly bool: boolean;
  readonly int8: number;
  readonly int16: number;
  readonly int32: number;
  readonly int64: bigint;
  readonly uuid: string;
  readonly string: string;
  readonly bytes: Buffer;
  /** Like bytes: record batches, one after the other. */
  readonly records: Buffer;
}
export type PrimitiveName = keyof PrimitiveValues;

/** Fields in the order in which they are written. */
export type FieldTable = Readonly<Record<string, Field>>;

export type Shape =
  | { readonly kind: 'primitive'; readonly type: PrimitiveName }
  | { readonly kind: 'struct'; readonly fields: FieldTable }
  | { readonly kind: 'array'; readonly element: Shape };

/** One line of a message table. `Value` is what decoding yields. */
export interface Field<Value = unknown> {
  readonly shape: Shape;
  readonly versions: VersionRange;
  readonly nullableVersions: VersionRange;
  /** In these versions the field stands among the tagged fields (KIP-482), under `tag`. */
  readonly taggedVersions: VersionRange;
  readonly tag: number | undefined;
  /** What a decoder yields where the version has no such field; `undefined` = the zero of the type. */
  readonly default: unknown;
  /** Never set: carries the type. */
  readonly value?: Value;
}

/** A decoded message: every field, nested, read-only. */
export type Message<Table extends FieldTable> = {
  readonly [Name in keyof Table]: Table[Name] extends Field<infer Value> ? Value : never;
};

/** What may be encoded: a message whose omitted fields get their defaults, at every depth. */
export type Encodable<Value> = Value extends Buffer
  ? Value
  : Value extends readonly (infer Element)[]
    ? readonly Encodable<Element>[]
    : Value extends object
      ? { readonly [Name in keyof Value]?: Encodable<Value[Name]> | undefined }
      : Value;

export interface FieldOptions<Value> {
  readonly nullable?: Versions;
  readonly default?: Value | null;
  readonly tag?: number;
  readonly taggedVersions?: Versions;
}

type OrNull<Options, Value> = Options extends { readonly nullable: Versions } ? Value | null : Value;

export const bool = primitive('bool');
export const int8 = primitive('int8');
export const int16 = primitive('int16');
export const int32 = primitive('int32');
export const int64 = primitive('int64');
export const uuid = primitive('uuid');
export const string = primitive('string');
export const bytes = primitive('bytes');
export const records = primitive('records');

/** An array of a primitive type, or of structs given as a table. */
export function array<
  const Element extends PrimitiveName | FieldTable,
  Options extends FieldOptions<readonly never[]> | undefined = undefined,
>(
  versions: Versions,
  element: Element,
  options?: Options,
): Field<OrNull<Options, readonly ElementValue<Element>[]>> {
  const shape: Shape =
    typeof element === 'string' ? { kind: 'primitive', type: element } : { kind: 'struct', fields: element };
  return field({ kind: 'array', element: shape }, versions, options);
}

/** One struct, given as a table; where it may be null, a byte before it says whether it is there. */
export function struct<
  const Table extends FieldTable,
  Options extends FieldOptions<never> | undefined = undefined,
>(versions: Versions, fields: Table, options?: Options): Field<OrNull<Options, Message<Table>>> {
  return field({ kind: 'struct', fields }, versions, options);
}

type ElementValue<Element> = Element extends PrimitiveName
  ? PrimitiveValues[Element]
  : Element extends FieldTable
    ? Message<Element>
    : never;

function primitive<Name extends PrimitiveName>(type: Name) {
  type Value = PrimitiveValues[Name];
  return <Options extends FieldOptions<Value> | undefined = undefined>(
    versions: Versions,
    options?: Options,
  ): Field<OrNull<Options, Value>> => field({ kind: 'primitive', type }, versions, options);
}

function field<Value>(
  shape: Shape,
  versions: Versions,
  options: FieldOptions<unknown> | undefined,
): Field<Value> {
  return {
    shape,
    versions: parseVersions(versions),
    nullableVersions: parseVersions(options?.nullable ?? 'none'),
    taggedVersions: parseVersions(options?.taggedVersions ?? 'none'),
    tag: options?.tag,
    default: options?.default,
  };
}
