import assert from 'node:assert/strict';
import { defineApi } from '../../src/broker/protocol/api.js';
import { array, int16, int32, int8, string } from '../../src/broker/protocol/schema.js';
import { Kafka, logLevel } from '../../src/clients/kafkajs.js';
import type { Cluster, GroupRow, GroupState } from '../../src/cluster/cluster.js';
import { openCluster } from '../../src/cluster/connected-cluster.js';
import { memberBehaviour, newGroup } from '../cluster/member-behaviour.js';
import { ConsumerMember } from '../cluster/consumer-member.js';
import { settled } from '../differential/answer.js';
import { Side } from '../differential/side.js';
import { startKafka, type RealKafka } from '../harness/kafka.js';
import { kafkaVersions } from '../harness/kafka-jars.js';
import { untilItSucceeds } from '../harness/processes.js';
import { describedByTool } from './group-tool.js';

/** Kafka 4 has the new protocol by default. */
const withNewProtocol = {
  '3.9.1': { 'group.coordinator.rebalance.protocols': 'classic,consumer' },
  '4.2.0': {},
} as const;

for (const version of kafkaVersions)
  describe(`the members of groups, Apache Kafka ${version}`, () => {
    let kafka: RealKafka;
    let node: Side;

    before(async () => {
      kafka = await startKafka({ version, properties: withNewProtocol[version] });
      const [address] = kafka.addresses;
      assert.ok(address);
      node = new Side(`Apache Kafka ${version}`, address);
    });
    after(async () => {
      await node.close();
      await kafka.stop();
    });

    describe('of the new protocol', () => memberBehaviour(() => ({ servers: kafka.bootstrapServers, node })));

    describe('of either protocol', () => agreesWithTool(() => ({ kafka, node })));
    if (version === '4.2.0') describe('of a share group', () => shareGroup(() => ({ kafka, node })));
  });

interface Running {
  readonly kafka: RealKafka;
  readonly node: Side;
}

function agreesWithTool(running: () => Running): void {
  it('have what Kafka’s own tool says, column by column', async () => {
    const { kafka, node } = running();
    const brokers = [...kafka.bootstrapServers];
    const app = new Kafka({ clientId: 'app', brokers, logLevel: logLevel.NOTHING });
    const cluster = await openCluster({ connection: { bootstrapServers: brokers } });
    const member = await ConsumerMember.join(node, newGroup, 'ledger', 2);
    const consumer = app.consumer({ groupId: 'classic' });
    try {
      await consumer.connect();
      await consumer.subscribe({ topic: 'ledger', fromBeginning: true });
      await consumer.run({ eachMessage: async () => undefined });
      await consumer.commitOffsets([{ topic: 'ledger', partition: 1, offset: '0' }]);
      const groups = await bothStable(cluster);
      const told = (await describedByTool(kafka)).map((cells) => cells.join(' '));
      assert.deepEqual([...told].sort(), groups.flatMap(rowsOf).sort());
    } finally {
      await consumer.disconnect();
      await member.leave();
      await cluster.close();
    }
  });
}

function bothStable(cluster: Cluster): Promise<readonly GroupState[]> {
  const attempt = async (): Promise<readonly GroupState[]> => {
    const { groups } = await cluster.groups();
    const states = groups.map(({ groupId, state }) => `${groupId} ${state}`);
    assert.deepEqual(states, ['classic Stable', `${newGroup} Stable`]);
    return groups;
  };
  return untilItSucceeds('Both groups are stable', attempt, { timeoutMs: 20_000 });
}

function shareGroup(running: () => Running): void {
  it('are not told, but that it is one', async () => {
    const { kafka, node } = running();
    const cluster = await openCluster({ connection: { bootstrapServers: kafka.bootstrapServers } });
    const { errorCode } = await settled(
      () => node.ask(shareGroupHeartbeat, 1, sharing(0)),
      (response) => response.errorCode,
    );
    assert.equal(errorCode, 0);
    try {
      const { groups } = await cluster.groups();
      const share = groups.find(({ groupId }) => groupId === 'share');
      assert.deepEqual(share, { groupId: 'share', type: 'share', state: 'Stable', assignor: '', rows: [] });
    } finally {
      await node.ask(shareGroupHeartbeat, 1, sharing(-1));
      await cluster.close();
    }
  });
}

/** KIP-932. The inspector only lists share groups, and the codec does not know them: the header’s tagged fields stand in the message. */
const shareGroupHeartbeat = defineApi({
  key: 76,
  name: 'ShareGroupHeartbeat',
  versions: { min: 1, max: 1 },
  flexibleFrom: 0,
  request: {
    headerTags: int8('0+'),
    groupId: string('0+'),
    memberId: string('0+'),
    memberEpoch: int32('0+'),
    rackId: string('0+', { nullable: '0+', default: null }),
    subscribedTopicNames: array('0+', 'string', { nullable: '0+', default: null }),
  },
  response: { headerTags: int8('0+'), throttleTimeMs: int32('0+'), errorCode: int16('0+') },
});

function sharing(memberEpoch: number) {
  const memberId = 'AAAAAAAAAAAAAAAAAAAAAQ';
  return { groupId: 'share', memberId, memberEpoch, subscribedTopicNames: ['ledger'] };
}

function rowsOf({ groupId, rows }: GroupState): readonly string[] {
  return rows.map((row) => [groupId, row.topic, row.partition, ...numbersOf(row), ...ownerOf(row)].join(' '));
}

function numbersOf({ committed, bounds, lag }: GroupRow): readonly string[] {
  return [
    committed.kind === 'offset' ? String(committed.offset) : '-',
    'unreadable' in bounds ? '?' : String(bounds.end),
    lag.kind === 'known' ? String(lag.lag) : '-',
  ];
}

function ownerOf({ owner }: GroupRow): readonly string[] {
  return owner === undefined ? ['-', '-', '-'] : [owner.memberId, owner.host, owner.clientId];
}
