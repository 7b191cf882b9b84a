import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'mocha';
import { registeredApis } from '../../src/broker/registry.js';

/**
 * Ranges that clients rely on: librdkafka up to 2.10 gates features by exact versions, kafkajs ignores a broker's minimum.
 * The third number is the version that kafkajs 2.2.4 asks for.
 */
const expected: Readonly<Record<string, readonly [number, number, number | undefined]>> = {
  Produce: [0, 11, 7],
  Fetch: [4, 16, 11],
  ListOffsets: [0, 8, 3],
  Metadata: [0, 12, 6],
  OffsetCommit: [0, 9, 5],
  OffsetFetch: [1, 9, 4],
  FindCoordinator: [0, 5, 2],
  JoinGroup: [0, 9, 5],
  Heartbeat: [0, 4, 3],
  LeaveGroup: [0, 5, 3],
  SyncGroup: [0, 5, 3],
  DescribeGroups: [0, 5, 2],
  ListGroups: [0, 5, 2],
  ApiVersions: [0, 4, 2],
  CreateTopics: [0, 7, 3],
  DeleteTopics: [0, 6, 1],
  DeleteRecords: [0, 2, 1],
  InitProducerId: [0, 5, 1],
  OffsetForLeaderEpoch: [2, 4, undefined],
  AddPartitionsToTxn: [0, 5, 1],
  AddOffsetsToTxn: [0, 4, 1],
  EndTxn: [0, 4, 1],
  TxnOffsetCommit: [0, 4, 1],
  DescribeConfigs: [0, 4, 2],
  AlterConfigs: [0, 2, 1],
  DescribeLogDirs: [0, 4, undefined],
  CreatePartitions: [0, 3, 1],
  DeleteGroups: [0, 2, 1],
  IncrementalAlterConfigs: [0, 1, undefined],
  OffsetDelete: [0, 0, undefined],
  DescribeCluster: [0, 1, undefined],
  DescribeProducers: [0, 0, undefined],
  DescribeTransactions: [0, 0, undefined],
  ListTransactions: [0, 1, undefined],
  ConsumerGroupHeartbeat: [0, 0, undefined],
  ConsumerGroupDescribe: [0, 0, undefined],
  DescribeTopicPartitions: [0, 0, undefined],
};

describe('the registry', () => {
  it('promises the versions that clients rely on', () => {
    const ranges = registeredApis.map(({ name, versions }) => [name, [versions.min, versions.max]]);
    const wanted = Object.entries(expected).map(([name, [min, max]]) => [name, [min, max]]);
    assert.deepEqual(Object.fromEntries(ranges), Object.fromEntries(wanted));
    for (const [name, [min, max, kafkajs = min]] of Object.entries(expected)) {
      assert.ok(kafkajs >= min && kafkajs <= max, name);
    }
  });

  it('promises nothing that the tables cannot read and write', () => {
    for (const { name, api, versions } of registeredApis) {
      assert.ok(versions.min >= api.versions.min && versions.max <= api.versions.max, name);
    }
  });

  it('knows every file that handles a request', () => {
    const folder = new URL('../../src/broker/requests/', import.meta.url);
    const keys = readdirSync(folder).flatMap((file) => /^(\d\d)-/.exec(file)?.[1] ?? []);
    assert.deepEqual(
      registeredApis.map(({ api }) => api.key),
      keys.map(Number).sort((a, b) => a - b),
    );
  });
});
