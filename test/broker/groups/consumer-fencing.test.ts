import assert from 'node:assert/strict';
import { ConsumerLab, type Beating } from './consumer-lab.js';

/** The answers are those that Apache Kafka 4.2.0 gave to the same requests (KIP-848). */
describe('a heartbeat of the consumer protocol is refused', () => {
  let lab: ConsumerLab;
  beforeEach(() => {
    lab = new ConsumerLab();
  });

  it('without the feature (35), as by Kafka 3.9.1, and so is the description of any group', async () => {
    const plain = new ConsumerLab({ nodes: 1 });
    assert.equal((await plain.join('one', { version: 0 })).errorCode, 35);
    assert.equal((await plain.describe()).errorCode, 35);
  });

  const invalid: readonly (readonly [
    string,
    Beating & { id?: string; epoch?: number; group?: string },
    RegExp,
  ])[] = [
    ['without a member id, from version 1 on', { id: '' }, /^MemberId can't be empty/],
    ['without a group', { group: ' ' }, /^GroupId can't be empty/],
    ['with an epoch that means nothing', { epoch: -3 }, /^MemberEpoch is invalid/],
    ['with partitions when it joins', { owned: { a: [0] } }, /^TopicPartitions must be empty/],
    ['without a rebalance time-out when it joins', { rebalanceTimeoutMs: -1 }, /^RebalanceTimeoutMs must/],
    ['with an empty rack', { rackId: '' }, /^RackId can't be empty/],
    ['with an empty instance id', { instanceId: '' }, /^InstanceId can't be empty/],
    ['when it goes for a while without an instance id', { epoch: -2 }, /^InstanceId can't be null/],
  ];
  for (const [name, { id = 'one', epoch = 0, group = 'g', ...beating }, sentence] of invalid) {
    it(`${name} (42)`, async () => {
      lab.group = group;
      const terms = { rebalanceTimeoutMs: 5000, topics: ['a'], owned: {}, ...beating };
      const { errorCode, errorMessage } = await lab.beat(id, epoch, terms);
      assert.equal(errorCode, 42);
      assert.match(errorMessage ?? '', sentence);
    });
  }

  it('without topics when it joins (42), with an unknown assignor (112) or a pattern that is none (128)', async () => {
    assert.equal((await lab.beat('one', 0, { rebalanceTimeoutMs: 5000, owned: {} })).errorCode, 42);
    assert.deepEqual(
      [
        (await lab.join('one', { assignor: 'no' })).errorMessage,
        (await lab.join('one', { assignor: 'no' })).errorCode,
      ],
      ['ServerAssignor no is not supported. Supported assignors: uniform, range.', 112],
    );
    assert.equal((await lab.join('one', { regex: '(' })).errorCode, 128);
    assert.equal((await lab.describe()).errorCode, 69, 'it leaves no group behind');
  });

  it('in a group that does not exist (69), by who is no member (25), in another epoch (110)', async () => {
    assert.equal((await lab.heard('one', 5))[0], 69);
    assert.equal((await lab.heard('one', -1))[0], 69);
    await lab.join('one');
    assert.equal((await lab.heard('two', 1))[0], 25);
    assert.equal((await lab.heard('two', -1))[0], 25);
    const ahead = await lab.beat('one', 2);
    assert.equal(ahead.errorCode, 110);
    assert.match(ahead.errorMessage ?? '', /a greater member epoch \(2\) than the one known .* \(1\)/);
  });

  it('gets an id in version 0 when it brings none', async () => {
    const joined = await lab.join('', { version: 0 });
    assert.equal(joined.errorCode, 0);
    assert.notEqual(joined.memberId ?? '', '');
    assert.equal((await lab.heard(joined.memberId ?? '', 1, { version: 0 }))[0], 0);
  });
});

describe('time-outs of the consumer protocol', () => {
  let lab: ConsumerLab;
  beforeEach(async () => {
    lab = new ConsumerLab();
    await lab.join('one');
  });

  it('remove a member whose session ends: 45 s after its last heartbeat', async () => {
    lab.bench.clock.advance(44_000);
    assert.equal((await lab.heard('one', 1))[0], 0);
    lab.bench.clock.advance(44_999);
    assert.equal((await lab.describe()).members.length, 1);
    lab.bench.clock.advance(1);
    assert.deepEqual(await lab.epochs(), ['Empty', 2, 1]);
    assert.equal((await lab.heard('one', 1))[0], 25);
  });

  it('remove a member that does not give partitions up within its rebalance time-out', async () => {
    await lab.join('two');
    await lab.beat('one', 1);
    lab.bench.clock.advance(4999);
    assert.equal((await lab.heard('one', 1, { owned: { a: [0, 1, 2, 3] } }))[0], 0);
    lab.bench.clock.advance(1);
    assert.equal((await lab.heard('one', 1))[0], 25);
    assert.deepEqual(await lab.heard('two', 2), [0, 3, { a: [0, 1, 2, 3] }]);
  });

  it('do not strike who gave them up in time', async () => {
    await lab.join('two');
    await lab.beat('one', 1);
    await lab.beat('one', 1, { owned: { a: [0, 1] } });
    lab.bench.clock.advance(10_000);
    assert.equal((await lab.heard('one', 2))[0], 0);
  });

  it('end with the broker', () => {
    lab.bench.services.groups.close();
    lab.bench.clock.advance(100_000);
    assert.equal(lab.bench.services.groups.consumers.get('g')?.members.size, 1);
  });

  it('can be brought forward by a fault', async () => {
    assert.equal(
      lab.bench.services.groups.evict('g', ({ memberId }) => memberId === 'one'),
      1,
    );
    assert.equal((await lab.heard('one', 1))[0], 25);
  });
});

describe('a static member of the consumer protocol', () => {
  let lab: ConsumerLab;
  beforeEach(async () => {
    lab = new ConsumerLab();
    await lab.join('one', { instanceId: 'i' });
  });

  it('keeps others from its instance id: 111 for who joins, 82 for who beats, 25 for an unknown instance', async () => {
    assert.equal((await lab.join('two', { instanceId: 'i' })).errorCode, 111);
    assert.equal((await lab.join('one', { instanceId: 'i' })).errorCode, 111);
    assert.equal((await lab.heard('two', 1, { instanceId: 'i' }))[0], 82);
    assert.equal((await lab.heard('two', -1, { instanceId: 'i' }))[0], 82);
    assert.equal((await lab.heard('one', 1, { instanceId: 'j' }))[0], 25);
    assert.equal((await lab.heard('one', 1))[0], 0);
  });

  it('goes for a while and keeps its partitions for who comes under its instance id', async () => {
    assert.deepEqual(await lab.heard('one', -2, { instanceId: 'i' }), [0, -2, null]);
    assert.deepEqual(await lab.epochs(), ['Reconciling', 1, 1]);
    const successor = await lab.join('two', { instanceId: 'i' });
    assert.deepEqual([successor.epoch, successor.assigned], [1, { a: [0, 1, 2, 3] }]);
    assert.deepEqual(await lab.epochs(), ['Stable', 1, 1]);
    assert.equal((await lab.heard('one', 1, { instanceId: 'i' }))[0], 82);
    assert.equal(await lab.commit('one', 1), 25);
    assert.equal(await lab.commit('two', 1), 0);
  });

  it('that is away releases at once what it was to give up, and the rest when its session ends', async () => {
    await lab.join('two', { instanceId: 'k' });
    assert.deepEqual(await lab.heard('one', 1, { instanceId: 'i' }), [0, 1, { a: [0, 1] }]);
    await lab.beat('one', -2, { instanceId: 'i' });
    assert.deepEqual(await lab.heard('two', 2, { instanceId: 'k' }), [0, 2, { a: [2, 3] }]);
    lab.bench.clock.advance(44_000);
    await lab.beat('two', 2, { instanceId: 'k' });
    lab.bench.clock.advance(1000);
    assert.deepEqual(await lab.heard('two', 2, { instanceId: 'k' }), [0, 3, { a: [0, 1, 2, 3] }]);
  });

  it('leaves for good with epoch −1', async () => {
    assert.deepEqual(await lab.heard('one', -1, { instanceId: 'i' }), [0, -1, null]);
    assert.deepEqual(await lab.epochs(), ['Empty', 2, 1]);
    assert.equal((await lab.join('two', { instanceId: 'i' })).errorCode, 0);
  });
});
