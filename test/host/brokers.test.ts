import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { brokerChoice, chooseEmbedded, chooseKafka, parseServers } from '../../src/host/broker-choice.js';
import { OpenRuns } from '../../src/host/open-runs.js';

describe('the choice of a broker', () => {
  after(async () => {
    await chooseEmbedded();
    await vscode.workspace
      .getConfiguration('kafkaLab')
      .update('bootstrapServers', undefined, vscode.ConfigurationTarget.Global);
  });

  it('is the embedded one unless the settings say otherwise', () => {
    assert.deepEqual(brokerChoice(), { kind: 'embedded' });
  });

  it('is kept in the settings, and goes back', async () => {
    await chooseKafka(['localhost:9092', 'localhost:9095']);
    assert.deepEqual(brokerChoice(), { kind: 'kafka', servers: ['localhost:9092', 'localhost:9095'] });
    await chooseEmbedded();
    assert.deepEqual(brokerChoice(), { kind: 'embedded' });
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
    await killed.begin(['a:9092']);
    await other.begin(['b:9092']);
    await mine.end(await mine.begin(['c:9092']));
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
