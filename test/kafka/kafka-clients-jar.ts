import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';

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
 * The official message definitions by name (`FetchRequest`), as every `kafka-clients` jar carries them under `common/message/`.
 * Nothing of them is kept in the repository: they are read from the jar that the tests' own Apache Kafka brought along.
 */
export function readMessageDefinitions(jar: string): ReadonlyMap<string, MessageDefinition> {
  const definitions = zipEntries(readFileSync(jar), /^common\/message\/.*\.json$/).map(
    (content) => JSON.parse(withoutComments(content)) as MessageDefinition,
  );
  assert.ok(definitions.length > 100, `${jar} carries the message definitions`);
  return new Map(definitions.map((definition) => [definition.name, definition]));
}

/** The `kafka-clients` jars of the tests' own Kafkas; the environment variable KAFKA_CLIENTS_JAR names one instead. */
export function findKafkaClientsJars(): readonly string[] {
  const named = process.env['KAFKA_CLIENTS_JAR'];
  if (named !== undefined) return [named];
  const cache = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');
  const root = path.join(cache, 'kafka-semantics-lab');
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^kafka-clients-\d[\d.]*\.jar$/.test(path.basename(file)))
    .map((file) => path.join(root, file))
    .sort();
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
