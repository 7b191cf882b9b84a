import { readFile } from 'node:fs/promises';
import { exit, type ExitCode } from './cli-error.js';
import { writeLine, type Context } from './context.js';
import type { Translate } from '../core/text/translate.js';
import type { Style } from './terminal.js';

export function printHelp({ terminal, wording }: Context): Promise<ExitCode> {
  for (const line of help(wording.t, terminal.style)) writeLine(terminal.out, line);
  return Promise.resolve(exit.expected);
}

export async function printVersion({ terminal, installation }: Context): Promise<ExitCode> {
  const { version } = JSON.parse(await readFile(installation.packageFile, 'utf8')) as { version: string };
  writeLine(terminal.out, version);
  return exit.expected;
}

function help(t: Translate, { heading, dim }: Style): readonly string[] {
  const usage: readonly (readonly [string, string])[] = [
    ['list [--json]', t('The scenarios, below the semantics that they question.')],
    [
      'run <scenario…|semantics…|core> [--bootstrap HOST:PORT,…] [--config FILE] [--json] [--history DIR]',
      t(
        'Runs scenarios, each after its control run: on the embedded broker, or on the cluster that you name.',
      ),
    ],
    ['check FILE.jsonl [--json]', t('The verdict of a recorded history (docs/history.md).')],
    [
      'broker [--port 9092[,9095,9098]] [--partitions N] [--replication N] [--auto-create] [--verbose]' +
        ' [--transaction-version 0|2] [--group-version 0|1] [--faults FILE.json] [--history FILE.jsonl]',
      t(
        'Serves the embedded broker for your own clients until Ctrl-C: as Kafka 3.9, or with the transactions and groups of Kafka 4.',
      ),
    ],
    [
      'lag [--bootstrap HOST:PORT,…] [--config FILE] [--group GROUP] [--json] [--count]',
      t('What consumer groups have committed, and what is left to them: honest lag.'),
    ],
    [
      'clean [--bootstrap HOST:PORT,…] [--config FILE] [--yes]',
      t('Removes what runs that were killed left behind on a cluster: topics and groups named “lab.…”.'),
    ],
  ];
  return [
    heading('Kafka Semantics Lab'),
    t(
      'Proves Kafka’s delivery semantics: real clients, one fault at one exact point, a verdict from what was recorded.',
    ),
    '',
    ...usage.flatMap(([command, sentence]) => [`  ${command}`, `      ${dim(sentence)}`]),
    '',
    `  --lang fr|en      ${dim(t('Language; otherwise from LC_ALL, LC_MESSAGES or LANG.'))}`,
    `  --config FILE     ${dim(t('TLS and SASL as in a properties file of Kafka’s own clients.'))}`,
    `  --json            ${dim(t('One JSON object a line on stdout and nothing else.'))}`,
    `  --history DIR     ${dim(t('Keeps the recorded histories as JSON lines.'))}`,
    `  --history FILE    ${dim(t('For a broker: writes what it sees of its clients, ready to be checked.'))}`,
    `  --faults FILE     ${dim(t('Rules for faults that strike your own clients (docs/faults.md).'))}`,
    '  --help, --version',
    '',
    t(
      'Exit code 0: all conclusive and as expected; 1: not; 2: wrong usage, or a broker that cannot be used; 130: cancelled.',
    ),
  ];
}
