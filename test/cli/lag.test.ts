import assert from 'node:assert/strict';
import { expectedRows, makeCases } from '../cluster/lag-cases.js';
import { Side } from '../differential/side.js';
import { ServedBroker } from './served-broker.js';
import { runLab } from './spawned.js';

describe('lab lag', function () {
  this.timeout(30_000);
  let broker: ServedBroker;
  let node: Side;
  let closeCases: (() => Promise<void>) | undefined;
  let cluster: readonly string[];

  before(async () => {
    broker = await ServedBroker.start(['--port', '0']);
    const [first = ''] = broker.bootstrapServers;
    const [host = '', port] = first.split(':');
    node = new Side('the served broker', { host, port: Number(port) });
    closeCases = await makeCases(broker.bootstrapServers, node);
    cluster = ['--bootstrap', broker.bootstrapServers.join()];
  });
  after(async () => {
    await closeCases?.();
    await node.close();
    await broker.stop();
  });

  it('prints a table for each group, with its total and what the numbers do not say', async () => {
    const { code, out, error } = await runLab(['lag', ...cluster]);
    assert.deepEqual([code, error], [0, '']);
    assert.match(out, /^plain {2}classic, Empty · total lag 2$/m);
    assert.match(out, /^ {2}topic {2}partition {2}committed {2}end {2}LSO {2}start {2}lag$/m);
    assert.match(out, /^ {2}plain {10}0 {10}1 {4}3 {4}3 {6}0 {4}2$/m);
    assert.match(out, /^ {2}plain {10}1 {10}– {4}0 {4}0 {6}0 {4}– {2}nothing committed$/m);
    assert.match(out, /3 expired before being read/);
  });

  it('prints one object for each partition with --json, null where there is no number', async () => {
    const { out } = await runLab(['lag', ...cluster, '--json']);
    const rows = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.equal(rows.length, Object.values(expectedRows).flat().length);
    assert.deepEqual(
      rows.find(({ group }) => group === 'open'),
      {
        ...{ group: 'open', topic: 'open', partition: 0, committed: 1, end: 5, lso: 3, start: 0, lag: 2 },
        note: '2 behind an open transaction',
      },
    );
    assert.equal(rows.find(({ group }) => group === 'to-latest')?.['lag'], null);
  });

  it('looks at one group, tells markers, counts requests on the other stream, and speaks French', async () => {
    const { out, error } = await runLab([
      ...['lag', '--group', 'marker', '--count', '--lang', 'fr'],
      ...cluster,
    ]);
    assert.match(out, /^marker {2}classic, Empty · retard total 1$/m);
    assert.match(out, /dont 1 marqueur de transaction$/m);
    assert.match(error, /^Requêtes envoyées\s: \d+$/m);
  });

  it('says in one sentence that there is no such group, or no broker', async () => {
    const nobody = await runLab(['lag', '--group', 'nobody', ...cluster]);
    assert.deepEqual(
      [nobody.code, nobody.out, nobody.error],
      [2, '', 'No consumer group is called “nobody”.\n'],
    );
    const nowhere = await runLab(['lag', '--bootstrap', '127.0.0.1:1']);
    assert.equal(nowhere.code, 2);
    assert.match(nowhere.error, /^No broker answers at 127\.0\.0\.1:1: .*\n$/);
  });
});
