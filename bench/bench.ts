// npm run bench [-- [--json] [--short] [--check]]: the figures, ratios first, each beside what is to be reached. A table and
// the same as JSON; --json prints the JSON alone, --short takes fewer rounds, --check exits with 1 when a target is missed.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { missingForKafka } from '../test/harness/kafka-jars.js';
import { activation } from './activation.js';
import { isReached, table, type Figure } from './figure.js';
import { packageSize } from './package-size.js';
import { residentMemory } from './resident-memory.js';
import { scenarios } from './scenarios.js';
import { startToFirstRecord } from './start-to-first-record.js';
import { throughput } from './throughput.js';

async function main(): Promise<void> {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({ options: { json: flag, short: flag, check: flag } });
  const figures = await measure(values.short);
  const json = JSON.stringify({ machine: machine(), figures: figures.map(withVerdict) }, null, 2);
  console.log(values.json ? json : `${table(figures)}\n\n${json}`);
  if (values.check && figures.some((figure) => isReached(figure) === false)) process.exitCode = 1;
}

async function measure(short: boolean): Promise<readonly Figure[]> {
  const withKafka = (await missingForKafka()) === undefined;
  const parts: readonly (readonly [string, () => Promise<readonly Figure[]>])[] = [
    ['broker start → first record', () => startToFirstRecord(short ? 3 : 9, withKafka)],
    ['throughput', () => throughput(short ? 3 : 7, short ? 20 : 60, withKafka)],
    ['scenarios', () => scenarios(short ? 1 : 3)],
    ['resident memory', residentMemory],
    ['activation', () => activation(short ? 5 : 15)],
    ['package', packageSize],
  ];
  const figures: Figure[] = [];
  for (const [name, part] of parts) {
    process.stderr.write(`Measuring: ${name} …\n`);
    figures.push(...(await part()));
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
