import assert from 'node:assert/strict';
import { isFlexible, type AnyApi } from '../../src/broker/protocol/api.js';
import { apis } from '../../src/broker/protocol/apis.js';
import { consumerAssignment, consumerSubscription } from '../../src/broker/protocol/group-metadata.js';
import type { FieldTable } from '../../src/broker/protocol/schema.js';
import { includesVersion, parseVersions, type Versions } from '../../src/broker/protocol/version-range.js';
import { kafkaVersions } from '../harness/kafka-jars.js';
import { readMessageDefinitions, type MessageDefinition } from './kafka-clients-jar.js';
import { officialFields, ourFields, type WireField } from './message-fields.js';

for (const release of kafkaVersions) {
  describe(`our message tables against the definitions of Kafka ${release}`, () => {
    let definitions: ReadonlyMap<string, MessageDefinition>;
    before(async () => {
      definitions = await readMessageDefinitions(release);
    });

    for (const api of apis) {
      it(`${api.name}: every field of every version is the same`, () => {
        const request = messageOf(definitions, `${api.name}Request`);
        const response = messageOf(definitions, `${api.name}Response`);
        assert.deepEqual([request.apiKey, response.apiKey], [api.key, api.key]);
        for (const version of sharedVersions(request, api)) {
          compareMessage(request, api.request.fields, api, version);
          compareMessage(response, api.response.fields, api, version);
        }
      });
    }

    for (const { name, schema, versions } of [consumerSubscription, consumerAssignment]) {
      it(`${name}: every field of every version is the same`, () => {
        const official = messageOf(definitions, name);
        const messages = { name, versions, flexibleFrom: undefined };
        for (const version of sharedVersions(official, messages)) {
          compareMessage(official, schema.fields, messages, version);
        }
      });
    }
  });
}

describe('the versions of our message tables', () => {
  it('are all that Kafka 3.9 has, so that a handler can be raised to any of them', async () => {
    const definitions = await readMessageDefinitions('3.9.1');
    const unknown = apis.flatMap((api) =>
      versionsOf(messageOf(definitions, `${api.name}Request`))
        .filter((version) => !includesVersion(api.versions, version))
        .map((version) => `${api.name} ${version}`),
    );
    assert.deepEqual(unknown, []);
  });
});

type Versioned = Pick<AnyApi, 'name' | 'versions' | 'flexibleFrom'>;

function sharedVersions(official: MessageDefinition, ours: Versioned): readonly number[] {
  const shared = versionsOf(official).filter((version) => includesVersion(ours.versions, version));
  assert.ok(shared.length > 0, `${official.name} has a version in common`);
  return shared;
}

function versionsOf(official: MessageDefinition): readonly number[] {
  const { min, max } = parseVersions(official.validVersions as Versions);
  return Array.from({ length: max - min + 1 }, (_, index) => min + index);
}

function compareMessage(
  official: MessageDefinition,
  ours: FieldTable,
  versioned: Versioned,
  version: number,
): void {
  const flexible = includesVersion(parseVersions(official.flexibleVersions as Versions), version);
  assert.equal(isFlexible(versioned, version), flexible, `${official.name} ${version} is flexible`);
  assert.deepEqual(
    ourFields(ours, version).map(describeField),
    officialFields(official, version).map(describeField),
    `${official.name} ${version}`,
  );
}

function describeField(field: WireField): string {
  const type = `${field.type}${field.nullable ? ' or null' : ''}`;
  return `${field.path}: ${type}, tag ${field.tag ?? 'none'}, default ${field.default}`;
}

function messageOf(definitions: ReadonlyMap<string, MessageDefinition>, name: string): MessageDefinition {
  const definition = definitions.get(name);
  assert.ok(definition, `Kafka has ${name}`);
  return definition;
}
