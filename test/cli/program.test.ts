import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { allScenarios } from '../../src/core/scenario/catalogue.js';
import { ServedBroker } from './served-broker.js';
import { ended, runLab, startLab, type Ended } from './spawned.js';

const responseLost = 'producer.at-least-once.response-lost';
let folder: string;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lab-cli-'));
});

after(() => rm(folder, { recursive: true, force: true }));

describe('the program', () => {
  it('lists every scenario, one object a line with --json', async () => {
    const { code, out, error } = await runLab(['list', '--json']);
    assert.deepEqual([code, error], [0, '']);
    const ids = linesOf(out).map((line) => (JSON.parse(line) as { readonly scenario: string }).scenario);
    assert.deepEqual(
      ids,
      allScenarios.map(({ id }) => id),
    );
  });

  it('speaks the language of the locale, or the one asked for', async () => {
    const french = await runLab(['list'], { LANG: 'fr_FR.UTF-8' });
    assert.match(french.out, /Producteur · au plus une fois/);
    const english = await runLab(['list', '--lang', 'en'], { LANG: 'fr_FR.UTF-8' });
    assert.match(english.out, /Producer · at most once/);
  });

  it('answers --help and --version on stdout', async () => {
    const help = await runLab(['--help']);
    assert.equal(help.code, 0);
    for (const command of ['list', 'run', 'check', 'broker', 'lag', 'clean'])
      assert.match(help.out, new RegExp(`^  ${command} `, 'm'));
    const version = await runLab(['--version']);
    const { version: expected } = JSON.parse(await readFile('package.json', 'utf8')) as {
      readonly version: string;
    };
    assert.equal(version.out, `${expected}\n`);
  });

  it('writes no colours into a pipe, unless forced', async () => {
    assert.doesNotMatch((await runLab(['list'])).out, /\u001B/);
    assert.match((await runLab(['list'], { FORCE_COLOR: '1' })).out, /\u001B\[1m/);
    assert.doesNotMatch((await runLab(['list'], { FORCE_COLOR: '1', NO_COLOR: '1' })).out, /\u001B/);
  });
});

describe('a run from the terminal', () => {
  it('prints the fields that are promised with --json, and nothing else', async () => {
    const { code, out, error } = await runLab(['run', responseLost, '--json']);
    assert.deepEqual([code, error], [0, '']);
    const [line, ...others] = linesOf(out);
    assert.deepEqual(others, []);
    const report = JSON.parse(line ?? '') as Readonly<Record<string, unknown>>;
    assert.deepEqual(Object.keys(report), [
      'scenario',
      'broker',
      'conclusive',
      'asExpected',
      'counts',
      'anomalies',
      'inconclusiveBecause',
      'durationMs',
    ]);
    assert.deepEqual(
      { ...report, counts: undefined, durationMs: undefined, anomalies: undefined },
      {
        scenario: responseLost,
        broker: 'embedded',
        conclusive: true,
        asExpected: true,
        inconclusiveBecause: [],
        counts: undefined,
        durationMs: undefined,
        anomalies: undefined,
      },
    );
    assert.ok(Object.values(report['counts'] as object).every(Number.isSafeInteger));
    assert.ok(Number.isSafeInteger(report['durationMs']));
    const anomalies = report['anomalies'] as readonly Readonly<Record<string, unknown>>[];
    assert.deepEqual(
      anomalies.map((anomaly) => [Object.keys(anomaly), anomaly['name'], anomaly['count']]),
      [[['name', 'count', 'witnesses'], 'duplicate', 1]],
    );
  });

  it('prints a table whose last line sums up', async () => {
    const { code, out } = await runLab(['run', responseLost]);
    assert.equal(code, 0);
    assert.match(out, /✓ response-lost +response of m4 lost after the append/);
    assert.match(out, /ok 10, log 11.*duplicate 1 \(m4 at offsets 4 and 5\)/);
    assert.match(linesOf(out).at(-1) ?? '', /^✓ 1 of 1 as expected · \d+\.\d s$/);
  });

  it('keeps both histories, and check finds in them what the run found', async () => {
    const kept = path.join(folder, 'kept', 'here');
    await runLab(['run', responseLost, '--history', kept]);
    const files = (await readdir(kept)).sort();
    assert.deepEqual(files, [`${responseLost}.control.jsonl`, `${responseLost}.fault.jsonl`]);
    const [control, fault] = await Promise.all(files.map((file) => checked(path.join(kept, file))));
    assert.deepEqual(control, { code: 0, conclusive: true, anomalies: [] });
    assert.deepEqual(fault, { code: 0, conclusive: true, anomalies: [['duplicate', 1]] });
  });

  it('ends within a second at Ctrl-C', async () => {
    const lab = startLab(['run', 'core']);
    const end = ended(lab);
    assert.ok(lab.stdout !== null);
    await once(lab.stdout, 'data');
    const asked = performance.now();
    lab.kill('SIGINT');
    const { code, error } = await end;
    assert.ok(performance.now() - asked < 1000);
    assert.equal(code, 130);
    assert.match(error, /^Stopped;[^\n]*\n$/);
  });

  it('does not crash when nobody reads its output any more', async () => {
    const lab = startLab(['run', 'core']);
    const end = once(lab, 'close');
    assert.ok(lab.stdout !== null && lab.stderr !== null);
    const errors: Buffer[] = [];
    lab.stderr.on('data', (data: Buffer) => errors.push(data));
    await once(lab.stdout, 'data');
    lab.stdout.destroy();
    assert.deepEqual(await end, [141, null]);
    assert.equal(Buffer.concat(errors).toString(), '');
  });
});

describe('bad input ends with 2 and one plain sentence', () => {
  it('a typo in an id: the nearest is suggested', async () => {
    refused(
      await runLab(['run', 'producer.at-least-once.responce-lost']),
      `Did you mean “${responseLost}”\\?`,
    );
  });

  it('a part of an id: those that have it are named', async () => {
    refused(await runLab(['run', 'response-lost']), `have it in their name: .*${responseLost}`);
  });

  it('an unknown option', async () => {
    refused(await runLab(['run', 'core', '--jsno']), 'Unknown option --jsno');
  });

  it('a broker that is down, also with --json', async () => {
    refused(
      await runLab(['run', 'core', '--bootstrap', '127.0.0.1:1']),
      'No broker answers at 127\\.0\\.0\\.1:1',
    );
    refused(await runLab(['run', responseLost, '--bootstrap', '127.0.0.1:1', '--json']), 'No broker answers');
    refused(await runLab(['clean', '--bootstrap', '127.0.0.1:1']), 'No broker answers');
  });

  it('a history that is not there', async () => {
    refused(await runLab(['check', path.join(folder, 'no.jsonl')]), 'cannot be read: there is no such file');
    refused(await runLab(['check', folder]), 'cannot be read: it is a folder');
  });

  it('a history with a broken line: its number is told', async () => {
    const file = path.join(folder, 'broken.jsonl');
    await writeFile(
      file,
      '{"seq":0,"timeMs":0,"type":"run","topics":[]}\n\n{"seq":1,"timeMs":1,"type":"nonsense"}\n',
    );
    refused(await runLab(['check', file]), 'Line 3');
    await writeFile(file, '{"seq":0,"timeMs":0,"type":"run","topics":[]}\n{"seq":1,\n');
    refused(await runLab(['check', file, '--json']), 'Line 2 is not JSON');
  });

  it('a properties file that cannot be followed', async () => {
    const file = path.join(folder, 'client.properties');
    await writeFile(file, 'bootstrap.servers=a:1\nsecurity.protocol=SSL\nssl.truststore.type=JKS\n');
    refused(await runLab(['run', 'core', '--config', file]), 'ssl\\.truststore\\.type=JKS');
    refused(await runLab(['run', 'core', '--config', `${file}.no`]), 'cannot be read');
  });

  it('a folder for histories that cannot be made', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    refused(await runLab(['run', responseLost, '--history', path.join(file, 'folder')]), 'cannot be written');
  });

  it('a port that is taken', async () => {
    const taken = createServer();
    await once(taken.listen(0, '127.0.0.1'), 'listening');
    const { port } = taken.address() as AddressInfo;
    refused(await runLab(['broker', '--port', String(port)]), `Port ${port} is taken`);
    taken.close();
  });
});

