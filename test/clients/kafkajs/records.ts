import { CompressionTypes } from 'kafkajs';
import {
  errorOf,
  name,
  payload,
  prefix,
  unsupported,
  until,
  type Check,
  type Checks,
} from '../node/checks.js';
import { admin, consumer, create, nameOf, producer, read, send, shared, values } from './support.js';

function codec(title: string, compression: CompressionTypes): Check {
  return async () => {
    const topic = await create(`codec-${title}`);
    const target = await shared();
    const messages = Array.from({ length: 50 }, (_, number) => ({
      key: `k${number % 3}`,
      value: payload(number),
      headers: { one: '1' },
      timestamp: String(1000 + number),
      partition: 0,
    }));
    await target.send({ topic, messages, compression });
    return (await read(topic)).map((message) => [
      message.offset,
      message.timestamp,
      message.key?.toString(),
      message.value?.toString().replaceAll('x', '') ?? null,
      Object.entries(message.headers ?? {}).map(([key, value]) => `${key}=${String(value)}`),
    ]);
  };
}

/** The proxy takes the acknowledgement of the first Produce of a client whose id says so, and cuts. */
function lostResponse(idempotent: boolean): Check {
  return async () => {
    const topic = await create(`lost-${String(idempotent)}`);
    const sender = await producer({ idempotent }, `lose-Produce-1.${prefix}.${String(idempotent)}`);
    const acknowledged = await send(sender, topic, 'a', 'b', 'c');
    return { acknowledged, 'in the log': await values(read(topic)) };
  };
}

/** Where a reader goes on whose position was never reached. */
async function outOfRange(): Promise<unknown> {
  const topic = await create('reset');
  await send(await shared(), topic, 'a', 'b', 'c');
  const seen: string[] = [];
  const reader = consumer(name('reset'));
  await reader.connect();
  await reader.subscribe({ topic, fromBeginning: true });
  await reader.run({
    autoCommit: false,
    eachMessage: ({ message }) => Promise.resolve(void seen.push(message.value?.toString() ?? '')),
  });
  reader.seek({ topic, partition: 0, offset: '99' });
  await until('all', () => seen.length >= 3);
  await reader.disconnect();
  return { seen: seen.slice(-3) };
}

async function refused(): Promise<unknown> {
  const topic = await create('refused', 1, { 'max.message.bytes': '1000' });
  const target = await shared();
  const outcome = (which: string, value: string, partition: number, acks: number) =>
    errorOf(() => target.send({ topic: which, acks, messages: [{ value, partition }] }), nameOf);
  const onDemand = name('created-on-demand');
  const result = {
    'too large': await outcome(topic, 'x'.repeat(5000), 0, -1),
    'no such topic': await outcome(onDemand, 'x', 0, -1),
    'acks 0': await outcome(topic, '0', 0, 0),
  };
  // The acknowledgement of acks=0 comes before the record.
  await until('appended', async () => (await admin.fetchTopicOffsets(topic))[0]?.high === '1');
  const acksOne = await outcome(topic, '1', 0, 1);
  return { ...result, 'acks 1': acksOne, 'in the log': await values(read(topic)) };
}

const builtIn = 'kafkajs has no such codec built in';

export const recordChecks: Checks = {
  'records: none': codec('none', CompressionTypes.None),
  'records: gzip': codec('gzip', CompressionTypes.GZIP),
  'records: snappy': unsupported(builtIn),
  'records: lz4': unsupported(builtIn),
  'records: zstd': unsupported(builtIn),
  'records: lost response, idempotent': lostResponse(true),
  'records: lost response, not idempotent': lostResponse(false),
  'records: out of range': outOfRange,
  'records: refused': refused,
};
