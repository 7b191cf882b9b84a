// npm run bench [-- [PART …] [--json] [--short] [--check]]: the figures, ratios first, each beside what is to be reached. A table and
// the same as JSON; --json prints the JSON alone, --short takes fewer rounds, --check exits with 1 when a target is missed.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { missingForKafka } from '../test/harness/kafka-jars.js';
import { activation } from './activation.js';
import { confluentContests } from './confluent-contests.js';
import { compareBrokers } from './contest.js';
import { isReached, table, type Figure } from './figure.js';
import { kafkajsContests } from './kafkajs-contests.js';
import { lag } from './lag.js';
import { labPage } from './page.js';
import { packageSize } from './package-size.js';
import { residentMemory } from './resident-memory.js';
import { scenarios } from './scenarios.js';
import { startToFirstRecord } from './start-to-first-record.js';
import { largeTree } from './tree.js';
import { waitingReaders } from './waiting-readers.js';

async function main(): Promise<void> {
  const flag = { type: 'boolean', default: false } as const;
  const options = { json: flag, short: flag, check: flag };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const unknown = positionals.find((name) => !(name in parts));
  if (unknown !== undefined) {
    console.error(
      `There is nothing called "${unknown}" to measure; there are: ${Object.keys(parts).join(', ')}.`,
    );
    process.exitCode = 2;
    return;
  }
  const figures = await measure(values.short, positionals);
  const json = JSON.stringify({ machine: machine(), figures: figures.map(withVerdict) }, null, 2);
  console.log(values.json ? json : `${table(figures)}\n\n${json}`);
  if (values.check && figures.some((figure) => isReached(figure) === false)) process.exitCode = 1;
}

type Part = (short: boolean, withKafka: boolean) => Promise<readonly Figure[]>;

const parts: Readonly<Record<string, Part>> = {
  start: (short, withKafka) => startToFirstRecord(short ? 3 : 9, withKafka),
  clients,
  lag: (short) => lag(short ? 3 : 9),
  tree: largeTree,
  page: (short) => labPage(short ? 1 : 3),
  scenarios: (short) => scenarios(short ? 1 : 3),
  memory: residentMemory,
  activation: (short) => activation(short ? 5 : 15),
  package: packageSize,
};

async function clients(short: boolean, withKafka: boolean): Promise<readonly Figure[]> {
  const contests = [...kafkajsContests(short ? 20 : 60), ...(await confluentContests()), waitingReaders];
  return compareBrokers(contests, short ? 2 : 5, withKafka);
}

async function measure(short: boolean, chosen: readonly string[]): Promise<readonly Figure[]> {
  const withKafka = (await missingForKafka()) === undefined;
  const figures: Figure[] = [];
  for (const [name, part] of Object.entries(parts)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    process.stderr.write(`Measuring: ${name} …\n`);
    figures.push(...(await part(short, withKafka)));
  }
  return figures;
}

function withVerdict(figure: Figure): Figure & { readonly reached: boolean | null } {
  return { ...figure, reached: isReached(figure) ?? null };
}

function machine(): object {
  const [first] = cpus();
  return { processor: first?.model ?? '', cores: cpus().length, node: process.version };
}

void main();
