// One suite in a Node process of its own. Started by scripts/test.ts, which passes what is to be done as JSON.
import { runMocha, writeCounts, type MochaRunOptions } from './mocha-run.js';

/** How long after its last test a process may go on before something counts as left open. */
const lingeringMs = 15_000;

export interface SuiteOrder extends MochaRunOptions {
  readonly countsFile: string;
}

async function main(): Promise<void> {
  const order = JSON.parse(process.argv[2] ?? '') as SuiteOrder;
  const counts = await runMocha(order);
  writeCounts(order.countsFile, counts);
  const lingering = setTimeout(() => {
    const open = process.getActiveResourcesInfo().filter((name) => name !== 'Timeout');
    console.error(`  1 failure more: the suite left something open (${open.join(', ')}).`);
    writeCounts(order.countsFile, { ...counts, failed: counts.failed + 1 });
    process.exit(1);
  }, lingeringMs);
  lingering.unref();
  process.exitCode = counts.failed === 0 ? 0 : 1;
}

void main();
