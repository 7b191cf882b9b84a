import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BrokerChoices, configureServers, parseServers } from '../../src/host/broker-choice.js';
import { ClusterStore } from '../../src/host/clusters/cluster-store.js';
import { KnownClusters } from '../../src/host/clusters/known-clusters.js';
import { SettingsCluster } from '../../src/host/clusters/settings-cluster.js';
import { OpenRuns } from '../../src/host/open-runs.js';
import { MemorySecrets, MemoryState } from './memory.js';

describe('the choice of a broker', () => {
  const state = new MemoryState();
  const saved = new ClusterStore(state, new MemorySecrets());
  const choices = new BrokerChoices(state, new KnownClusters([new SettingsCluster(), saved]));

  after(async () => {
    await choices.choose({ kind: 'embedded' });
    await configureServers([]);
  });

  it('is the embedded one unless the settings say otherwise', () => {
    assert.deepEqual(choices.current(), { kind: 'embedded' });
  });

  it('is kept: the cluster of the settings, one that was added, and back', async () => {
    const servers = ['localhost:9092', 'localhost:9095'];
    await configureServers(servers);
    await choices.choose({ kind: 'kafka', clusterId: 'settings', servers });
    assert.deepEqual(choices.current(), { kind: 'kafka', clusterId: 'settings', servers });
    const connection = { bootstrapServers: ['kafka:9093'] };
    const clusterId = await saved.add({ name: 'Ours', connection });
    const ours = { kind: 'kafka', clusterId, servers: ['kafka:9093'] } as const;
    await choices.choose(ours);
    assert.deepEqual(choices.current(), ours);
    await saved.remove(clusterId);
    assert.deepEqual(choices.current(), { kind: 'kafka', clusterId: 'settings', servers });
    await choices.choose({ kind: 'embedded' });
    assert.deepEqual(choices.current(), { kind: 'embedded' });
  });

  it('reads addresses as host:port with commas or blanks between them, and refuses anything else', () => {
    assert.deepEqual(parseServers(' a:9092, b:9093 '), ['a:9092', 'b:9093']);
    for (const wrong of ['', 'localhost', 'localhost:0', 'localhost:70000', 'http://a:9092', 'a:9092,b'])
      assert.equal(parseServers(wrong), undefined, wrong);
  });
});

describe('the note of runs on a real cluster', () => {
  const alive = new Set([1, 2]);

  it('names what a killed window left, and not what another window is running or has removed', async () => {
    const folder = path.join(await mkdtemp(path.join(tmpdir(), 'lab-open-runs-')), 'not', 'there yet');
    const [mine, other, killed] = [1, 2, 3].map(
      (id) => new OpenRuns(folder, id, (asked) => alive.has(asked)),
    );
    assert.ok(mine !== undefined && other !== undefined && killed !== undefined);
    assert.deepEqual(await mine.abandoned(), []);
    await killed.begin({ servers: ['a:9092'], clusterId: 'settings' });
    await other.begin({ servers: ['b:9092'], clusterId: 'settings' });
    await mine.end(await mine.begin({ servers: ['c:9092'], clusterId: 'settings' }));
    assert.deepEqual(await serversOf(mine), [['a:9092']]);
    await mine.forget(['a:9092']);
    assert.deepEqual(await serversOf(mine), []);
    alive.delete(2);
    assert.deepEqual(await serversOf(mine), [['b:9092']]);
    await rm(folder, { recursive: true });
  });

  async function serversOf(runs: OpenRuns): Promise<readonly (readonly string[])[]> {
    return (await runs.abandoned()).map(({ servers }) => servers);
  }
});
