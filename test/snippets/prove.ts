// npm run snippets:prove [-- --language LANGUAGE] [--broker embedded|kafka]: runs every snippet, prints what each run has shown, and
// when nothing was left out writes the table into docs/snippets.md.
import { parseArgs } from 'node:util';
import { missingForKafka } from '../harness/kafka-jars.js';
import { startKafka } from '../harness/kafka.js';
import { breaches } from './judgement.js';
import { allRuns, brokerKinds, startLanes, titleOf, type BrokerKind, type Lane, type Run } from './lanes.js';
import { languages } from './languages/languages.js';
import type { Language } from './languages/language.js';
import { ProofTable, verdictWords } from './table.js';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { language: { type: 'string' }, broker: { type: 'string' }, grep: { type: 'string' } },
  });
  const runs = allRuns.filter((run) => titleOf(run).includes(values.grep ?? ''));
  const some = await languagesToUse(values.language);
  const brokers = await brokersToUse(values.broker);
  const kafka = brokers.includes('kafka')
    ? await startKafka({ version: '3.9.1', settings: 'lesson' })
    : undefined;
  try {
    const table = new ProofTable();
    for (const lane of startLanes(some, brokers, kafka, runs)) await tellLane(lane, runs, table);
    console.log(`\n${table.text}`);
    if (table.isComplete) await table.keep();
    else console.log('\nSomething was left out, or did not hold: docs/snippets.md stays as it is.');
  } finally {
    await kafka?.stop();
  }
}

async function languagesToUse(wanted: string | undefined): Promise<readonly Language[]> {
  const possible: Language[] = [];
  for (const one of languages) {
    if (wanted !== undefined && one.language !== wanted) continue;
    const reason = await one.missing();
    if (reason === undefined) possible.push(one);
    else console.log(`${one.name} is left out: ${reason}.`);
  }
  return possible;
}

async function brokersToUse(wanted: string | undefined): Promise<readonly BrokerKind[]> {
  const chosen = brokerKinds.filter((broker) => wanted === undefined || broker === wanted);
  const reason = chosen.includes('kafka') ? await missingForKafka() : undefined;
  if (reason === undefined) return chosen;
  console.log(`Apache Kafka is left out: ${reason}.`);
  return chosen.filter((broker) => broker !== 'kafka');
}

/** Only a proof that holds comes into the table. */
async function tellLane(lane: Lane, runs: readonly Run[], table: ProofTable): Promise<void> {
  console.log(`\n${lane.language.name} (${lane.language.client}), ${lane.broker}`);
  // What kept the whole lane from working is told once.
  const told = new Set<unknown>();
  for (const run of runs) {
    try {
      const proof = await lane.proofOf(run);
      const problems = breaches(proof, run.trial);
      if (problems.length === 0) table.add(run, lane.language.language, lane.broker, proof);
      else process.exitCode = 1;
      console.log(`  ${problems.length === 0 ? '✓' : '✗'} ${titleOf(run)} → ${verdictWords(proof)}`);
      for (const problem of problems) console.log(`      ${problem}`);
    } catch (error) {
      process.exitCode = 1;
      console.log(`  ✗ ${titleOf(run)}${told.has(error) ? '' : ` → ${String(error)}`}`);
      told.add(error);
    }
  }
  await lane.ended;
}

void main();
