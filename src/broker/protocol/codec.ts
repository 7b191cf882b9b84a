import { MalformedError } from './malformed-error.js';
import type { Reader } from './reader.js';
import type { PrimitiveName } from './schema.js';
import { uuidFromBytes, uuidToBytes, zeroUuid } from './uuid.js';
import type { Writer } from './writer.js';

/** Reads and writes one type in one version. */
export interface Codec {
  read(reader: Reader): unknown;
  /** `value` has the type that the table says; a mistake there is the program's and throws. */
  write(writer: Writer, value: unknown): void;
  /** The value where nothing was sent and the table names no other. */
  readonly zero: unknown;
  /** The fewest bytes that a value takes: bounds how many elements an array can really hold. */
  readonly minimumSize: number;
}

export function primitiveCodec(type: PrimitiveName, flexible: boolean, nullable: boolean): Codec {
  switch (type) {
    case 'string':
      return stringCodec(flexible ? compactLength : shortLength, nullable);
    case 'bytes':
    case 'records':
      return bytesCodec(flexible ? compactLength : intLength, nullable);
    default:
      return fixedCodecs[type];
  }
}

/** An array's length is checked against the bytes that are left before anything is allocated. */
export function arrayCodec(element: Codec, flexible: boolean, nullable: boolean): Codec {
  const length = flexible ? compactLength : intLength;
  const elementSize = Math.max(1, element.minimumSize);
  return {
    zero: Object.freeze([]),
    minimumSize: length.minimumSize,
    read(reader) {
      const count = readLength(reader, length, nullable);
      if (count === null) return null;
      if (count * elementSize > reader.remaining) {
        throw new MalformedError(`an array of ${count} does not fit into ${reader.remaining} bytes`);
      }
      const elements: unknown[] = [];
      for (let index = 0; index < count; index++) elements.push(element.read(reader));
      return elements;
    },
    write(writer, value) {
      const elements = value as readonly unknown[] | null;
      writeLength(writer, length, elements === null ? null : elements.length, nullable);
      if (elements !== null) for (const each of elements) element.write(writer, each);
    },
  };
}

/** A nullable struct has a byte before it: −1 for null, 1 for a struct that follows. */
export function nullableStruct(codec: Codec): Codec {
  return {
    zero: codec.zero,
    minimumSize: 1,
    read: (reader) => (reader.int8() < 0 ? null : codec.read(reader)),
    write(writer, value) {
      writer.int8(value === null ? -1 : 1);
      if (value !== null) codec.write(writer, value);
    },
  };
}

const fixedCodecs: Readonly<Record<Exclude<PrimitiveName, 'string' | 'bytes' | 'records'>, Codec>> = {
  bool: {
    zero: false,
    minimumSize: 1,
    read: (reader) => reader.int8() !== 0,
    write: (writer, value) => writer.int8(value === true ? 1 : 0),
  },
  int8: numberCodec(1, 'int8'),
  int16: numberCodec(2, 'int16'),
  int32: numberCodec(4, 'int32'),
  int64: {
    zero: 0n,
    minimumSize: 8,
    read: (reader) => reader.int64(),
    write: (writer, value) => writer.int64(value as bigint),
  },
  uuid: {
    zero: zeroUuid,
    minimumSize: 16,
    read: (reader) => uuidFromBytes(reader.bytes(16)),
    write: (writer, value) => writer.bytes(uuidToBytes(value as string)),
  },
};

function numberCodec(size: number, type: 'int8' | 'int16' | 'int32'): Codec {
  return {
    zero: 0,
    minimumSize: size,
    read: (reader) => reader[type](),
    write: (writer, value) => writer[type](value as number),
  };
}

function stringCodec(length: LengthPrefix, nullable: boolean): Codec {
  return {
    zero: '',
    minimumSize: length.minimumSize,
    read(reader) {
      const size = readLength(reader, length, nullable);
      return size === null ? null : reader.string(size);
    },
    write(writer, value) {
      const encoded = value === null ? null : Buffer.from(value as string, 'utf8');
      writeLength(writer, length, encoded === null ? null : encoded.length, nullable);
      if (encoded !== null) writer.bytes(encoded);
    },
  };
}

function bytesCodec(length: LengthPrefix, nullable: boolean): Codec {
  return {
    zero: Buffer.alloc(0),
    minimumSize: length.minimumSize,
    read(reader) {
      const size = readLength(reader, length, nullable);
      return size === null ? null : reader.bytes(size);
    },
    write(writer, value) {
      const content = value as Uint8Array | null;
      writeLength(writer, length, content === null ? null : content.length, nullable);
      if (content !== null) writer.bytes(content);
    },
  };
}

/** How a length is written; −1 stands for null. */
interface LengthPrefix {
  readonly minimumSize: number;
  read(reader: Reader): number;
  write(writer: Writer, length: number): void;
}

const shortLength: LengthPrefix = {
  minimumSize: 2,
  read: (reader) => reader.int16(),
  write: (writer, length) => writer.int16(length),
};

const intLength: LengthPrefix = {
  minimumSize: 4,
  read: (reader) => reader.int32(),
  write: (writer, length) => writer.int32(length),
};

/** Length + 1 as an unsigned varint; 0 is null (KIP-482). */
const compactLength: LengthPrefix = {
  minimumSize: 1,
  read: (reader) => reader.unsignedVarint() - 1,
  write: (writer, length) => writer.unsignedVarint(length + 1),
};

function readLength(reader: Reader, prefix: LengthPrefix, nullable: boolean): number | null {
  const length = prefix.read(reader);
  if (length >= 0) return length;
  if (length < -1) throw new MalformedError(`a length is negative: ${length}`);
  if (!nullable) throw new MalformedError('null where the protocol allows none');
  return null;
}

function writeLength(writer: Writer, prefix: LengthPrefix, length: number | null, nullable: boolean): void {
  if (length === null && !nullable) throw new TypeError('null where the protocol allows none');
  prefix.write(writer, length ?? -1);
}