describe('the served broker', () => {
  it('prints an address where a run finds it as a cluster, and leaves nothing there', async () => {
    const broker = startLab(['broker', '--port', '0']);
    const end = ended(broker);
    const address = await firstLine(broker.stdout);
    const bootstrap = address.replace('bootstrap.servers=', '');
    assert.match(bootstrap, /^127\.0\.0\.1:\d+$/);
    const { code, out } = await runLab(['run', responseLost, '--bootstrap', bootstrap, '--json']);
    assert.equal(code, 0);
    assert.equal((JSON.parse(out) as { readonly broker: string }).broker, 'kafka');
    assert.match((await runLab(['clean', '--bootstrap', bootstrap])).out, /^Nothing is left over\.\n$/);
    broker.kill('SIGINT');
    assert.equal((await end).code, 0);
  }).timeout(30_000);

  it('is left without topics by one Ctrl-C, however often it is handed on; what a killed run left is told and removed', async () => {
    const broker = await ServedBroker.start(['--port', '0']);
    const bootstrap = broker.bootstrapServers.join();
    const run = startLab(['run', 'core', '--bootstrap', bootstrap]);
    const stopped = ended(run);
    await firstLine(run.stdout);
    for (let times = 0; times < 3; times++) run.kill('SIGINT');
    assert.equal((await stopped).code, 130);
    const { out } = await runLab(['clean', '--bootstrap', bootstrap]);
    assert.match(out, /^Nothing is left over\.\n$/);
    await createTopic(broker, 'lab.killed.input');
    const next = await runLab(['run', responseLost, '--bootstrap', bootstrap]);
    assert.match(next.error, /^Earlier runs .*: 1 and 0\. .*“clean”/);
    assert.match(
      (await runLab(['clean', '--yes', '--bootstrap', bootstrap])).out,
      /lab\.killed\.input.*Removed\./s,
    );
    await broker.stop();
  }).timeout(40_000);
});

async function createTopic(broker: ServedBroker, topic: string): Promise<void> {
  const admin = broker.kafka('left-behind').admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic }] });
  await admin.disconnect();
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}

function refused({ code, out, error }: Ended, sentence: string): void {
  assert.match(error, new RegExp(sentence));
  assert.deepEqual(linesOf(error).length, 1, error);
  assert.deepEqual([code, out], [2, '']);
}

async function checked(file: string): Promise<object> {
  const { code, out } = await runLab(['check', file, '--json']);
  const { conclusive, anomalies } = JSON.parse(out) as {
    readonly conclusive: boolean;
    readonly anomalies: readonly { readonly name: string; readonly count: number }[];
  };
  return { code, conclusive, anomalies: anomalies.map(({ name, count }) => [name, count]) };
}

async function firstLine(stream: NodeJS.ReadableStream | null): Promise<string> {
  assert.ok(stream !== null);
  for await (const line of createInterface({ input: stream })) return line;
  return '';
}
