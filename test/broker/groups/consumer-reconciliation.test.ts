import assert from 'node:assert/strict';
import { ConsumerLab } from './consumer-lab.js';

/** The answers are those that Apache Kafka 4.2.0 gave to the same requests (KIP-848). */
describe('members of a consumer-protocol group', () => {
  let lab: ConsumerLab;
  beforeEach(() => {
    lab = new ConsumerLab();
  });

  it('get everything when they are alone, and hear nothing new until something changes', async () => {
    const joined = await lab.join('one');
    assert.deepEqual(joined, {
      ...{ errorCode: 0, errorMessage: null, memberId: 'one', epoch: 1 },
      assigned: { a: [0, 1, 2, 3] },
    });
    assert.deepEqual(await lab.heard('one', 1), [0, 1, null]);
    assert.deepEqual(await lab.heard('one', 1, { owned: { a: [0, 1, 2, 3] } }), [0, 1, null]);
    assert.deepEqual(await lab.epochs(), ['Stable', 1, 1]);
  });

  it('hear everything again when they say everything, or come back with epoch 0', async () => {
    await lab.join('one');
    const everything = { rebalanceTimeoutMs: 5000, topics: ['a'], owned: { a: [0, 1, 2, 3] } };
    assert.deepEqual(await lab.heard('one', 1, everything), [0, 1, { a: [0, 1, 2, 3] }]);
    const again = await lab.join('one');
    assert.deepEqual([again.epoch, again.assigned], [1, { a: [0, 1, 2, 3] }]);
    assert.deepEqual(await lab.epochs(), ['Stable', 1, 1]);
  });

  it('give up what another is to have before that one gets it', async () => {
    await lab.join('one');
    assert.deepEqual((await lab.join('two')).assigned, {});
    assert.deepEqual(await lab.heard('two', 2), [0, 2, null]);
    assert.deepEqual(await lab.heard('one', 1), [0, 1, { a: [0, 1] }]);
    assert.deepEqual(await lab.heard('one', 1), [0, 1, null]);
    assert.deepEqual(await lab.heard('one', 1, { owned: { a: [0, 1, 2, 3] } }), [0, 1, null]);
    assert.deepEqual(await lab.heard('two', 2), [0, 2, null]);
    assert.deepEqual(await lab.epochs(), ['Reconciling', 2, 2]);
    assert.deepEqual(await lab.heard('one', 1, { owned: { a: [0, 1] } }), [0, 2, null]);
    assert.deepEqual(await lab.heard('two', 2), [0, 2, { a: [2, 3] }]);
    assert.deepEqual(await lab.epochs(), ['Stable', 2, 2]);
  });

  it('skip the epochs of members that came meanwhile', async () => {
    await lab.join('one');
    await lab.join('two');
    assert.equal((await lab.join('three')).epoch, 3);
    assert.deepEqual(await lab.heard('one', 1), [0, 1, { a: [0, 1] }]);
    assert.deepEqual(await lab.heard('one', 1, { owned: { a: [0, 1] } }), [0, 3, null]);
    assert.deepEqual(await lab.heard('two', 2), [0, 3, { a: [2] }]);
    assert.deepEqual(await lab.heard('three', 3), [0, 3, { a: [3] }]);
    assert.deepEqual(await lab.epochs(), ['Stable', 3, 3]);
  });

  it('whose answer was lost may come again with the epoch before, and what they have', async () => {
    await lab.join('one');
    await lab.join('two');
    await lab.beat('one', 1);
    await lab.beat('one', 1, { owned: { a: [0, 1] } });
    assert.deepEqual(await lab.heard('one', 1, { owned: { a: [0, 1] } }), [0, 2, null]);
    assert.deepEqual((await lab.heard('one', 1))[0], 110);
    assert.deepEqual((await lab.heard('one', 1, { owned: { a: [2, 3] } }))[0], 110);
  });

  it('leave at once: the others get the partitions with their next heartbeat', async () => {
    await lab.join('one');
    await lab.join('two');
    assert.deepEqual(await lab.heard('one', -1), [0, -1, null]);
    assert.deepEqual(await lab.epochs(), ['Assigning', 3, 2]);
    assert.deepEqual(await lab.heard('two', 2), [0, 3, { a: [0, 1, 2, 3] }]);
    await lab.beat('two', -1);
    assert.deepEqual(await lab.epochs(), ['Empty', 4, 3]);
  });

  it('are balanced over topics that not all subscribe to', async () => {
    await lab.join('one');
    await lab.join('two');
    await lab.beat('one', 1);
    await lab.beat('one', 1, { owned: { a: [0, 1] } });
    await lab.beat('two', 2);
    assert.deepEqual(await lab.heard('two', 2, { topics: ['a', 'b'] }), [0, 2, { a: [2] }]);
    assert.deepEqual(await lab.heard('one', 2), [0, 3, null]);
    assert.deepEqual(await lab.heard('two', 2, { owned: { a: [2] } }), [0, 3, { a: [2], b: [0, 1] }]);
    assert.deepEqual(await lab.heard('one', 3), [0, 3, { a: [0, 1, 3] }]);
  });

  it('follow topics that appear, grow and vanish', async () => {
    assert.deepEqual((await lab.join('one', { topics: ['c'] })).assigned, {});
    const { cluster } = lab.bench.services;
    lab.bench.topic('c', { partitions: 1 });
    assert.deepEqual(await lab.heard('one', 1), [0, 2, { c: [0] }]);
    cluster.createPartitions('c', 2);
    assert.deepEqual(await lab.heard('one', 2), [0, 3, { c: [0, 1] }]);
    cluster.deleteTopic('c');
    assert.deepEqual(await lab.heard('one', 3), [0, 3, {}]);
    assert.deepEqual(await lab.heard('one', 3, { owned: {} }), [0, 4, null]);
  });

  it('subscribe by a pattern, which counts from the next heartbeat on', async () => {
    const joined = await lab.beat('one', 0, { rebalanceTimeoutMs: 5000, regex: 'a|c.*', owned: {} });
    assert.deepEqual([joined.epoch, joined.assigned], [1, {}]);
    assert.deepEqual(await lab.heard('one', 1), [0, 2, { a: [0, 1, 2, 3] }]);
    lab.bench.topic('cc');
    assert.deepEqual(await lab.heard('one', 2), [0, 3, { a: [0, 1, 2, 3], cc: [0] }]);
    lab.bench.topic('bc');
    assert.deepEqual(await lab.heard('one', 3), [0, 3, null]);
    const [member] = (await lab.describe()).members;
    assert.deepEqual([member?.subscribedTopicNames, member?.subscribedTopicRegex], [[], 'a|c.*']);
  });

  it('cannot hold the broker up with a pattern that would take for ever', async () => {
    lab.bench.topic(`${'x'.repeat(60)}y`);
    const began = Date.now();
    await lab.beat('one', 0, { rebalanceTimeoutMs: 5000, regex: '(x+)+', owned: {} });
    assert.deepEqual(await lab.heard('one', 1), [0, 1, null]);
    assert.ok(Date.now() - began < 2000);
  });

  it('choose the assignor by majority', async () => {
    await lab.join('one', { assignor: 'range' });
    await lab.join('two');
    assert.equal((await lab.describe()).assignorName, 'range');
    await lab.beat('one', -1);
    assert.equal((await lab.describe()).assignorName, 'uniform');
  });
});
