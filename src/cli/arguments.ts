import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import type { Translate } from '../core/text/translate.js';
import { CliError } from './cli-error.js';
import { languages } from './language.js';
import { serversOf } from '../clients/properties/servers.js';
import { oneOf, portsOf, positiveOf } from './option-values.js';

/** What the user asked for, checked as far as the words alone can be checked. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'list'; readonly json: boolean }
  | RunCommand
  | { readonly kind: 'check'; readonly file: string; readonly json: boolean }
  | BrokerCommand
  | CleanCommand
  | LagCommand;

export interface RunCommand {
  readonly kind: 'run';
  /** Scenario ids, or the word `core`. */
  readonly scenarios: readonly string[];
  readonly connection: ConnectionOptions;
  readonly json: boolean;
  /** Folder for the recorded histories. */
  readonly history?: string;
}

export interface BrokerCommand {
  readonly kind: 'broker';
  /** One listener each; empty: ports of the system's choice. */
  readonly ports: readonly number[];
  readonly partitions: number;
  readonly replication: number;
  readonly autoCreate: boolean;
  readonly verbose: boolean;
  /** `transaction.version`: 0 as in Kafka 3.9, 2 as in Kafka 4. */
  readonly transactionVersion: 0 | 2;
  /** `group.version`: 0 as in Kafka 3.9, 1 as in Kafka 4. */
  readonly groupVersion: 0 | 1;
  /** File of fault rules (docs/faults.md). */
  readonly faults?: string;
  /** File for what the broker sees, as JSON lines. */
  readonly history?: string;
}

export interface CleanCommand {
  readonly kind: 'clean';
  readonly connection: ConnectionOptions;
  readonly yes: boolean;
}

export interface LagCommand {
  readonly kind: 'lag';
  readonly connection: ConnectionOptions;
  /** This group alone. */
  readonly group?: string;
  readonly json: boolean;
  /** Tells how many requests were sent. */
  readonly count: boolean;
}

/** Both absent: the embedded broker. The command line's servers win over the file's. */
export interface ConnectionOptions {
  readonly bootstrap?: readonly string[];
  readonly config?: string;
}

