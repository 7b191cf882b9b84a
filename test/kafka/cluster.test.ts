import { logBehaviour } from '../cluster/log-behaviour.js';
import { clusterBehaviour } from '../cluster/cluster-behaviour.js';
import { startKafka, type RealKafka } from '../harness/kafka.js';
import { kafkaVersions } from '../harness/kafka-jars.js';

for (const version of kafkaVersions)
  describe(`a connected cluster, Apache Kafka ${version}`, () => {
    let kafka: RealKafka;
    before(async () => {
      kafka = await startKafka({ version });
    });
    after(() => kafka.stop());

    clusterBehaviour(() => kafka.bootstrapServers);

    describe('its logs', () => logBehaviour(() => kafka.bootstrapServers));
  });
