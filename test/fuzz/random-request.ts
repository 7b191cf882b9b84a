import { encodeRecordBatch } from '../../src/broker/protocol/encode-record-batch.js';
import { encodeRequestFrame } from '../../src/broker/protocol/header.js';
import type { PrimitiveName } from '../../src/broker/protocol/schema.js';
import { uuidFromBytes, zeroUuid } from '../../src/broker/protocol/uuid.js';
import { registeredApis } from '../../src/broker/registry.js';
import { sampleMessage, type ValueSource } from '../broker/protocol/sample-message.js';
import type { Random } from '../broker/protocol/seeded-random.js';

/**
 * A request that the broker can read, of any API and version that it answers: a whole frame. Its values are chosen so that
 * much of it means something: few names, small ids and offsets, short times, and between them the ends of each type.
 */
export function randomRequest(random: Random): Buffer {
  const { api, versions } = one(random, registeredApis);
  const version = versions.min + random.below(versions.max - versions.min + 1);
  const message = sampleMessage(api.request.fields, version, likelySource(random));
  const header = { apiVersion: version, correlationId: random.below(2 ** 31), clientId: 'fuzz' };
  return encodeRequestFrame(api, header, message);
}

export function one<Item>(random: Random, items: readonly Item[]): Item {
  const chosen = items[random.below(items.length)];
  if (chosen === undefined) throw new Error('There is nothing to choose from.');
  return chosen;
}

function likelySource(random: Random): ValueSource {
  return {
    withTaggedFields: random.chance(0.3),
    arrayLength: () => one(random, [0, 1, 1, 1, 2, 3]),
    isNull: () => random.chance(0.2),
    isOmitted: () => random.chance(0.02),
    primitive: (type, name) => likelyValue(type, name, random),
  };
}

function likelyValue(type: PrimitiveName, name: string, random: Random): unknown {
  switch (type) {
    case 'bool':
      return random.chance(0.5);
    case 'string':
      return likelyString(name, random);
    case 'uuid':
      return random.chance(0.7) ? zeroUuid : uuidFromBytes(random.bytes(16));
    case 'bytes':
      return random.bytes(random.below(30));
    case 'records':
      return randomRecords(random);
    case 'int64':
      return random.chance(0.03) ? random.int64() : BigInt(likelyNumber(name, random));
    default:
      return fitted(type, likelyNumber(name, random));
  }
}

function fitted(type: 'int8' | 'int16' | 'int32', value: number): number {
  const bits = Number(type.slice(3));
  return Number(BigInt.asIntN(bits, BigInt(value)));
}

const ends = [-1, -2, 0x7fff_ffff, -0x8000_0000, 0x7fff, 100];

function likelyNumber(name: string, random: Random): number {
  if (/session/i.test(name)) return one(random, [300, 6000, 0]);
  // A long poll would keep its connection from everything behind it.
  if (/timeout|wait/i.test(name)) return one(random, [0, 1, 5, 20]);
  if (/acks/i.test(name)) return one(random, [-1, -1, 1, 0]);
  if (/bytes/i.test(name)) return one(random, [0, 1, 100, 1_000_000]);
  return random.chance(0.15) ? one(random, ends) : random.below(4);
}

const words = ['', 'consumer', 'range', 'note', 'retention.ms', 'cleanup.policy', 'min.insync.replicas', '1'];

function likelyString(name: string, random: Random): string {
  if (random.chance(0.03)) return 'x'.repeat(random.below(300));
  if (/transactional/i.test(name)) return `fuzz-id-${random.below(3)}`;
  if (/group/i.test(name)) return `fuzz-group-${random.below(4)}`;
  if (/^name$|topic/i.test(name)) return `fuzz-${random.below(5)}`;
  if (/protocol/i.test(name)) return one(random, ['consumer', 'range']);
  return random.chance(0.3) ? `fuzz-${random.below(5)}` : one(random, words);
}

function randomRecords(random: Random): Buffer {
  if (random.chance(0.15)) return random.bytes(random.below(200));
  const batch = encodeRecordBatch({
    records: Array.from({ length: 1 + random.below(3) }, () => ({ value: random.bytes(random.below(40)) })),
    isTransactional: random.chance(0.3),
    isControl: random.chance(0.03),
    producerId: BigInt(random.below(6) - 1),
    producerEpoch: random.below(3),
    baseSequence: random.below(4),
    ...(random.chance(0.1) && { compression: 'gzip' }),
  });
  return random.chance(0.05) ? Buffer.concat([batch, batch]) : batch;
}