const common = {
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const satisfies ParseArgsOptionsConfig;

const connection = { bootstrap: { type: 'string' }, config: { type: 'string' } } as const;

const optionsOf = {
  list: { json: { type: 'boolean' } },
  run: { ...connection, json: { type: 'boolean' }, history: { type: 'string' } },
  check: { json: { type: 'boolean' } },
  broker: {
    port: { type: 'string' },
    partitions: { type: 'string' },
    replication: { type: 'string' },
    'auto-create': { type: 'boolean' },
    'transaction-version': { type: 'string' },
    'group-version': { type: 'string' },
    faults: { type: 'string' },
    history: { type: 'string' },
    verbose: { type: 'boolean' },
  },
  clean: { ...connection, yes: { type: 'boolean', short: 'y' } },
  lag: { ...connection, group: { type: 'string' }, json: { type: 'boolean' }, count: { type: 'boolean' } },
} as const satisfies Record<string, ParseArgsOptionsConfig>;

export const commandNames = ['list', 'run', 'check', 'broker', 'lag', 'clean'] as const;

type CommandName = (typeof commandNames)[number];

/**
 * Reads the words behind the program's name.
 * @throws CliError (exit 2) with one sentence for whatever is not understood.
 */
export function parseArguments(argv: readonly string[], t: Translate): Command {
  const at = commandAt(argv);
  const name = commandNames.find((command) => command === argv[at]);
  if (name === undefined) return withoutCommand(argv, t);
  const words = [...argv.slice(0, at), ...argv.slice(at + 1)];
  const parsed = parse(words, { ...common, ...optionsOf[name] }, t);
  if (parsed.values['help'] === true) return { kind: 'help' };
  return commands[name](parsed, t);
}

/** The first word that is neither an option nor the language: options may stand before the command too. */
function commandAt(argv: readonly string[]): number {
  return argv.findIndex((word, index) => !word.startsWith('-') && argv[index - 1] !== '--lang');
}

function withoutCommand(argv: readonly string[], t: Translate): Command {
  const { values, positionals } = parse(argv, common, t);
  const [word] = positionals;
  if (word === 'help') return { kind: 'help' };
  if (word !== undefined)
    throw new CliError(
      t('Unknown command “{word}”. Commands: {commands}.', { word, commands: commandNames.join(', ') }),
    );
  if (values['version'] === true) return { kind: 'version' };
  if (values['help'] === true) return { kind: 'help' };
  throw new CliError(t('No command given. Commands: {commands}.', { commands: commandNames.join(', ') }));
}

interface Parsed {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

type ToCommand = (parsed: Parsed, t: Translate) => Command;

const commands: Readonly<Record<CommandName, ToCommand>> = {
  list({ values, positionals }, t) {
    refuseExtra(positionals, 0, t);
    return { kind: 'list', json: values['json'] === true };
  },
  run({ values, positionals }, t) {
    if (positionals.length === 0)
      throw new CliError(t('Name a scenario to run, or “core” for all fifteen core scenarios.'));
    return {
      kind: 'run',
      scenarios: positionals,
      connection: connectionOptions(values, t),
      json: values['json'] === true,
      ...(typeof values['history'] === 'string' ? { history: values['history'] } : {}),
    };
  },
  check({ values, positionals }, t) {
    const [file] = positionals;
    if (file === undefined) throw new CliError(t('Name the history to check: a file of JSON lines.'));
    refuseExtra(positionals, 1, t);
    return { kind: 'check', file, json: values['json'] === true };
  },
  broker({ values, positionals }, t) {
    refuseExtra(positionals, 0, t);
    return {
      kind: 'broker',
      ports: portsOf(values['port'], t),
      partitions: positiveOf('--partitions', values['partitions'], 1, t),
      replication: positiveOf('--replication', values['replication'], 1, t),
      autoCreate: values['auto-create'] === true,
      verbose: values['verbose'] === true,
      transactionVersion: oneOf('--transaction-version', values['transaction-version'], [0, 2], t),
      groupVersion: oneOf('--group-version', values['group-version'], [0, 1], t),
      ...(typeof values['faults'] === 'string' ? { faults: values['faults'] } : {}),
      ...(typeof values['history'] === 'string' ? { history: values['history'] } : {}),
    };
  },
  clean({ values, positionals }, t) {
    refuseExtra(positionals, 0, t);
    const options = connectionOptions(values, t);
    if (options.bootstrap === undefined && options.config === undefined)
      throw new CliError(t('Name the cluster to clean: --bootstrap host:port, or --config FILE.'));
    return { kind: 'clean', connection: options, yes: values['yes'] === true };
  },
  lag({ values, positionals }, t) {
    refuseExtra(positionals, 0, t);
    const options = connectionOptions(values, t);
    if (options.bootstrap === undefined && options.config === undefined)
      throw new CliError(t('Name the cluster to look at: --bootstrap host:port, or --config FILE.'));
    return {
      kind: 'lag',
      connection: options,
      json: values['json'] === true,
      count: values['count'] === true,
      ...(typeof values['group'] === 'string' ? { group: values['group'] } : {}),
    };
  },
};

function connectionOptions(values: Parsed['values'], t: Translate): ConnectionOptions {
  const { bootstrap, config } = values;
  return {
    ...(typeof bootstrap === 'string' ? { bootstrap: serversOf(bootstrap, t) } : {}),
    ...(typeof config === 'string' ? { config } : {}),
  };
}

/** Not `strict`: Node's own messages are English and several sentences long. */
function parse(argv: readonly string[], options: ParseArgsOptionsConfig, t: Translate): Parsed {
  const { tokens, values, positionals } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  for (const token of tokens) if (token.kind === 'option') checkOption(token, options, t);
  const lang = values['lang'];
  if (lang !== undefined && !languages.some((language) => language === lang))
    throw new CliError(t('--lang knows en and fr, not “{lang}”.', { lang: String(lang) }));
  return { values, positionals };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
}

function checkOption(
  { name, rawName, value }: OptionToken,
  options: ParseArgsOptionsConfig,
  t: Translate,
): void {
  const option = options[name];
  if (option === undefined)
    throw new CliError(t('Unknown option {option}; --help shows all.', { option: rawName }));
  if (option.type === 'string' && (value === undefined || value === '' || value.startsWith('--')))
    throw new CliError(t('{option} needs a value.', { option: rawName }));
  if (option.type === 'boolean' && value !== undefined)
    throw new CliError(t('{option} takes no value.', { option: rawName }));
}

function refuseExtra(positionals: readonly string[], allowed: number, t: Translate): void {
  const word = positionals[allowed];
  if (word !== undefined)
    throw new CliError(t('“{word}” is one word too many; --help shows the usage.', { word }));
}
