import assert from 'node:assert/strict';
import { readLag, type LagReading } from '../../src/cluster/read-lag.js';
import { expectedRows, makeCases, rowsOf } from '../cluster/lag-cases.js';
import { Side } from '../differential/side.js';
import { startKafka, type RealKafka } from '../harness/kafka.js';
import { kafkaVersions } from '../harness/kafka-jars.js';
import { describedByTool } from './group-tool.js';

/** Groups of which Kafka's own tool says the same: it knows neither expired records, nor open transactions, nor resets. */
const toolIsRightFor = ['plain', 'marker'];

for (const version of kafkaVersions)
  describe(`the lag of groups, on Apache Kafka ${version}`, () => {
    let kafka: RealKafka;
    let node: Side;
    let closeCases: (() => Promise<void>) | undefined;

    before(async () => {
      kafka = await startKafka({ version });
      const [address] = kafka.addresses;
      assert.ok(address);
      node = new Side(`Apache Kafka ${version}`, address);
      closeCases = await makeCases(kafka.bootstrapServers, node);
    });
    after(async () => {
      await closeCases?.();
      await node.close();
      await kafka.stop();
    });

    const read = (group?: string) =>
      readLag({
        connection: { bootstrapServers: kafka.bootstrapServers },
        ...(group !== undefined && { group }),
      });

    for (const [group, rows] of Object.entries(expectedRows))
      it(`tells “${group}” as it is`, async () => {
        assert.deepEqual(rowsOf(await read(group), group), rows);
      });

    it('of all groups takes two requests and five to the broker, and agrees with Kafka’s own tool where that is right', async () => {
      const reading = await read();
      assert.equal(reading.requests, 2 + 5);
      const told = (await describedByTool(kafka)).map((cells) => cells.slice(0, 6).join(' ')).sort();
      for (const group of toolIsRightFor) {
        const ours = comparable(reading, group);
        assert.ok(ours.length > 0, group);
        assert.deepEqual(
          told.filter((row) => row.startsWith(`${group} `)),
          ours,
        );
      }
    });
  });

function comparable({ groups }: LagReading, wanted: string): readonly string[] {
  const rows = groups.find(({ groupId }) => groupId === wanted)?.rows ?? [];
  return rows.flatMap(({ topic, partition, committed, bounds, lag }) =>
    committed.kind === 'offset' && !('unreadable' in bounds) && lag.kind === 'known'
      ? [[wanted, topic, partition, committed.offset, bounds.end, lag.lag].join(' ')]
      : [],
  );
}
