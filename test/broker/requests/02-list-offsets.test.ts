import assert from 'node:assert/strict';
import { encodeRecordBatch } from '../../../src/broker/protocol/encode-record-batch.js';
import { listOffsetsHandler } from '../../../src/broker/requests/02-list-offsets.js';
import { Bench } from './broker-bench.js';
import { addPartition, initialise, openTransaction, send, transactional } from './client.js';

const latest = -1n;
const earliest = -2n;
const largest = -3n;

describe('ListOffsets', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench({ nodes: 1 });
    bench.topic('t');
    const records = [1000n, 3000n, 2000n].map((timestamp) => ({ value: Buffer.from('x'), timestamp }));
    await send(bench, [], { records: encodeRecordBatch({ records }) });
  });

  it('gives the ends of the log', async () => {
    bench.services.cluster.partition('t', 0)?.deleteRecordsBefore(1n);
    assert.deepEqual(await ask(earliest), [0, 1n, -1n]);
    assert.deepEqual(await ask(latest), [0, 3n, -1n]);
  });

  it('takes the last stable offset for the end when it reads committed', async () => {
    await openTransaction(bench, 'id', ['m']);
    assert.deepEqual(await ask(latest, { committed: true }), [0, 3n, -1n]);
    assert.deepEqual(await ask(latest), [0, 4n, -1n]);
  });

  it('finds the first record that is not older than a timestamp', async () => {
    assert.deepEqual(await ask(1001n), [0, 1n, 3000n]);
    assert.deepEqual(await ask(3001n), [0, -1n, -1n]);
  });

  it('does not find by timestamp what the reader may not see yet', async () => {
    const identity = await initialise(bench, 'id');
    await addPartition(bench, 'id', identity);
    const records = [{ value: Buffer.from('m'), timestamp: 9000n }];
    const batch = { ...transactional('id', identity, 0), records };
    await send(bench, [], { transactionalId: 'id', records: encodeRecordBatch(batch) });
    assert.deepEqual(await ask(9000n), [0, 3n, 9000n]);
    assert.deepEqual(await ask(9000n, { committed: true }), [0, -1n, -1n]);
  });

  it('finds the largest timestamp from version 7 on and refuses the question before (35)', async () => {
    assert.deepEqual(await ask(largest, { version: 7 }), [0, 1n, 3000n]);
    assert.equal((await ask(largest, { version: 6 }))[0], 35);
    assert.equal((await ask(-9n, { version: 8 }))[0], 35);
  });

  it('answers version 0 with a list', async () => {
    const topics = [{ name: 't', partitions: [{ partitionIndex: 0, timestamp: latest, maxNumOffsets: 1 }] }];
    const response = await bench.call(listOffsetsHandler, 0, { replicaId: -1, topics });
    assert.deepEqual(response.topics[0]?.partitions[0]?.oldStyleOffsets, [3n]);
  });

  it('refuses a partition that is asked twice with 42, an unknown one with 3', async () => {
    const one = { partitionIndex: 0, timestamp: latest };
    const topics = [{ name: 't', partitions: [one, one, { partitionIndex: 5, timestamp: latest }] }];
    const response = await bench.call(listOffsetsHandler, 3, { replicaId: -1, topics });
    assert.deepEqual(
      response.topics[0]?.partitions.map(({ errorCode }) => errorCode),
      [42, 42, 3],
    );
  });

  async function ask(timestamp: bigint, { committed = false, version = 3 } = {}) {
    const topics = [{ name: 't', partitions: [{ partitionIndex: 0, timestamp }] }];
    const request = { replicaId: -1, isolationLevel: committed ? 1 : 0, topics };
    const answer = (await bench.call(listOffsetsHandler, version, request)).topics[0]?.partitions[0];
    assert.ok(answer);
    return [answer.errorCode, answer.offset, answer.timestamp];
  }
});
