import assert from 'node:assert/strict';
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
    const state = new MapMemento();
    const killed = new OpenRuns(state, 3, (id) => alive.has(id));
    const other = new OpenRuns(state, 2, (id) => alive.has(id));
    const mine = new OpenRuns(state, 1, (id) => alive.has(id));
    await killed.begin(['a:9092']);
    await other.begin(['b:9092']);
    await mine.end(await mine.begin(['c:9092']));
    assert.deepEqual(
      mine.abandoned().map(({ servers }) => servers),
      [['a:9092']],
    );
    await mine.forget(['a:9092']);
    assert.deepEqual(mine.abandoned(), []);
    alive.delete(2);
    assert.deepEqual(
      mine.abandoned().map(({ servers }) => servers),
      [['b:9092']],
    );
  });
});

class MapMemento implements vscode.Memento {
  private readonly values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.values.keys()];
  }

  get<T>(key: string, fallback?: T): T {
    return (this.values.get(key) ?? fallback) as T;
  }

  update(key: string, value: unknown): Promise<void> {
    this.values.set(key, value);
    return Promise.resolve();
  }
}
