import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ErrorCode } from '../../../src/broker/protocol/errors.js';
import { ConfigOperation } from '../../../src/broker/protocol/messages/44-incremental-alter-configs.js';
import { describeConfigsHandler } from '../../../src/broker/requests/32-describe-configs.js';
import { alterConfigsHandler } from '../../../src/broker/requests/33-alter-configs.js';
import { incrementalAlterConfigsHandler } from '../../../src/broker/requests/44-incremental-alter-configs.js';
import { Bench } from './broker-bench.js';

const topic = 2;
const broker = 4;

async function describeOne(bench: Bench, resource: object, version = 2) {
  const about = { resourceType: topic, resourceName: 't', configurationKeys: null, ...resource };
  const answer = await bench.call(describeConfigsHandler, version, {
    resources: [about],
    includeSynonyms: true,
  });
  const [result] = answer.results;
  assert.ok(result);
  return result;
}

async function alter(bench: Bench, configs: Readonly<Record<string, string | null>>, change: object = {}) {
  const named = Object.entries(configs).map(([name, value]) => ({ name, value }));
  const resource = { resourceType: topic, resourceName: 't', configs: named, ...change };
  const answer = await bench.call(alterConfigsHandler, 1, { resources: [resource], validateOnly: false });
  return answer.responses[0]?.errorCode;
}

describe('DescribeConfigs', () => {
  it('tells what is set for a topic and what is a default', async () => {
    const bench = new Bench();
    bench.topic('t', { configs: [{ name: 'min.insync.replicas', value: '2' }] });
    for (let version = 0; version <= 4; version++) {
      const { configs } = await describeOne(bench, {}, version);
      const found = (name: string) => configs.find((one) => one.name === name);
      assert.equal(found('min.insync.replicas')?.value, '2');
      assert.equal(found('retention.ms')?.value, '604800000');
      if (version === 0) assert.equal(found('retention.ms')?.isDefault, true);
      if (version >= 1) assert.equal(found('min.insync.replicas')?.configSource, 1);
      if (version >= 1) assert.equal(found('retention.ms')?.configSource, 5);
      if (version >= 3) assert.equal(found('retention.ms')?.configType, 5);
    }
  });

  it('tells only the keys that are asked for', async () => {
    const bench = new Bench();
    bench.topic('t');
    const { configs } = await describeOne(bench, { configurationKeys: ['cleanup.policy', 'nonsense'] });
    assert.deepEqual(
      configs.map(({ name }) => name),
      ['cleanup.policy'],
    );
  });

  it('tells the configuration of the node that is asked, and of no other', async () => {
    const bench = new Bench({ nodes: 3, defaultPartitions: 6 });
    const own = await describeOne(bench, { resourceType: broker, resourceName: '1' });
    assert.equal(own.configs.find(({ name }) => name === 'num.partitions')?.value, '6');
    assert.ok(own.configs.every(({ readOnly }) => readOnly));
    const other = await describeOne(bench, { resourceType: broker, resourceName: '2' });
    assert.equal(other.errorCode, ErrorCode.INVALID_REQUEST);
    assert.match(other.errorMessage ?? '', /expected 1/);
  });

  it('refuses what does not exist', async () => {
    const bench = new Bench();
    assert.equal((await describeOne(bench, {})).errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assert.equal(
      (await describeOne(bench, { resourceName: 'a b' })).errorCode,
      ErrorCode.INVALID_TOPIC_EXCEPTION,
    );
    assert.equal((await describeOne(bench, { resourceType: 99 })).errorCode, ErrorCode.INVALID_REQUEST);
  });
});

describe('AlterConfigs', () => {
  it('replaces the whole configuration: what is not named is a default again', async () => {
    const bench = new Bench();
    const partition = bench.topic('t', { configs: [{ name: 'retention.ms', value: '5' }] });
    assert.equal(await alter(bench, { 'max.message.bytes': '1000' }), ErrorCode.NONE);
    assert.equal(partition.topic.config('max.message.bytes'), '1000');
    assert.equal(partition.topic.config('retention.ms'), '604800000');
  });

  it('changes nothing when one value is not acceptable', async () => {
    const bench = new Bench();
    const partition = bench.topic('t', { configs: [{ name: 'retention.ms', value: '5' }] });
    const mixed = { 'max.message.bytes': '1000', 'cleanup.policy': 'burn' };
    assert.equal(await alter(bench, mixed), ErrorCode.INVALID_CONFIG);
    assert.equal(await alter(bench, { 'retention.ms': null }), ErrorCode.INVALID_CONFIG);
    assert.equal(partition.topic.config('retention.ms'), '5');
    assert.equal(await alter(bench, {}, { resourceName: 'missing' }), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    const ofBroker = await alter(
      bench,
      { 'num.partitions': '3' },
      { resourceType: broker, resourceName: '1' },
    );
    assert.equal(ofBroker, ErrorCode.INVALID_REQUEST);
  });

  it('lets the high watermark move when min.insync.replicas comes down', async () => {
    const bench = new Bench({ nodes: 2 });
    const configs = [{ name: 'min.insync.replicas', value: '2' }];
    const partition = bench.topic('t', { replicationFactor: 2, configs });
    partition.setInSyncReplicas([partition.leader]);
    partition.appendMarker({ producerId: 1n, epoch: 0 }, true);
    assert.equal(partition.log.highWatermark, 0n);
    await alter(bench, { 'min.insync.replicas': '1' });
    assert.equal(partition.log.highWatermark, 1n);
  });
});

describe('IncrementalAlterConfigs', () => {
  const change = async (bench: Bench, configs: readonly (readonly [string, number, string | null])[]) => {
    const named = configs.map(([name, configOperation, value]) => ({ name, configOperation, value }));
    const resource = { resourceType: topic, resourceName: 't', configs: named };
    const answer = await bench.call(incrementalAlterConfigsHandler, 1, { resources: [resource] });
    return answer.responses[0]?.errorCode;
  };

  it('sets, deletes, appends to and subtracts from lists, and leaves the rest (KIP-339)', async () => {
    const bench = new Bench();
    const { topic: changed } = bench.topic('t', { configs: [{ name: 'retention.ms', value: '5' }] });
    await change(bench, [['segment.ms', ConfigOperation.set, '9']]);
    await change(bench, [['cleanup.policy', ConfigOperation.append, 'compact']]);
    assert.equal(changed.config('cleanup.policy'), 'delete,compact');
    await change(bench, [['cleanup.policy', ConfigOperation.subtract, 'delete']]);
    await change(bench, [['retention.ms', ConfigOperation.delete, null]]);
    assert.deepEqual(
      [...changed.configs],
      [
        ['segment.ms', '9'],
        ['cleanup.policy', 'compact'],
      ],
    );
  });

  it('refuses lists where there is none, unknown operations and a key twice', async () => {
    const bench = new Bench();
    bench.topic('t');
    const { set, append } = ConfigOperation;
    assert.equal(await change(bench, [['segment.ms', append, '9']]), ErrorCode.INVALID_CONFIG);
    assert.equal(await change(bench, [['cleanup.policy', 7, 'x']]), ErrorCode.INVALID_REQUEST);
    const twice = [['segment.ms', set, '9'] as const, ['segment.ms', set, '8'] as const];
    assert.equal(await change(bench, twice), ErrorCode.INVALID_REQUEST);
    assert.equal(await change(bench, [['segment.ms', set, 'x']]), ErrorCode.INVALID_CONFIG);
  });
});
