import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { kafkaClassPath, type KafkaVersion } from '../harness/kafka-jars.js';

/** One of Kafka's own message definitions, as its JSON file has it. */
export interface MessageDefinition {
  readonly apiKey?: number;
  readonly type: string;
  readonly name: string;
  readonly validVersions: string;
  readonly flexibleVersions: string;
  readonly fields: readonly FieldDefinition[];
  readonly commonStructs?: readonly StructDefinition[];
}

export interface StructDefinition {
  readonly name: string;
  readonly fields: readonly FieldDefinition[];
}

export interface FieldDefinition {
  readonly name: string;
  readonly type: string;
  readonly versions?: string;
  readonly nullableVersions?: string;
  readonly taggedVersions?: string;
  readonly tag?: number;
  readonly default?: string | number | boolean;
  readonly fields?: readonly FieldDefinition[];
}

/**
 * The official message definitions of a release by name (`FetchRequest`), as its `kafka-clients` jar carries them under
 * `common/message/`. Nothing of them is kept in the repository: the jar is the one of the Apache Kafka that the tests start.
 */
export async function readMessageDefinitions(
  version: KafkaVersion,
): Promise<ReadonlyMap<string, MessageDefinition>> {
  const libraries = path.dirname(await kafkaClassPath(version));
  const jar = await readFile(path.join(libraries, `kafka-clients-${version}.jar`));
  const definitions = zipEntries(jar, /^common\/message\/.*\.json$/).map(
    (content) => JSON.parse(withoutComments(content)) as MessageDefinition,
  );
  assert.ok(definitions.length > 100, `kafka-clients ${version} carries the message definitions`);
  return new Map(definitions.map((definition) => [definition.name, definition]));
}

function withoutComments(json: string): string {
  return json.replace(/^\s*\/\/.*$/gm, '');
}

/** The text of every entry with a matching name, found through the archive's central directory (APPNOTE.TXT, 4.3.12). */
function zipEntries(archive: Buffer, name: RegExp): string[] {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  assert.ok(end >= 0, 'the file is a zip archive');
  const texts: string[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = archive.readUInt16LE(at + 28);
    if (name.test(archive.toString('utf8', at + 46, at + 46 + nameLength)))
      texts.push(entryText(archive, at));
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return texts;
}

function entryText(archive: Buffer, directoryEntry: number): string {
  const method = archive.readUInt16LE(directoryEntry + 10);
  const size = archive.readUInt32LE(directoryEntry + 20);
  const local = archive.readUInt32LE(directoryEntry + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const content = archive.subarray(start, start + size);
  return (method === 8 ? inflateRawSync(content) : content).toString('utf8');
}
