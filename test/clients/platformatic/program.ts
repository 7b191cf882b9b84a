// @platformatic/kafka against one broker: a line of JSON for each check. Arguments: titles of checks, none for all.
import zlib from 'node:zlib';
import type { CompressionAlgorithmValue } from '@platformatic/kafka';
import {
  errorOf,
  payload,
  prefix,
  runAll,
  unsupported,
  until,
  type Check,
  type Checks,
} from '../node/checks.js';
import { adminChecks } from './admin.js';
import { groupChecks, surviveUntilKilled } from './groups.js';
import { closeAll, create, nameOf, offsetAt, producer, read, send, shared, values } from './support.js';

function codec(compression: CompressionAlgorithmValue): Check {
  return async () => {
    const topic = await create(`codec-${compression}`);
    const messages = Array.from({ length: 50 }, (_, number) => ({
      topic,
      partition: 0,
      key: `k${number % 3}`,
      value: payload(number) ?? '',
      headers: { one: '1', two: '2' },
      timestamp: BigInt(1000 + number),
    }));
    await shared.send({ messages, compression });
    return (await read(topic)).map((message) => [
      Number(message.offset),
      Number(message.timestamp),
      message.key,
      message.value.replaceAll('x', ''),
      [...message.headers].map(([key, value]) => `${key}=${value}`),
    ]);
  };
}

/** The proxy takes the acknowledgement of the first Produce of a client whose id says so, and cuts. */
function lostResponse(idempotent: boolean): Check {
  return async () => {
    const topic = await create(`lost-${String(idempotent)}`);
    const sender = producer({ idempotent }, `lose-Produce-1.${prefix}.${String(idempotent)}`);
    const acknowledged = await send(sender, topic, 'a', 'b', 'c');
    return { acknowledged, 'in the log': await values(read(topic)) };
  };
}

async function refused(): Promise<unknown> {
  const topic = await create('refused', 1, { 'max.message.bytes': '1000' });
  const outcome = (value: string, acks: number) =>
    errorOf(() => shared.send({ acks, messages: [{ topic, partition: 0, value }] }), nameOf);
  const large = await outcome('x'.repeat(5000), -1);
  const none = await outcome('0', 0);
  // The acknowledgement of acks=0 comes before the record.
  await until('appended', async () => (await offsetAt(topic)) === 1);
  const leader = await outcome('1', 1);
  return { 'too large': large, 'acks 0': none, 'acks 1': leader, 'in the log': await values(read(topic)) };
}

const transactions = unsupported('@platformatic/kafka 1.22 has no transactional producer');

const checks: Checks = {
  ...adminChecks,
  'records: none': codec('none'),
  'records: gzip': codec('gzip'),
  'records: snappy': codec('snappy'),
  'records: lz4': codec('lz4'),
  'records: zstd': 'zstdCompressSync' in zlib ? codec('zstd') : unsupported('zstd needs Node 22.15 or later'),
  'records: lost response, idempotent': lostResponse(true),
  'records: lost response, not idempotent': lostResponse(false),
  'records: out of range': unsupported('@platformatic/kafka ends its stream with the error'),
  'records: refused': refused,
  'transactions: commit and abort': transactions,
  'transactions: open': transactions,
  'transactions: interleaved': transactions,
  'transactions: offsets': transactions,
  'transactions: fencing at commit': transactions,
  'transactions: fencing at send': transactions,
  'transactions: time-out': transactions,
  'transactions: lost response of Produce': transactions,
  'transactions: lost response of EndTxn': transactions,
  ...groupChecks,
};

async function main(): Promise<void> {
  const [, , first, group = '', topic = ''] = process.argv;
  if (first === 'member') {
    await surviveUntilKilled(group, topic);
    return;
  }
  await runAll(checks);
  await closeAll();
  // What a failed check has left open must not keep the program.
  process.exit();
}

void main();
