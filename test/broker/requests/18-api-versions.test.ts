import assert from 'node:assert/strict';
import { apiVersionsHandler } from '../../../src/broker/requests/18-api-versions.js';
import { advertised, advertisedWith } from '../../../src/broker/registry.js';
import { Bench } from './broker-bench.js';

const handler = apiVersionsHandler(advertisedWith);
const client = { clientSoftwareName: 'test', clientSoftwareVersion: '1.0' };
const metadataVersion = { name: 'metadata.version', minVersion: 1, maxVersion: 21 };

describe('ApiVersions', () => {
  it('tells the features of Kafka 3.9.1: in version 3 only those that begin at 1 or later', async () => {
    const bench = new Bench();
    assert.deepEqual((await bench.call(handler, 2, client)).supportedFeatures, []);
    const third = await bench.call(handler, 3, client);
    assert.deepEqual(third.supportedFeatures, [metadataVersion]);
    const fourth = await bench.call(handler, 4, client);
    const kraft = { name: 'kraft.version', minVersion: 0, maxVersion: 1 };
    assert.deepEqual(fourth.supportedFeatures, [kraft, metadataVersion]);
    const finalized = [{ name: 'metadata.version', minVersionLevel: 21, maxVersionLevel: 21 }];
    assert.deepEqual([third.finalizedFeatures, fourth.finalizedFeatures], [finalized, finalized]);
    assert.ok(third.finalizedFeaturesEpoch >= 0n);
  });

  it('tells what is on beyond that, and the versions that belong to it', async () => {
    const bench = new Bench({ nodes: 1, transactionVersion: 2, groupVersion: 1 });
    const answer = await bench.call(handler, 4, client);
    const levels = answer.finalizedFeatures.map(({ name, maxVersionLevel }) => [name, maxVersionLevel]);
    assert.deepEqual(levels, [
      ['group.version', 1],
      ['metadata.version', 21],
      ['transaction.version', 2],
    ]);
    const raised = answer.apiKeys.filter(
      ({ apiKey, maxVersion }) => advertised.find((one) => one.apiKey === apiKey)?.maxVersion !== maxVersion,
    );
    assert.deepEqual(Object.fromEntries(raised.map(({ apiKey, maxVersion }) => [apiKey, maxVersion])), {
      0: 12,
      26: 5,
      28: 5,
      68: 1,
      69: 1,
    });
  });

  it('refuses a client whose name is not one (42)', async () => {
    const nameless = { clientSoftwareName: '-', clientSoftwareVersion: '1' };
    assert.equal((await new Bench().call(handler, 3, nameless)).errorCode, 42);
  });
});
