import assert from 'node:assert/strict';
import path from 'node:path';
import { apis } from '../../src/broker/protocol/apis.js';
import { isFlexible, type AnyApi } from '../../src/broker/protocol/api.js';
import type { FieldTable } from '../../src/broker/protocol/schema.js';
import { includesVersion, parseVersions, type Versions } from '../../src/broker/protocol/version-range.js';
import { findKafkaClientsJars, readMessageDefinitions, type MessageDefinition } from './kafka-clients-jar.js';
import { officialFields, ourFields, type WireField } from './message-fields.js';

describe("our message tables against Kafka's own definitions", () => {
  const jars = findKafkaClientsJars();

  it('find the definitions in the kafka-clients jar of the tests', () => {
    assert.notEqual(jars.length, 0, 'no kafka-clients jar: KAFKA_CLIENTS_JAR names one');
  });

  for (const jar of jars) {
    describe(path.basename(jar), () => {
      const definitions = readMessageDefinitions(jar);
      for (const api of apis) {
        it(`${api.name}: every field of every version is the same`, () => {
          assert.ok(compareApi(api, definitions) > 0, 'at least one version is in both');
        });
      }
    });
  }
});

/** Compares the versions that both know; gives how many those were. */
function compareApi(api: AnyApi, definitions: ReadonlyMap<string, MessageDefinition>): number {
  const request = messageOf(definitions, `${api.name}Request`);
  const response = messageOf(definitions, `${api.name}Response`);
  assert.deepEqual([request.apiKey, response.apiKey], [api.key, api.key]);
  const versions = Array.from({ length: api.versions.max + 1 }, (_, version) => version)
    .filter((version) => includesVersion(api.versions, version))
    .filter((version) => includesVersion(parseVersions(request.validVersions as Versions), version));
  for (const version of versions) {
    compareMessage(request, api.request.fields, api, version);
    compareMessage(response, api.response.fields, api, version);
  }
  return versions.length;
}

function compareMessage(official: MessageDefinition, ours: FieldTable, api: AnyApi, version: number): void {
  const flexible = includesVersion(parseVersions(official.flexibleVersions as Versions), version);
  assert.equal(isFlexible(api, version), flexible, `${official.name} ${version} is flexible`);
  const expected = officialFields(official, version);
  assert.deepEqual(
    describeFields(ourFields(ours, version)),
    describeFields(expected),
    `${official.name} ${version}`,
  );
}

function describeFields(fields: readonly WireField[]): string[] {
  return fields.flatMap((field) => [
    `${field.path}: ${field.type}${field.nullable ? ' or null' : ''}, tag ${field.tag ?? 'none'}, default ${field.default}`,
  ]);
}

function messageOf(definitions: ReadonlyMap<string, MessageDefinition>, name: string): MessageDefinition {
  const definition = definitions.get(name);
  assert.ok(definition, `Kafka has ${name}`);
  return definition;
}
