import assert from 'node:assert/strict';
import { parseArguments } from '../../src/cli/arguments.js';
import { exitCodeOf } from '../../src/cli/cli-error.js';
import { ToldError } from '../../src/core/told-error.js';
import { translator } from '../../src/core/text/translate.js';

const t = translator({});

describe('the words behind the program’s name', () => {
  it('name scenarios, servers, files and a folder', () => {
    const words = [
      'run',
      'core',
      '--bootstrap',
      'a:1,b:2',
      '--config=client.properties',
      '--json',
      '--history',
      'out',
    ];
    assert.deepEqual(parseArguments(words, t), {
      kind: 'run',
      scenarios: ['core'],
      connection: { bootstrap: ['a:1', 'b:2'], config: 'client.properties' },
      json: true,
      history: 'out',
    });
  });

  it('may stand behind options', () => {
    const words = ['--lang', 'fr', '--json', 'run', 'core'];
    assert.deepEqual(parseArguments(words, t), {
      kind: 'run',
      scenarios: ['core'],
      connection: {},
      json: true,
    });
  });

  it('mean the embedded broker when no servers are named', () => {
    assert.deepEqual(parseArguments(['run', 'a', 'b'], t), {
      kind: 'run',
      scenarios: ['a', 'b'],
      connection: {},
      json: false,
    });
  });

  it('set up a broker with one listener a port', () => {
    const words = [
      'broker',
      '--port',
      '9092,9095',
      '--partitions',
      '3',
      '--replication=2',
      '--auto-create',
      '--verbose',
      '--transaction-version=2',
      '--group-version=1',
      '--faults=faults.json',
      '--history=mine.jsonl',
    ];
    assert.deepEqual(parseArguments(words, t), {
      kind: 'broker',
      ports: [9092, 9095],
      partitions: 3,
      replication: 2,
      autoCreate: true,
      verbose: true,
      transactionVersion: 2,
      groupVersion: 1,
      faults: 'faults.json',
      history: 'mine.jsonl',
    });
  });

  it('have defaults for a broker', () => {
    const { kind, ...rest } = parseArguments(['broker'], t);
    assert.equal(kind, 'broker');
    const features = { transactionVersion: 0, groupVersion: 0 };
    const sizes = { ports: [], partitions: 1, replication: 1 };
    assert.deepEqual(rest, { ...sizes, autoCreate: false, verbose: false, ...features });
  });

  it('may ask for help anywhere', () => {
    for (const words of [['--help'], ['-h'], ['help'], ['run', '--help'], ['broker', '-h']])
      assert.deepEqual(parseArguments(words, t), { kind: 'help' });
    assert.deepEqual(parseArguments(['--version'], t), { kind: 'version' });
  });
});

describe('words that cannot be understood are refused in one sentence', () => {
  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /^No command given\. Commands: list, run/],
    [['rnu'], /^Unknown command “rnu”/],
    [['--lang', 'rnu'], /^--lang knows en and fr, not “rnu”/],
    [['run'], /^Name a scenario/],
    [['run', 'core', '--jsn'], /^Unknown option --jsn/],
    [['run', 'core', '-x'], /^Unknown option -x/],
    [['run', 'core', '--history'], /^--history needs a value/],
    [['run', 'core', '--history', '--json'], /^--history needs a value/],
    [['run', 'core', '--json=yes'], /^--json takes no value/],
    [['run', 'core', '--lang', 'de'], /^--lang knows en and fr, not “de”/],
    [['run', 'core', '--bootstrap', 'localhost'], /host:port, not “localhost”/],
    [['run', 'core', '--bootstrap', 'http://localhost:9092'], /host:port/],
    [['run', 'core', '--bootstrap', 'a:99999'], /host:port/],
    [['check'], /^Name the history/],
    [['check', 'a.jsonl', 'b.jsonl'], /“b\.jsonl” is one word too many/],
    [['broker', '--port', '70000'], /--port needs numbers from 0 to 65535, not “70000”/],
    [['broker', '--port', '9092,'], /--port needs numbers/],
    [['broker', '--partitions', '0'], /--partitions needs a whole number from 1, not “0”/],
    [['broker', '--replication', 'x'], /--replication needs a whole number/],
    [['broker', '--transaction-version', '1'], /--transaction-version is one of 0, 2, not “1”/],
    [['broker', '--group-version', 'x'], /--group-version is one of 0, 1/],
    [['clean'], /^Name the cluster to clean/],
    [['lag'], /^Name the cluster to look at/],
    [['lag', '--group'], /^--group needs a value/],
    [['list', 'all'], /“all” is one word too many/],
  ];
  for (const [words, sentence] of refused)
    it(`lab ${words.join(' ')}`, () => {
      assert.throws(
        () => parseArguments(words, t),
        (error) => error instanceof ToldError && exitCodeOf(error) === 2 && sentence.test(error.message),
      );
    });
});
